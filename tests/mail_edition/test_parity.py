"""Parity: a heading, figure or link that one rendition has and another lacks is an error."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.cli.main import main
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import PressError
from pipeline.findings.finding import found as found_finding
from pipeline.findings.place import Place
from pipeline.mail_edition.finished_parts import read_pages
from pipeline.mail_edition.parity import OnlyInMail, parity
from pipeline.mail_edition.text_places import text_finder
from pipeline.models.editions import EDITIONS, UNSUBSCRIBE
from pipeline.typography.typesetting import typeset
from tests.golden import ISSUES
from tests.support.mails import ONLINE, sound, with_sender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.findings.finding import Finding


class Renditions(NamedTuple):
    pdf: bytes
    html: str
    text: str


def read(folder: Path, issue: str) -> Renditions:
    stem = folder / issue / f"bulletin-{issue}"
    html, text = (stem.with_name(f"{stem.name}-mail.{kind}").read_text("utf-8") for kind in ("html", "txt"))
    return Renditions(stem.with_name(f"{stem.name}.pdf").read_bytes(), html, text)


@pytest.fixture(scope="module", params=ISSUES)
def renditions(request: pytest.FixtureRequest, shipped: Path) -> Renditions:
    return read(shipped, request.param)


def found(renditions: Renditions) -> list[Finding]:
    # What the mail states about the PDF is in lines of their own in the text.
    about_the_file = [line for line in renditions.text.splitlines() if "PDF" in line or "MB" in line]
    return parity(*renditions, OnlyInMail(tuple(about_the_file)))


def test_the_renditions_of_shipped_issues_agree(renditions: Renditions) -> None:
    assert found(renditions) == []


@pytest.mark.parametrize(
    ("face", "written", "instead", "codes"),
    [
        ("html", "</h2>", " и още</h2>", {"E321"}),
        ("html", "</h3>", " №</h3>", {"E321"}),
        ("text", "* ", "* *", {"E321"}),
        ("html", "</p>", " 777</p>", {"E322"}),
        ("text", "\n\n", "\n\n777\n\n", {"E322"}),
        ("html", 'href="https://www.', 'href="https://other.', {"E322"}),
        ("text", "https://www.", "https://other.", {"E322"}),
        ("text", "@", "@other.", {"E322"}),
    ],
)
def test_a_difference_in_one_rendition_is_found(
    renditions: Renditions, face: str, written: str, instead: str, codes: set[str]
) -> None:
    before = getattr(renditions, face)
    changed = before.replace(written, instead)
    if face == "text" and written == "* ":
        title = next(line for line in before.splitlines() if line.startswith("* "))
        changed = before.replace(title[2:], title[2:][::-1])
    assert changed != before
    assert {finding.code for finding in found(renditions._replace(**{face: changed}))} == codes


PAGES_ONCE = functools.cache(read_pages)
"""The pages are the same in every mutation, and take longest to read."""


def dropped(_: re.Match[str]) -> str:
    return ""


def doubled(match: re.Match[str]) -> str:
    return f"{match[0]} {match[0]}"


def other_figure(match: re.Match[str]) -> str:
    return str((int(match[0][0]) + 1) % 10) + match[0][1:]


def other_words(match: re.Match[str]) -> str:
    return re.sub(r"\w(?=[^\w<>]*(?:<[^>]*>)*$)", "ж", match[0])


TOTAL = "Общо"
FIGURE = r"(?<![\w.,:/-])\d+(?![\w.,:/-])"
MUTATIONS: list[tuple[str, str, Callable[[re.Match[str]], str]]] = [
    *(
        (face, kind, change)
        for face in ("html", "text")
        for kind, changes in (
            ("figure", (dropped, doubled, other_figure)),
            ("heading", (dropped, doubled, other_words)),
            ("link", (dropped, doubled)),
        )
        for change in changes
    )
]


def targets(renditions: Renditions, face: str, kind: str) -> Iterator[re.Match[str]]:
    """Yield every figure, heading or link of a part, outside what is hidden and what is about the PDF."""
    if face == "text":
        patterns = {
            "figure": FIGURE,
            "heading": r"(?m)^\* .+$|^.+(?=\n(?:===+|---+)$)",
            "link": r"(?m)(?:https://|[\w.]+@)[\w./@-]+$",
        }
        lines = [line for line in renditions.text.splitlines() if "PDF" in line]
        inside = renditions.text
    else:
        patterns = {
            "figure": FIGURE,
            "heading": r"<h(\d)[^>]*>.*?</h\1>",
            "link": r"<a [^>]*>[^<]*</a>",
        }
        lines = [line for line in renditions.html.splitlines() if "PDF" in line or "preheader" in line]
        inside = renditions.html
    seen: set[str] = set()
    body = inside.find("<body") if face == "html" else 0
    for match in re.finditer(patterns[kind], inside):
        line = inside[inside.rfind("\n", 0, match.start()) + 1 : inside.find("\n", match.end())]
        in_tag = (
            face == "html"
            and kind == "figure"
            and inside.rfind("<", 0, match.start()) > inside.rfind(">", 0, match.start())
        )
        is_repeated = kind == "heading" and match[0] in seen
        # The rows of the table of projects have bullets in the text, and are no headings of the HTML.
        is_repeated = is_repeated or match[0] == f"* {TOTAL}"
        seen.add(match[0])
        if (
            match.start() > body
            and not is_repeated
            and line not in lines
            and not in_tag
            and UNSUBSCRIBE not in match[0]
        ):
            yield match


@pytest.mark.parametrize(("face", "kind", "change"), MUTATIONS)
def test_every_lost_doubled_or_changed_one_is_found(
    renditions: Renditions,
    face: str,
    kind: str,
    change: Callable[[re.Match[str]], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.mail_edition.parity.read_pages", PAGES_ONCE)
    whole = getattr(renditions, face)
    unseen = []
    for match in list(targets(renditions, face, kind))[:20]:
        changed = whole[: match.start()] + change(match) + whole[match.end() :]
        if not found(renditions._replace(**{face: changed})):
            unseen.append(match[0])
    assert unseen == []


@pytest.mark.parametrize("face", ["html", "text"])
def test_a_second_unsubscribe_link_is_refused(renditions: Renditions, face: str) -> None:
    more = f"\n{UNSUBSCRIBE}\n"
    changed = (
        renditions._replace(html=renditions.html + more)
        if face == "html"
        else renditions._replace(text=renditions.text + more)
    )
    assert "E344" in {finding.code for finding in found(changed)}


def test_a_figure_of_the_mail_that_the_pages_lack_is_found(renditions: Renditions) -> None:
    both = renditions._replace(
        html=renditions.html.replace("</p>", " 777</p>", 1), text=renditions.text + "\n777\n"
    )
    (finding,) = found(both)
    assert dict(finding.values) == {"face": "HTML", "found": "777", "other": "PDF"}


def test_a_link_of_the_mail_that_the_pages_lack_is_found(renditions: Renditions) -> None:
    address = "https://nowhere.example.org/a"
    both = renditions._replace(
        html=renditions.html.replace("</p>", f'<a href="{address}">тук</a></p>', 1),
        text=renditions.text + f"\n{address}\n",
    )
    (finding,) = found(both)
    assert dict(finding.values) == {"face": "HTML", "found": address, "other": "PDF"}


LONG = (
    "https://www.obuchenia-i-kvalifikatsia-na-zanayatchii.example.org/bg/2024/proekti/registratsia/?id=1507"
)
ARTICLES = {
    "path": f"""---
