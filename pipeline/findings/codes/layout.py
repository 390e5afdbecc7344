"""Finding codes of the layout, with their English wording: E19x stops a build, W19x does not."""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

LAYOUT_CODES: Final[dict[str, Code]] = {
    "E190": Code(N_("“{words}” lies over “{other}”; neither can be read"), N_("shorten one of the two")),
    "E191": Code(
        N_("“{words}” lies over the picture “{other}”"),
        N_("shorten the text, or choose a picture that is less high"),
    ),
    "E192": Code(
        N_("“{words}” runs {measure} mm over the edge of the page"),
        N_("shorten it, or write it with spaces between its parts"),
    ),
    "E193": Code(
        N_("the picture “{words}” runs {measure} mm over the edge of the page"),
        N_("cut the picture so that it is less high"),
    ),
    "W190": Code(
        N_("empty lines before “{words}”: {measure}"),
        N_("move the picture or table that stands there, or write more text before it"),
    ),
    "W191": Code(
        N_("the words of a line stand {measure} pt apart: “{words}”"),
        N_("reword the sentence, or shorten the long word after the line"),
    ),
    "W192": Code(
        N_("a line of a paragraph stands alone on the page: “{words}”"),
        N_("make the paragraph longer or shorter by a line"),
    ),
    "W193": Code(
        N_("“{words}” is {measure} mm wider than its column"),
        N_("shorten it, or write it with spaces or hyphens between its parts"),
    ),
    "W194": Code(
        N_("the heading “{words}” stands at the foot of the page, its text on the next"),
        N_("make the text before it longer or shorter by some lines"),
    ),
    "W195": Code(
        N_("the card with “{words}” stands on another page than its heading"),
        N_("make the text before it longer or shorter by some lines"),
    ),
    "W196": Code(
        N_("the caption “{words}” stands on another page than its picture"),
        N_("cut the picture so that it is less high, or shorten the caption"),
    ),
    "W199": Code(
        N_("“{words}” cannot be read whole on this page; only a draft is made so"),
        N_("shorten it, or what it lies over"),
    ),
}
"""The wording of each code."""
