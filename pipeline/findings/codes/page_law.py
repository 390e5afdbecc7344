"""Finding codes of the law of the page, with their English wording; all stop the build."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

PAGE_LAW_CODES: Final[dict[str, Code]] = {
    "E171": Code(
        N_("“{words}” stands on the page beside “{beside}” and in none of the files"),
        N_("remove what adds it from the template or sheet of the style, such as “content” of ::before"),
    ),
    "E172": Code(
        N_("“{words}” is torn apart: on the page there is a space that the file does not have"),
        N_("correct the template or sheet of the style that sets the letters apart"),
    ),
    "E173": Code(
        N_("“{words}” is drawn mirrored, upside down or squeezed"),
        N_("remove the transformation from the sheet of the style"),
    ),
    "E174": Code(
        N_("“{words}” runs into the word before it: the space of the file is not on the page"),
        N_("correct the template or sheet of the style that draws the words together"),
    ),
    "E175": Code(
        N_("the line of code “{words}” does not begin where the file has it"),
        N_("correct the template or sheet of the style that joins the lines or drops their indentation"),
    ),
    "E176": Code(
        N_("“{words}” stands under another head of its table than in the file"),
        N_("correct the template or sheet of the style that moves the cells of a row"),
    ),
    "E177": Code(
        N_("the contents name page {shown} for “{words}”, which stands on page {number}"),
        N_("correct the page number in the template of the contents"),
    ),
    "E180": Code(
        N_("“{words}” stands in the file and not on the page (words missing from here on: {count})"),
        N_("shorten or divide what is longest here, such as a table, a list or a heading, and build again"),
    ),
    "E181": Code(
        N_("“{words}” stands on the pages once more than in the files"),
        N_("remove it from the template or sheet of the style that shows it again"),
    ),
    "E182": Code(
        N_("“{words}” cannot be seen: something covers it or its frame cuts it off"),
        N_("shorten it, or move the picture or table beside it"),
    ),
    "E183": Code(
        N_("“{words}” hardly differs from its ground: contrast {contrast} : 1, and {least} : 1 is the least"),
        N_("change the colour of the text or of its ground in the style"),
    ),
    "E184": Code(
        N_("“{words}” lies outside the page"),
        N_("shorten it, or divide it with spaces or hyphens so that its line can end within it"),
    ),
    "E185": Code(
        N_("“{words}” is too small to be read: {size} pt"),
        N_("increase its size in the sheet of the style"),
    ),
    "E186": Code(
        N_("“{words}” and another text lie over one another"),
        N_("shorten the longer of the two, or divide it"),
    ),
    "E187": Code(
        N_("“{words}” cannot be read in the order in which the file has it"),
        N_("move what stands beside it, such as a picture or a table, before or after the paragraph"),
    ),
    "E188": Code(
        N_(
            "the program cannot read its own page (texts without letters: {count}); this is a fault of the "
            "program or of a font file, not of the issue"
        ),
        N_("set the text in another face of the style, and report the fault to the developers"),
    ),
    "E189": Code(
        N_("the number beside “{words}” is {shown} on the page and must be {number}"),
        N_("write the list with numbers in order, without a gap; a break in a list makes a new list"),
    ),
    "E194": Code(
        N_("“{words}” must lead to {address}, and leads to {shown} on the page"),
        N_("correct the template of the style that writes the link; a link needs its address in “href”"),
    ),
    "E195": Code(
        N_("a line goes through “{words}”"),
        N_("remove the line from the sheet of the style, or move the frame or table it belongs to"),
    ),
    "E196": Code(
        N_("the picture {name} is on the pages {count} × and must be there {times} ×"),
        N_("correct the template of the style that leaves the picture out or shows it again"),
    ),
    "E197": Code(
        N_("the picture {name} cannot be seen: it has no size, or is cut off, off the page or veiled"),
        N_("correct its width, height or opacity in the sheet of the style"),
    ),
    "E198": Code(
        N_("the pictures {name} and {other} are exchanged: each stands by the caption of the other"),
        N_("correct the order of the pictures in the template of the style"),
    ),
}
"""The words of the issue on the pages of the PDF."""
