"""The law of the site: no word, row or link of a page can be lost, doubled or moved, no number changed."""

from __future__ import annotations

import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.shelf import Shelf
from pipeline.archive.site.site_law import SiteLaw
from pipeline.desk.archive.site_publishing import publish
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError
from pipeline.page.layout_rules import PAGE_TEMPLATE
from pipeline.page.templates.environment import TEMPLATES
from tests.support.generated.issues import generated_workspace
from tests.support.generated.site_trials import Page, pages_of
from tests.support.paths import REPOSITORY
from tests.support.sites import filed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.models.issue import Issue


@pytest.fixture(scope="module")
def pages(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Return the pages of the issues, as they are examined while a site is published."""
    return pages_of(shelf, tmp_path_factory.mktemp("law") / "site")


def test_nothing_is_found_on_sound_pages(pages: list[Page]) -> None:
    assert len(pages) == 4
    assert [page.findings() for page in pages] == [[]] * 4


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "uk"), (3, "sr"), (4, "bg")])
def test_nothing_is_found_in_a_generated_issue(tmp_path: Path, seed: int, language: str) -> None:
    chance = random.Random(seed)
    folder = generated_workspace(tmp_path, chance, language=language, pages=8)
    filed(Workspace(tmp_path), folder.name)
    assert publish(Shelf(Workspace(tmp_path)), tmp_path / "site").issues == 1


def dropped(_: str) -> str:
    return ""


def doubled(word: str) -> str:
    return f"{word} {word}"


def changed(word: str) -> str:
    return word[:-1] + ("ж" if word[-1].casefold() != "ж" else "з")


def shown_words(html: str, every: int) -> Iterator[re.Match[str]]:
    """Yield every nth word of articles and closing parts, outside drawings."""
    start, end = html.index('<section class="section"'), html.index("</main>")
    drawn = [match.span() for match in re.finditer(r"<svg.*?</svg>|<nav.*?</nav>", html, re.DOTALL)]
    words = [
        match
        for match in re.finditer(r"(?<=[>\s])[^\s<>&]+(?=[<\s])", html)
        if start < match.start() < end
        and html.rfind(">", 0, match.start()) > html.rfind("<", 0, match.start())
        and re.search(r"\w\w", match[0])
        and not any(first < match.start() < last for first, last in drawn)
        and not _is_own(html, match.start())
    ]
    yield from words[::every]


def _is_own(html: str, at: int) -> bool:
    """Return whether a word is the page's own: a head of a table, a label of a picture or share."""
    around = html[max(0, at - 200) : at]
    opened = re.findall(
        r'<(?:th scope="col"|span class="(?:credit|share|unseen|call)"|p class="byline")', around
    )
    return bool(opened) and not re.search(r"</(?:th|span|p)>", around[around.rfind(opened[-1]) :])


@pytest.mark.parametrize("change", [dropped, doubled, changed])
def test_a_word_cannot_be_lost_doubled_or_changed(pages: list[Page], change: Callable[[str], str]) -> None:
    unseen = []
    for page in pages:
        html = page.html
        unseen += [
            (page.path, html[word.start() - 60 : word.end() + 10])
            for word in shown_words(html, 61)
            if not page.findings(html[: word.start()] + change(word[0]) + html[word.end() :], is_styled=False)
        ]
    assert unseen == []


ELEMENTS = {
    "row": r"<tr><(?:td|th scope=\"row\").*?</tr>",
    "cell": r"<td[^>]*>(?:(?!</td>).)*</td>",
    "paragraph": r"<p>(?:(?!</p>).)*</p>",
    "item": r"<li[^>]*>(?:(?!<li|</li>).)*</li>",
    # The title of a table of budgets is the page's own, and no text of the issue.
    "heading": r"<h[3-6]>(?!Бюджети|Budgets).*?</h[3-6]>",
    "caption": r"<figcaption>.*?</figcaption>",
    "fact": r"<dt>.*?</dd>",
    "statement": r'<p class="statement">.*?</p>',
    "standfirst": r'<p class="standfirst">.*?</p>',
}


@pytest.mark.parametrize("change", [dropped, doubled])
@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_cannot_be_lost_or_doubled(
    pages: list[Page], kind: str, change: Callable[[str], str]
) -> None:
    unseen, count = [], 0
    for page in pages:
        html = page.html
        start = html.index('<nav class="contents"')
        end = html.index('<nav class="turn"') if '<nav class="turn"' in html else len(html)
        found = [match for match in re.finditer(ELEMENTS[kind], html, re.DOTALL) if start < match.start()]
        for each in [match for match in found if match.start() < end or kind in {"fact", "statement"}][::5]:
            count += 1
            if not page.findings(
                html[: each.start()] + change(each[0]) + html[each.end() :], is_styled=False
            ):
                unseen.append(each[0])
    assert count
    assert unseen == []


def test_neighbours_cannot_change_places(pages: list[Page]) -> None:
    for page in pages:
        html = page.html
        found = list(re.finditer(r"<p>(?:(?!</p>).)*</p>", html))
        paragraphs = [match for match in found if html.rfind("<article", 0, match.start()) > 0]
        first, second = paragraphs[:2]
        between = html[first.end() : second.start()]
        assert page.findings(
            html[: first.start()] + second[0] + between + first[0] + html[second.end() :], is_styled=False
        )


def test_numbers_of_lists_and_links_cannot_change(pages: list[Page]) -> None:
    page = next(page for page in pages if "<ol>\n<li>едно" in page.html)
    (finding,) = page.findings(page.html.replace("<ol>\n<li>едно", '<ol start="2">\n<li>едно'))[:1]
    assert dict(finding.values)["found"] == "1. едно"
    assert str(finding.place).startswith("issues/2024-03-01/bridge.md:")
    unnumbered = page.html.replace("<ol>\n<li>едно", '<ol style="list-style: none">\n<li>едно')
    assert "1. едно" in {dict(finding.values).get("found") for finding in page.findings(unnumbered)}
    other = page.html.replace("https://example.org/note", "https://example.org/other")
    assert [dict(finding.values)["found"] for finding in page.findings(other)] == ["https://example.org/note"]


def test_words_that_nobody_can_see_are_found_with_the_reason(pages: list[Page]) -> None:
    page = next(page for page in pages if "едно" in page.html)
    hidden = page.html.replace("едно", "<span hidden>едно</span>")
    assert "E330" in {finding.code for finding in page.findings(hidden)}


@pytest.mark.parametrize(
    "address", ["nowhere.html", "#nowhere", "../nowhere/index.html", "index.html#nowhere"]
)
def test_a_link_that_leads_nowhere_is_found(address: str) -> None:
    law = SiteLaw()
    law.examine("index.html", b'<p id="a"><a href="#a">1</a><a href="one/index.html">2</a></p>')
    law.examine("one/index.html", b'<a href="../index.html#a">1</a><a href="https://example.org/">2</a>')
    assert law.finish() == []
    law.examine("two/index.html", f'<a href="{address}">3</a>'.encode())
    (finding,) = law.finish()
    assert (finding.code, dict(finding.values)["found"]) == ("E329", address)


def test_with_a_finding_nothing_is_published(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    publish(shelf, target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    examine = SiteLaw.examine

    def without_a_word(
        self: SiteLaw, path: str, data: bytes, issue: Issue | None = None, correction: str = "", **how: bool
    ) -> None:
        examine(self, path, data.replace("едно".encode(), b""), issue, correction, **how)

    monkeypatch.setattr(SiteLaw, "examine", without_a_word)
    with pytest.raises(ArchiveError) as error:
        publish(shelf, target)
    assert {finding.code for finding in error.value.findings} == {"E328"}
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("mark", ["", ' data-layout="2"'])
def test_a_filing_made_with_templates_of_before_is_shown_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    folder = generated_workspace(tmp_path, random.Random(5), language="bg", pages=2)
    style = tmp_path / "styles" / "knowledge-city" / "1"
    shutil.copytree(REPOSITORY / "styles" / "knowledge-city" / "1", style)
    (style / "templates").mkdir()
    page = (TEMPLATES / PAGE_TEMPLATE).read_text("utf-8").replace(' data-layout="2"', mark)
    (style / "templates" / PAGE_TEMPLATE).write_text(page, "utf-8")
    filed(Workspace(tmp_path), folder.name)
    examined: list[tuple[object, ...]] = []
    monkeypatch.setattr(SiteLaw, "examine", lambda *arguments, **_: examined.append(arguments))
    publish(Shelf(Workspace(tmp_path)), tmp_path / "site")
    assert any(arguments[3:4] not in {(), (None,)} for arguments in examined) == bool(mark)
