"""What was set before, by its content: the same text in the same style and faces comes out the same.

While pages are fitted, and in each further edition, the same lines are set many times: of those of a
bulletin, one in fifty is new. A memory lives as long as the process, and forgets what was not asked for
longest.
"""

from __future__ import annotations

from collections import OrderedDict
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Kept = TypeVar("Kept")

FACES: Final = "content_of_faces"
"""The attribute of the engine's font configuration for a hash of the faces in it."""

OF_A_FACE: Final = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates"),
    *("font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "font_size"),
)
"""The values of a style that say which face a text is set in, and how."""

OF_A_TEXT: Final = (
    *OF_A_FACE,
    *("font_kerning", "direction", "white_space", "letter_spacing", "word_spacing", "overflow_wrap"),
    *("word_break", "tab_size", "hyphens", "hyphenate_limit_chars"),
    *("hyphenate_limit_zone", "hyphenate_character"),
)
"""The values of a style that the engine reads when it sets a text or ends a line, but for decorations."""

DECORATION: Final = "text_decoration_line"
"""Of which the engine asks only whether there is one."""

_values: Final = itemgetter(*OF_A_TEXT)


class Memory(Generic[Kept]):
    """Results by what they were made of.

    Args:
        most: How many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are kept now."""
        return len(self._kept)

    def recall(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return a result that is kept, or make it and keep it; None is made anew each time.

        Args:
            key: All that it depends on.
            make: Makes it.
        """
        # Taken out and put in again: another thread may have it forgotten in between.
        known = self._kept.pop(key, None)
        if known is None:
            known = make()
        self._kept[key] = known
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return known

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def text_key(style: Any) -> Hashable:  # noqa: ANN401 - a style of the engine
    """Return all of a style that its text depends on, with the faces it is set in."""
    return style.font_config.__dict__.get(FACES), style[DECORATION] == "none", _values(style)
