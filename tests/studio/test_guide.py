"""The officer's guide to the studio shows it: every picture that is made is in it, and all are light."""

from __future__ import annotations

import re
from typing import Final

from PIL import Image

from tests.support.paths import REPOSITORY
from tests.support.studio_pictures.making import PICTURES

GUIDE: Final = PICTURES.parents[1] / "studio.md"
MADE: Final = REPOSITORY / "tests" / "support" / "studio_pictures" / "making.py"
MOST_BYTES: Final = 2_000_000


def test_every_picture_made_is_shown_once_with_words_for_those_who_do_not_see_it() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures/studio/([a-z-]+)\.png\)", GUIDE.read_text("utf-8"))
    made = re.findall(r'take\(page, "([a-z-]+)"', MADE.read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(made)
    assert {path.stem for path in PICTURES.iterdir()} == set(made)
    assert len({words for words, _ in shown}) == len(shown)


def test_pictures_are_as_wide_as_a_desk_and_light_together() -> None:
    pictures = sorted(PICTURES.glob("*.png"))
    widths = set()
    for path in pictures:
        with Image.open(path) as picture:
            widths.add(picture.width)
    assert widths == {1280}
    assert sum(path.stat().st_size for path in pictures) < MOST_BYTES


def test_the_first_steps_begin_with_the_studio_and_name_a_terminal_only_for_who_installs_it() -> None:
    opening, _, rest = (GUIDE.parent / "first-steps.md").read_text("utf-8").partition("## За техника")
    assert "](studio.md)" in opening
    assert "```" not in opening
    assert "bulletin studio" in rest
