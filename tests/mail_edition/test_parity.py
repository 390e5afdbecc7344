"""Parity: a heading, figure or link that one rendition has and another lacks is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.mail_edition.parity import parity
from pipeline.models.editions import UNSUBSCRIBE
from tests.golden import ISSUES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding


class Renditions(NamedTuple):
    pdf: bytes
    html: str
    text: str


@pytest.fixture(scope="module", params=ISSUES)
def renditions(request: pytest.FixtureRequest, shipped: Path) -> Renditions:
    stem = shipped / request.param / f"bulletin-{request.param}"
    html, text = (stem.with_name(f"{stem.name}-mail.{kind}").read_text("utf-8") for kind in ("html", "txt"))
    return Renditions(stem.with_name(f"{stem.name}.pdf").read_bytes(), html, text)


def found(renditions: Renditions) -> list[Finding]:
    # What the mail states about the PDF is in lines of their own in the text.
    about_the_file = [line for line in renditions.text.splitlines() if "PDF" in line or "MB" in line]
    return parity(*renditions, about_the_file)


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
