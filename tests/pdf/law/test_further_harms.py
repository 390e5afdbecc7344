"""The law finds what leaves all words on the page: words of nobody, spaces, veils, lines, links, pictures."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.generated.further_mutations import further_mutations
from tests.support.generated.issues import generated_workspace
from tests.support.generated.law_trials import Trial
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = {
    ("insert: words behind", "title"): "E171",
    ("insert: words before", "item"): "E171",
    ("insert: figures behind", "masthead"): "E171",
    ("insert: figures behind", "contents"): "E171",
    ("space: lost", "word"): "E174",
    ("space: made", "title"): "E172",
    ("space: made", "byline"): "E172",
    ("recolour: grey and veiled", "card"): "E183",
    ("strike: through", "word"): "E195",
    ("strike: rule", "title"): "E195",
    ("link: exchanged", "link"): "E194",
    ("link: exchanged", "entry"): "E194",
    ("link: missing", "link"): "E194",
    ("link: shifted", "link"): "E184",
}
"""Mutations by class and kind of text, with the code of what is found."""

PICTURES = {
    "picture: exchanged": "E198",
    "picture: another's": "E196",
    "picture: twice": "E196",
    "picture: lost": "E196",
    "picture: no size": "E197",
    "picture: cropped to nothing": "E197",
    "picture: off the page": "E197",
    "picture: veiled": "E197",
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A sound issue with many kinds of texts."""
    root = tmp_path_factory.mktemp("harmed-further")
    return Trial(root, generated_workspace(root, random.Random(4), pages=2))


@pytest.fixture(scope="module")
def harms(trial: Trial) -> dict[tuple[str, str], str]:
    """A harmed HTML of each class and kind of text."""
    return {(each.kind, each.target): each.html for each in further_mutations(trial.html())}


@pytest.mark.parametrize("harm", SAMPLE, ids=" ".join)
def test_what_is_done_to_whole_words_is_found(
    trial: Trial, harms: dict[tuple[str, str], str], harm: tuple[str, str]
) -> None:
    codes = {finding.code for finding in trial.findings(harms[harm])}
    assert SAMPLE[harm] in codes, codes


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A sound issue of two pictures with captions."""
    root = tmp_path_factory.mktemp("pictured") / "w"
    shutil.copytree(GOOD, root)
    folder = root / "issues" / "2023-12-20"
    named = "](images/tower.png"
    text = (folder / "tower.md").read_text("utf-8")
    line = next(line for line in text.splitlines() if named in line)
    first = line.replace(named, "](images/one.png")
    second = line.replace(named, "](images/other.png").replace("през май", "от изток")
    _write_picture(folder / "images" / "one.png", 0)
    _write_picture(folder / "images" / "other.png", 90)
    harmless = f"{text.replace(line, first).rstrip()}\n\nВтори абзац.\n\n{second}\n"
    (folder / "tower.md").write_text(harmless, "utf-8")
    return Trial(root, folder)


def _write_picture(path: Path, turned: int) -> None:
    Image.linear_gradient("L").rotate(turned).resize((1400, 900)).convert("RGB").save(path)


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_done_to_a_picture_is_found(pictured: Trial, kind: str) -> None:
    harmed = next(each for each in further_mutations(pictured.html()) if each.kind == kind)
    codes = {finding.code for finding in pictured.findings(harmed.html)}
    assert PICTURES[kind] in codes, codes


def test_sound_pictures_have_no_finding(pictured: Trial) -> None:
    assert pictured.findings() == []
