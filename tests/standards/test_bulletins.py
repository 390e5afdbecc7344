"""The smallest of four bulletins in style `bulletin`: standards, limits of its pages, the same bytes twice.

`python -m tests.standards.bulletins` judges all four in two identities, `python -m tests.bench.pages`
measures their pages.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.files.workspace import Workspace
from tests.specimens.bulletins import BULLETINS, LOOKS, laid_out
from tests.standards.bulletins import built, differences, faults_of
from tests.standards.verapdf import java_is_there
from tests.support.pages.page_figures import figures_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.standards.bulletins import BuiltBulletin

SMALLEST: Final = BULLETINS["sister"]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> BuiltBulletin:
    return built(SMALLEST, LOOKS["forest"], tmp_path_factory.mktemp("first"))


@pytest.mark.skipif(not java_is_there() and not os.environ.get("CI"), reason="the judge needs Java")
def test_every_edition_conforms_to_what_it_claims(first: BuiltBulletin, tmp_path: Path) -> None:
    assert list(faults_of(first, tmp_path)) == []


def test_the_same_content_in_another_folder_gives_the_same_bytes(
    first: BuiltBulletin, tmp_path: Path
) -> None:
    second = built(SMALLEST, LOOKS["forest"], tmp_path / "elsewhere")
    assert len(first.files) > 5
    assert list(differences(first, second)) == []


def test_its_pages_keep_the_limits_of_spacing_hyphens_and_contrast(first: BuiltBulletin) -> None:
    figures = figures_of(first.files[f"bulletin-{SMALLEST.date}.pdf"])
    assert figures.pages <= 5
    assert figures.loose <= 0.02
    assert figures.ladder <= 2
    assert figures.recto_hyphens == ()
    assert figures.faint == ()
    assert figures.contrast >= 4.5


@pytest.mark.parametrize("name", ["river", "school"])
def test_the_bulletins_made_up_for_tests_are_read_without_errors(name: str, tmp_path: Path) -> None:
    from pipeline.desk.intake.checking import check  # noqa: PLC0415 - slow to load
    from pipeline.findings.finding import errors  # noqa: PLC0415 - beside it

    issue = laid_out(BULLETINS[name], None, tmp_path)
    assert list(errors(check(issue, Workspace(tmp_path), spelling=False))) == []
