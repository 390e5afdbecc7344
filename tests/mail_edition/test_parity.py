"""Parity: a heading, a figure or a link that one face has and another lacks stops the mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.mail_edition.parity import parity
from pipeline.models.editions import UNSUBSCRIBE
from tests.golden import ISSUES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding


class Faces(NamedTuple):
    pdf: bytes
    html: str
    text: str


@pytest.fixture(scope="module", params=ISSUES)
def faces(request: pytest.FixtureRequest, shipped: Path) -> Faces:
    stem = shipped / request.param / f"bulletin-{request.param}"
    html, text = (stem.with_name(f"{stem.name}-mail.{kind}").read_text("utf-8") for kind in ("html", "txt"))
    return Faces(stem.with_name(f"{stem.name}.pdf").read_bytes(), html, text)


def found(faces: Faces) -> list[Finding]:
    # What the mail says of the PDF stands in a line of its own in the text.
    said = [line for line in faces.text.splitlines() if "PDF" in line or "MB" in line]
    return parity(*faces, said)


def test_the_faces_of_the_shipped_issues_agree(faces: Faces) -> None:
    assert found(faces) == []


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
def test_what_one_face_alone_has_is_seen(
    faces: Faces, face: str, written: str, instead: str, codes: set[str]
) -> None:
    before = getattr(faces, face)
    changed = before.replace(written, instead)
    if face == "text" and written == "* ":
        title = next(line for line in before.splitlines() if line.startswith("* "))
        changed = before.replace(title[2:], title[2:][::-1])
    assert changed != before
    assert {finding.code for finding in found(faces._replace(**{face: changed}))} == codes


@pytest.mark.parametrize("face", ["html", "text"])
def test_a_text_with_a_second_way_out_is_refused(faces: Faces, face: str) -> None:
    more = f"\n{UNSUBSCRIBE}\n"
    changed = (
        faces._replace(html=faces.html + more) if face == "html" else faces._replace(text=faces.text + more)
    )
    assert "E344" in {finding.code for finding in found(changed)}


def test_a_figure_of_the_mail_that_the_pages_lack_is_seen(faces: Faces) -> None:
    both = faces._replace(html=faces.html.replace("</p>", " 777</p>", 1), text=faces.text + "\n777\n")
    (finding,) = found(both)
    assert dict(finding.values) == {"face": "HTML", "found": "777", "other": "PDF"}
