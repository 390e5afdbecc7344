"""Templates of filings and styles that were written for earlier versions give the same page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
import tinyhtml5

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import PressError
from pipeline.models.editions import PRESS, SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.typography.typesetting import typeset
from tests.frozen import FROZEN, ISSUES

if TYPE_CHECKING:
    from pipeline.models.editions import Edition

KEPT: Final = {path.name: path.read_text("utf-8") for path in (FROZEN / "templates").glob("*.j2")}
"""The templates of version 0.5, as archive PDFs and styles hold them: never to be changed."""


KINDS_OF_0_5: Final = {"article", "project", "event", "notice", "member_news", "gallery", "partners"}
"""The kinds of articles of version 0.5; later ones are in no issue of that time."""

SAME_DAY: Final = re.compile(r"(?: ч\.)? ?– ?(?:\d+ \w+ \d{4}(?: г\.)?, )?(?=\d\d:\d\d)")


def substance(html: str) -> list[tuple[str, ...]]:
    """Return the words, links, pictures and identifiers of a page, in order.

    Left out are what later templates have otherwise: sheets, the names of articles within cards, which are
    printed only where a card is continued, the label of a credit, and the date of an end on the same day.
    """
    found: list[tuple[str, ...]] = []
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    assert body is not None
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.get("class") == "of":
            continue
        named = [element.get(name) or "" for name in ("id", "href", "src", "alt", "lang")]
        text = SAME_DAY.sub("–", " ".join((element.text or "").split()))
        if element.get("class") == "credit":
            text = text.partition(": ")[2]
        found.append((str(element.tag), *named, text))
        waiting += reversed(list(element))
        found.append((" ".join((element.tail or "").split()),))
    return found


@pytest.mark.parametrize("edition", [SCREEN, PRESS], ids=lambda edition: edition.name)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_templates_of_version_0_5_compose_the_same_words_links_and_pictures(
    language: str, edition: Edition
) -> None:
    workspace = Workspace(FROZEN / "format-1")
    asked = None if language == "bg" else language
    valid = check_issue(workspace.issues / ISSUES["format-1"], workspace, asked).valid()
    pictures = page_assets_of(valid, edition).pictures
    as_kept = valid.style._replace(templates=KEPT)
    issue = typeset(valid.issue)
    html = compose_html(issue, edition, valid.style, pictures)
    # Templates of before do not keep dates and short words on one line.
    plain = re.sub(r'<span class="kept">(.*?)</span>', r"\1", html)
    assert substance(compose_html(issue, edition, as_kept, pictures)) == substance(plain)
    assert {article.head.kind for article in issue.articles} >= KINDS_OF_0_5


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "recursion"),
        ('{% include "page.html.j2" %}', "recursion"),
        ("{{ 1 / 0 }}", "division"),
        ('{{ "a" + 1 }}', "str"),
        ("{{ missing }}", "missing"),
        ("<p>{{ issue.title }}</p>", "no face"),
    ],
)
def test_what_goes_wrong_in_a_template_of_a_style_is_told(template: str, said: str) -> None:
    workspace = Workspace(FROZEN / "format-1")
    valid = check_issue(workspace.issues / ISSUES["format-1"], workspace, None).valid()
    style = valid.style._replace(templates={"page.html.j2": template})
    pictures = page_assets_of(valid, SCREEN).pictures
    with pytest.raises(PressError) as caught:
        compose_html(typeset(valid.issue), SCREEN, style, pictures)
    (finding,) = caught.value.findings
    assert finding.code == "E456"
    assert said in dict(finding.values)["problem"]
