"""A workspace of `bulletin new` whose samples are replaced, as an office does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.findings.finding import Finding

OWN: Final = {
    "Име на бюлетина": "Вести",
    "Име на издателя": "Клъстер",
    "Пощенски код, град, улица и номер": "1000 София, ул. Първа 1",
    "https://organisation.example.org/": "https://example.net/",
    "office@organisation.example.org": "office@example.net",
    "Име и фамилия": "Мария Иванова",
    "Заглавие на броя": "Пролет",
    "Заглавие на статията": "Мостът",
}


def fill_in(issue: Path, *, keep: tuple[str, str] = ("", ""), body: str = "Мостът е отворен.") -> None:
    """Replace the samples of a new publication in Bulgarian and its first issue.

    Args:
        issue: The folder of the issue.
        keep: A file's name and a sample that stays in it.
        body: The text of the article.
    """
    for path in (issue.parent / "publication.yaml", issue / "issue.yaml", issue / "first-article.md"):
        text = path.read_text("utf-8")
        for sample, own in OWN.items():
            if keep != (path.name, sample):
                text = text.replace(sample, own)
        if path.suffix == ".md":
            text = "\n---\n".join((text.split("\n---\n", 1)[0], body)) + "\n"
        path.write_text(text, "utf-8")


def beside_samples(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings other than those about samples that `bulletin new` has just written."""
    return [finding for finding in findings if finding.code != "W172"]