kind: event
title: Среща за 1 250 000 лв. на {LONG}
start: 2024-01-15 10:00
end: 2024-01-17 16:30
place: ул. „Цар Калоян“ 8, ет. 2
url: {LONG}
registration: https://example.org/forms/
---
""",
    "letters": """---
kind: event
title: Адреси с други букви
start: 2024-02-01
place: София
url: https://xn--e1afmkfd.xn--90ae/%D0%BF%D1%8A%D1%82/2024
registration: https://пример.бг/заявка?име=а-1
---
""",
    "telephone": """---
kind: event
title: Обадете се на 02 987 65 43 до 14. октомври 2023 г.
start: 2024-03-01
place: Русе
registration: +359 82 555-010
---
""",
    "numbers": """---
title: Числа
---
На 16-17 ноември 2023[^1] 7531[^2] души, 48,5 %[^1] от 1 234[^2],
дойдоха 12 500 души, 1.250.000 зрители и 3 000 000 слушатели; тел. 02-987-65-43.
Вижте www.example.org/a/2024/05 и [сайта](https://example.org/b/?page=7),
или пишете на office@example.org до 31.12.2023.

14. октомври е ден като друг.

3. Трето
4. Четвърто

[^1]: Бележка 5.
[^2]: Друга.
""",
    "cut": f"""---
title: Прекъснато изречение
---
{"Дума " * 44}2023 година, 294 500 евро, https://example.org/{"a-" * 20}2024/ и още {"дума " * 20}
""",
    "one-word": f"""---
title: Един адрес
---
https://example.org/{"2024/a-1/" * 30}
""",
}


def workspace(tmp_path: Path, names: list[str], *sender: str) -> Path:
    root = sound(tmp_path, sender=with_sender(*sender))
    folder = root / "issues" / "2023-12-20"
    for name in names:
        (folder / f"{name}.md").write_text(ARTICLES[name], "utf-8")
    plan = folder / "issue.yaml"
    listed = ", ".join(["project.md", *(f"{name}.md" for name in names)])
    plan.write_text(plan.read_text("utf-8").replace("project.md", listed), "utf-8")
    return root


@pytest.mark.parametrize("sender", [(), (f"online: {ONLINE}", "reply_to: answers@example.org")])
def test_addresses_numbers_and_cut_texts_are_understood(tmp_path: Path, sender: tuple[str, ...]) -> None:
    root = workspace(tmp_path, list(ARTICLES), *sender)
    assert main(["--language", "en", "build", "--edition", "mail", "--workspace", str(root)]) == 0


def test_a_difference_names_where_the_text_was_written(tmp_path: Path) -> None:
    valid = check_issue(workspace(tmp_path, ["telephone"]) / "issues/2023-12-20", Workspace(tmp_path / "w"))
    place_of = text_finder(typeset(valid.valid().issue))
    for text, line in (("02 987 65 43", 3), ("+359 82 555 010", 2), ("2 987", 3)):
        place = place_of(text)
        assert (place.path, place.line) == ("issues/2023-12-20/telephone.md", line), text
    assert place_of("такова нещо няма").path == "issues/2023-12-20/issue.yaml"


def test_when_only_the_mail_fails_nothing_is_written_and_the_pdfs_and_what_was_filed_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sound(tmp_path)
    space = Workspace(root)
    # Fresh: another test may have built the same files, and left them in the cache.
    order = BuildRequest(
        space.issues / "2023-12-20",
        space,
        root / "out",
        editions=tuple(EDITIONS.values()),
        mail=True,
        fresh=True,
    )
    different = found_finding("E322", Place("HTML"), face="HTML", found="7", other="PDF")
    monkeypatch.setattr("pipeline.desk.production.derived_editions.parity", lambda *_: [different])
    with pytest.raises(PressError) as error:
        build(order)
    assert [finding.code for finding in error.value.findings] == ["E322", "E323"]
    assert not list((root / "out").rglob("*.pdf"))
    assert build(replace(order, editions=(), is_rebuild=True, fresh=True)).paths
    alone = build(replace(order, mail=False))
    assert len([path for path in alone.paths if path.suffix == ".pdf"]) == len(EDITIONS)
