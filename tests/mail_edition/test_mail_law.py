"""The law of the mail: no word, link or row of it can be lost, doubled, moved or hidden unnoticed."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import compose_mail
from pipeline.mail_edition.mail_law import mail_findings
from pipeline.typography.typesetting import typeset
from tests.conftest import REPOSITORY
from tests.golden import ISSUES
from tests.mail_edition.test_parity import ARTICLES, workspace
from tests.support.generated.issues import generated_workspace
from tests.support.mails import CORRECTION, ONLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.findings.finding import Finding
    from pipeline.mail_edition.html import MailBody
    from pipeline.models.issue import Issue


class Composed(NamedTuple):
    issue: Issue
    body: MailBody

    def codes(self, html: str = "", text: str = "") -> set[str]:
        return {finding.code for finding in self.findings(html, text)}

    def findings(self, html: str = "", text: str = "") -> list[Finding]:
        body = self.body
        return mail_findings(self.issue, body.contents, html or body.html, text or body.text)


def composed(root: Path, name: str, *, draft: bool = False) -> Composed:
    space = Workspace(root)
    valid = check_issue(space.issues / name, space).valid()
    issue = typeset(valid.issue)
    return Composed(issue, compose_mail(issue, valid.style, PdfFile("a.pdf", 1_234_567, 9), {}, draft=draft))


@pytest.fixture(scope="module", params=[*ISSUES, "all kinds"])
def mail(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Composed:
    if request.param != "all kinds":
        return composed(REPOSITORY, request.param)
    sender = (f"online: {ONLINE}", "reply_to: answers@example.org")
    root = workspace(tmp_path_factory.mktemp("w"), list(ARTICLES), *sender)
    plan = root / "issues/2023-12-20/issue.yaml"
    plan.write_text(plan.read_text("utf-8") + CORRECTION, "utf-8")
    return composed(root, "2023-12-20")


def test_nothing_is_found_in_a_sound_mail(mail: Composed) -> None:
    assert mail.findings() == []


def test_nothing_is_found_in_a_draft_or_where_the_excerpts_are_left_out(tmp_path: Path) -> None:
    root = workspace(tmp_path, [])
    assert composed(root, "2023-12-20", draft=True).findings() == []
    folder = root / "issues/2023-12-20"
    names = [f"a{at}.md" for at in range(60)]
    for name in names:
        text = f"---\ntitle: Статия {name[1:-3]}\nstandfirst: {'Дълго въведение. ' * 30}\n---\nТекст.\n"
        (folder / name).write_text(text, "utf-8")
    plan = folder / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("project.md", ", ".join(["project.md", *names])), "utf-8")
    long = composed(root, "2023-12-20")
    assert "Дълго" not in long.body.html
    assert long.findings() == []


def dropped(_: str) -> str:
    return ""


def doubled(word: str) -> str:
    return f"{word} {word}"


def changed(word: str) -> str:
    return word[:-1] + ("ж" if word[-1] != "ж" else "з")


def styled(style: str) -> Callable[[str], str]:
    return lambda word: f'<span style="{style}">{word}</span>'


HTML_CHANGES: dict[str, Callable[[str], str]] = {
    "dropped": dropped,
    "doubled": doubled,
    "changed": changed,
    "display": styled("display:none"),
    "visibility": styled("visibility:hidden"),
    "opacity": styled("opacity:0"),
    "size": styled("font-size:0"),
    "smaller than can be read": styled("font: 2px/1 serif"),
    "clipped": styled("display:inline-block;max-height:0;overflow:hidden"),
    "attribute": lambda word: f"<span hidden>{word}</span>",
    "white on white": styled("color:#ffffff;background:#fefefe"),
    "pale": styled("color:#999999;background-color:#ffffff"),
    "transparent": styled("color:rgba(0,0,0,0.2);background:#ffffff"),
}


def shown_words(html: str, every: int) -> Iterator[re.Match[str]]:
    """Yield every nth word between tags of the body, behind the preheader."""
    body = html.index("</div>", html.index("<body"))
    words = [
        match
        for match in re.finditer(r"(?<=[>\s])[^\s<>&]+(?=[<\s])", html)
        if match.start() > body and _is_text(html, match.start()) and re.search(r"\w", match[0])
    ]
    yield from words[::every]


def _is_text(html: str, at: int) -> bool:
    return html.rfind(">", 0, at) > html.rfind("<", 0, at)


@pytest.mark.parametrize("change", HTML_CHANGES)
def test_a_word_of_the_html_cannot_be_lost_doubled_changed_or_hidden(mail: Composed, change: str) -> None:
    html = mail.body.html
    unseen = [
        word[0]
        for word in shown_words(html, 29)
        if not mail.codes(html[: word.start()] + HTML_CHANGES[change](word[0]) + html[word.end() :])
    ]
    assert unseen == []


@pytest.mark.parametrize("change", [dropped, doubled, changed])
def test_a_word_of_the_text_cannot_be_lost_doubled_or_changed(
    mail: Composed, change: Callable[[str], str]
) -> None:
    text = mail.body.text
    words = [word for word in re.finditer(r"\S+", text) if not re.fullmatch(r"[*=-]+", word[0])]
    unseen = [
        word[0]
        for word in words[::13]
        if not mail.codes(text=text[: word.start()] + change(word[0]) + text[word.end() :])
    ]
    assert unseen == []


ELEMENTS = {
    "row": r"<tr>(?:(?!<tr>|<table).)*?</tr>",
    "paragraph": r"<p [^>]*>.*?</p>",
    "heading": r"<h\d[^>]*>.*?</h\d>",
    "link": r"<a [^>]*>[^<]*</a>",
}


@pytest.mark.parametrize("change", [dropped, doubled])
@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_cannot_be_lost_or_doubled(
    mail: Composed, kind: str, change: Callable[[str], str]
) -> None:
    html = mail.body.html
    found = list(re.finditer(ELEMENTS[kind], html, re.DOTALL))
    assert found
    unseen = [
        each[0]
        for each in found[::3]
        if re.search(r">[^<]*\w", each[0])
        and not mail.codes(html[: each.start()] + change(each[0]) + html[each.end() :])
    ]
    assert unseen == []


def test_paragraphs_cannot_change_places(mail: Composed) -> None:
    html = mail.body.html
    first, second = list(re.finditer(r"<h3 [^>]*>.*?</h3>", html))[:2]
    swapped = (
        html[: first.start()]
        + second[0]
        + html[first.end() : second.start()]
        + first[0]
        + html[second.end() :]
    )
    assert mail.codes(swapped) >= {"E324", "E325"}


def test_a_link_that_leads_elsewhere_is_found(mail: Composed) -> None:
    html = mail.body.html
    for match in re.finditer(r'<a [^>]*href="([^"]+)"', html):
        at = match.start(1)
        elsewhere = html[:at] + "https://other.example.org/" + html[match.end(1) :]
        assert "E327" in mail.codes(elsewhere), match[1]
    unlinked = re.sub(r'<a ([^>]*)href="[^"]+"', r"<a \1", html, count=1)
    assert "E327" in mail.codes(unlinked)


@pytest.mark.parametrize(
    ("sheet", "is_found"),
    [
        ("@media (prefers-color-scheme: dark) { .fact, .text { color: #12181b !important } }", True),
        ("@media (prefers-color-scheme: dark) { h2 { color: #43545b !important } }", True),
        ("@media (prefers-color-scheme: dark) { td.pad h2 { display: none !important } }", True),
        ("@media (max-width: 480px) { .pad h3 { display: none !important } }", True),
        ("h3 { visibility: hidden !important }", True),
        ("h3 { visibility: hidden }", True),
        ("h3 { letter-spacing: 0 !important }", False),
        ("@media print { h3 { display: none !important } }", True),
        (".nothing-has-this h3 { display: none !important }", False),
    ],
)
def test_rules_that_hide_words_are_found(mail: Composed, sheet: str, is_found: bool) -> None:  # noqa: FBT001
    html = mail.body.html.replace("</head>", f"<style>{sheet}</style></head>")
    assert ("E326" in mail.codes(html)) is is_found


def test_a_finding_names_the_file_and_the_words(mail: Composed) -> None:
    article = mail.issue.articles[0]
    title = article.head.title.split()[0]
    line = next(line for line in mail.body.text.splitlines() if line.startswith(f"* {title}"))
    broken = mail.body.text.replace(f"{line}\n", "", 1)
    first = mail.findings(text=broken)[0]
    assert first.code == "E324"
    assert first.place == article.places.get("title", article.place)
    assert title in dict(first.values)["found"]


def test_what_the_contents_lost_is_missed_in_both_parts(mail: Composed) -> None:
    contents = mail.body.contents
    fewer = contents._replace(parts=(contents.parts[0]._replace(entries=()), *contents.parts[1:]))
    lacking = mail_findings(mail.issue, fewer, mail.body.html, mail.body.text)
    assert {finding.code for finding in lacking} & {"E324", "E325"}
    entry = contents.parts[0].entries[0]._replace(text="Нещо, което никой не е писал.")
    other = contents._replace(parts=(contents.parts[0]._replace(entries=(entry,)), *contents.parts[1:]))
    assert "E325" in {each.code for each in mail_findings(mail.issue, other, mail.body.html, mail.body.text)}


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "uk"), (3, "sr"), (4, "bg")])
def test_nothing_is_found_in_a_generated_issue(tmp_path: Path, seed: int, language: str) -> None:
    folder = generated_workspace(tmp_path, random.Random(seed), language=language, pages=20)
    assert composed(tmp_path, folder.name).findings() == []
