"""What an import writes, `bulletin check` accepts: no error comes from the importer's own hand.

Errors that ask people stay: a picture has no alternative text and no credit before somebody gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.intake.importing import import_files
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import find_workspace
from pipeline.findings.finding import BulletinError
from tests.importing.by_rule.letters import letters
from tests.importing.by_rule.pages import page_by_rule
from tests.importing.helpers import ARRIVALS, TODAY, article, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

_ASKED_OF_PEOPLE: Final = frozenset({"E51", "E53"})
_OF_SIGNS: Final = frozenset({"E70", "E99"})
"""Of letters of scripts that no face has: the samples of Word hold Arabic and Chinese."""


def errors_of(folder: Path, *files: Path) -> list[str]:
    """Import files, and return the errors that a check finds, with the line each is about."""
    try:
        imported = import_files(list(files), folder, None, "bg", today=TODAY)
    except BulletinError as error:
        # A page without a word.
        return [
            str(finding) for finding in error.findings if finding.code[:2] == "E5" and finding.code != "E504"
        ]
    workspace = find_workspace(folder)
    told: list[str] = []
    for finding in check_issue(imported.folder, workspace).findings:
        if (
            finding.code.startswith("E")
            and finding.code not in _ASKED_OF_PEOPLE
            and finding.place is not None
        ):
            line = (folder / finding.place.path).read_text("utf-8").split("\n")[finding.place.line - 1]
            told.append(f"{finding.code} {finding.values} in {line[:120]!r}")
    return told


@pytest.mark.parametrize("first", range(0, 60, 12))
def test_pages_by_rule(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = written(folder, "a.html", page_by_rule(seed))
        assert errors_of(folder, path) == [], seed


@pytest.mark.parametrize("part", range(3))
def test_letters_by_rule(tmp_path: Path, part: int) -> None:
    tried = list(letters())[part * 7 :: 31]
    assert len(tried) > 3
    for number, letter in enumerate(tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert errors_of(folder, written(folder, "m.eml", letter.data)) == [], letter.name


@pytest.mark.parametrize("path", sorted(ARRIVALS.glob("*.docx")), ids=lambda path: path.name)
def test_word_files(tmp_path: Path, path: Path) -> None:
    errors = [each for each in errors_of(tmp_path, path) if each.split()[0] not in _OF_SIGNS]
    assert errors == []


def test_a_heading_without_a_text_is_a_notice(tmp_path: Path) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.html", "<h1>Клубът е затворен до неделя</h1>"))
    assert article(imported).startswith("---\nkind: notice\n")


def test_powers_are_written_with_signs_the_faces_have(tmp_path: Path) -> None:
    words = (
        "10<sup>3</sup> и 10<sup>-3</sup>, 2<sup>n</sup>, x<sup>2n+1</sup>, H<sub>2</sub>O, SO<sub>4</sub>"
        "<sup>2−</sup>, NH<sub>4</sub><sup>+</sup>, a<sub>n-1</sub>, e<sup>-2π</sup>, на 1<sup>ви</sup> май"
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", f"<h1>Мерки</h1><p>{words}</p>"))
    assert article(imported).endswith(
        "---\n10³ и 10⁻³, 2ⁿ, x²ⁿ⁺¹, H₂O, SO₄²⁻, NH₄⁺, aₙ₋₁, e^-2π, на 1ви май\n"
    )
    assert imported.report.share == 1
