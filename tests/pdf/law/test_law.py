"""The law of the page finds what harms a page between the files and the PDF, and nothing on a sound one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.content.sound_pages import SoundPages
from tests.support.generated.issues import generated_workspace
from tests.support.generated.law_trials import Trial
from tests.support.generated.mutations import mutations
from tests.support.generated.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.editions import Edition

SAMPLE = {
    ("lose", "cell"): "E180",
    ("lose: last letter", "caption"): "E180",
    ("double", "note"): "E18",
    ("hide: display", "card"): "E180",
    ("hide: visibility", "title"): "E180",
    ("hide: opacity", "word"): "E18",
    ("hide: tiny", "item"): "E185",
    ("hide: cut in height", "word"): "E182",
    ("cover: white", "contents"): "E18",
    ("shift: left off the page", "quote"): "E18",
    ("shift: out of order", "note"): "E180",
    ("recolour: 1.8", "caption"): "E183",
}
"""Mutations by class and kind of text, with how the code of what is found begins."""


@pytest.fixture(scope="module")
def harms(trial: Trial) -> dict[tuple[str, str], str]:
    """A harmed HTML of each class and kind of text."""
    return {(each.kind, each.target): each.html for each in mutations(trial.html(), random.Random(3))}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A sound issue with all kinds of texts."""
    root = tmp_path_factory.mktemp("harmed")
    return Trial(root, generated_workspace(root, random.Random(5), pages=5))


@pytest.mark.parametrize("harm", SAMPLE, ids=" ".join)
def test_a_harmed_word_is_found(
    trial: Trial, harms: dict[tuple[str, str], str], harm: tuple[str, str]
) -> None:
    codes = {finding.code for finding in trial.findings(harms[harm])}
    assert any(code.startswith(SAMPLE[harm]) for code in codes), codes


def test_a_harmed_word_is_found_on_pages_that_were_sound_before(
    trial: Trial, harms: dict[tuple[str, str], str]
) -> None:
    known = SoundPages()
    assert trial.findings(known=known) == []
    for harm in [("hide: cut in height", "word"), ("cover: white", "contents")]:
        codes = {finding.code for finding in trial.findings(harms[harm], known)}
        assert any(code.startswith(SAMPLE[harm]) for code in codes), codes


@pytest.mark.parametrize(
    ("language", "edition"), list(zip(LANGUAGES, (SCREEN, PRESS, SCREEN, SCREEN), strict=True)), ids=str
)
def test_nothing_is_found_on_a_sound_issue(tmp_path: Path, language: str, edition: Edition) -> None:
    folder = generated_workspace(tmp_path, random.Random(5), language=language, pages=2)
    assert Trial(tmp_path, folder, edition).findings() == []
