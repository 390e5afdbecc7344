"""Faces: a character without a glyph is found, named, and shown where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.workspace import find_workspace
from pipeline.findings.place import Place
from pipeline.reading.issue_reader import Reading, read_issue
from pipeline.typography.fonts import (
    SPACES,
    common_coverage,
    coverage,
    glyph_findings,
    lacking_characters,
    texts,
)
from pipeline.typography.text_width import WIDTH_OF_OTHERS, text_width
from pipeline.typography.typesetting import typeset
from tests.support.figure_specimens import STYLE
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Issue

DATE: Final = "issues/2023-12-20"
FACES: Final = list(STYLE.faces.values())
SIGN: Final = "☎"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "workspace"))


def read(root: Path) -> tuple[Issue, Reading]:
    workspace = find_workspace(root)
    reading = read_issue(workspace.choose_issue(), workspace)
    assert reading.issue is not None, reading.findings
    return reading.issue, reading


def missing(root: Path) -> list[Finding]:
    issue, reading = read(root)
    return glyph_findings(issue, lacking_characters(issue, FACES), reading.sources)


def changed(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def where(root: Path, name: str, sign: str = SIGN) -> tuple[str, int, int]:
    """Return file, line and column of a character, as an editor counts them."""
    for number, line in enumerate((root / name).read_text("utf-8").split("\n"), 1):
        if sign in line:
            return name, number, line.index(sign) + 1
    raise AssertionError(name)


def spots(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(item.place.path, item.place.line, item.place.column) for item in findings if item.place]


def test_an_issue_whose_every_letter_has_a_glyph_has_no_finding(root: Path) -> None:
    assert missing(root) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{DATE}/issue.yaml", "title: Проекти и инициативи", f"title: Проекти {SIGN} инициативи"),
        (f"{DATE}/issue.yaml", "title: Новини", f"title: Новини {SIGN}"),
        (f"{DATE}/tower.md", "title: Кулата", f"title: Кулата {SIGN}"),
        (f"{DATE}/tower.md", "абзац на статията", f"абзац **на {SIGN}** статията"),
        (f"{DATE}/tower.md", "абзац на статията", f"`код {SIGN}` статията"),
        (f"{DATE}/tower.md", "абзац на статията", f"абзац [на {SIGN} статията](https://example.org/)"),
        (f"{DATE}/tower.md", "на статията.", f"на статията.[^1]\n\n[^1]: Бележка {SIGN} под линия"),
        (f"{DATE}/tower.md", "на статията.", f"на статията:\n\n- едно\n- две {SIGN}"),
        (f"{DATE}/tower.md", "Кулата през май", f"Кулата {SIGN} май"),
        (f"{DATE}/tower.md", "Иван Иванов", f"Иван {SIGN}"),
        (f"{DATE}/project.md", "title: Мостове", f"title: Мостове {SIGN}"),
        ("issues/publication.yaml", "bg: Вести", f"bg: Вести {SIGN}"),
        ("issues/publication.yaml", "Съфинансирано от", f"Съфинансирано {SIGN} от"),
    ],
)
def test_a_character_without_a_glyph_is_named_where_it_stands(
    root: Path, name: str, old: str, new: str
) -> None:
    changed(root, name, old, new)
    (finding,) = missing(root)
    assert finding.code == "E70"
    assert dict(finding.values) == {"character": SIGN, "name": "U+260E BLACK TELEPHONE"}
    assert spots([finding]) == [where(root, name)]


def test_it_is_found_in_the_typeset_issue_as_well(root: Path) -> None:
    changed(root, f"{DATE}/tower.md", "Първият", f"„Първият“ - {SIGN}")
    issue, reading = read(root)
    lacking = lacking_characters(issue, FACES)
    assert spots(glyph_findings(typeset(issue), lacking, reading.sources)) == [
        where(root, f"{DATE}/tower.md")
    ]


def test_each_character_is_told_once_a_line(root: Path) -> None:
    changed(root, f"{DATE}/tower.md", "Първият", f"{SIGN}{SIGN} и ✓ и {SIGN}")
    changed(root, f"{DATE}/tower.md", "на статията.", f"на статията.\n\nПак {SIGN}.")
    assert [dict(item.values)["character"] for item in missing(root)] == [SIGN, "✓", SIGN]


@pytest.mark.parametrize("sign", ["漢", "א", "𝒜", "\ue000"])
def test_characters_of_every_plane_are_named_by_number(root: Path, sign: str) -> None:
    changed(root, f"{DATE}/tower.md", "Първият", f"Първият {sign}")
    (finding,) = missing(root)
    values = dict(finding.values)
    assert values["character"] == sign
    assert values["name"].startswith(f"U+{ord(sign):04X}")
    assert values["name"] == values["name"].strip()
    assert spots([finding]) == [where(root, f"{DATE}/tower.md", sign)]


def test_spaces_and_joiners_need_no_glyph(root: Path) -> None:
    changed(root, f"{DATE}/tower.md", "Първият", "Пър\u00adви\u2060ят\u00a0и\u200bа")
    assert missing(root) == []


def test_what_one_face_lacks_all_lack() -> None:
    one, other = FACES[0], next(face for face in FACES if coverage(face) != coverage(FACES[0]))
    assert common_coverage([one, other]) == coverage(one) & coverage(other)
    assert common_coverage(FACES) <= coverage(one)


def test_the_faces_in_use_hold_what_an_office_types() -> None:
    letters = "".join(map(chr, [*range(0x410, 0x450), *range(0x20, 0x7F)]))
    wanted = set(f"{letters}ѝЍ„“‚‘’«»–—…№§€°±×½©®éüñçßąžő") - SPACES
    assert not {sign for sign in wanted if ord(sign) not in common_coverage(FACES)}


def test_every_text_of_an_issue_has_the_place_where_it_was_written(root: Path) -> None:
    issue, reading = read(root)
    given_texts = list(texts(issue))
    assert {"Вести", "Проекти и инициативи", "Новини", "Кулата", "Мостове", "Кулата през май"} <= {
        text for text, _ in given_texts
    }
    for text, place in given_texts:
        assert isinstance(place, Place)
        lines = reading.sources[place.path].split("\n")
        assert text.split()[0] in "\n".join(lines[max(place.line, 1) - 1 :])


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.floats(1, 90))
def test_a_text_is_as_wide_as_its_letters_together(text: str, size: float) -> None:
    face = FACES[0]
    assert text_width(text, face, size) == pytest.approx(sum(text_width(sign, face, size) for sign in text))
    assert text_width(text, face, 2 * size) == pytest.approx(2 * text_width(text, face, size))


def test_a_wide_letter_is_wider_than_a_narrow_one_and_an_unknown_one_has_a_width() -> None:
    assert text_width("Щ", FACES[0], 10) > text_width("г", FACES[0], 10) > text_width(".", FACES[0], 10) > 0
    assert text_width("漢", FACES[0], 10) == WIDTH_OF_OTHERS * 10
