"""Finding codes of the editor's queries, with their English wording.

W40x names and terms, W41x contradictions, W42x spelling. A query is never an error: the text
may be right, and a query that was answered is not raised again.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

_ANSWER: Final = N_("write it one way; if both are right, add “{key}” under accepted: in house.yaml")

QUERY_CODES: Final[dict[str, Code]] = {
    # writing
    "E600": Code(
        N_("“{words} …” cannot be written into the file so that it is read as it is shown"),
        N_("show the block as its source and change it there, or undo the last change"),
    ),
    "W400": Code(N_("one name in two ways: “{found}”, and “{other}” in {where}"), _ANSWER),
    "W401": Code(
        N_("the house writes “{wanted}”, not “{found}”"),
        N_("write “{wanted}”, or change issues/house.yaml"),
    ),
    "W402": Code(N_("two forms of one term: “{found}”, and “{other}” in {where}"), _ANSWER),
    "W403": Code(
        N_("typed as on a typewriter (lines: {count}): “{found}”"),
        N_("the page sets it right by itself; “bulletin check --fix” sets it in the file too: “{wanted}”"),
    ),
    "W404": Code(
        N_("the house sets words in {wanted}, not in {found}"),
        N_("write {wanted}, or change quotation: in house.yaml"),
    ),
    "W421": Code(
        N_("“{found}” is hardly meant here"),
        N_("look at it again; if it is right, add “{key}” under accepted: in house.yaml"),
        N_("write “{guess}”; if it is right as it is, add “{key}” under accepted: in house.yaml"),
    ),
    "W420": Code(
        N_("the dictionary does not know the word “{found}”"),
        N_("correct it, or add it under words: in house.yaml"),
        N_("write “{guess}”, or add it under words: in house.yaml"),
    ),
    "W410": Code(
        N_("{said} are announced, and {count} are listed"),
        N_("correct the number or the list; if both are right, add “{key}” under accepted: in house.yaml"),
    ),
    "W411": Code(
        N_("{date} was past when the issue came out, and “{found}” speaks of it as yet to come"),
        N_("tell it as past; if it is right, add “{key}” under accepted: in house.yaml"),
    ),
    "W412": Code(
        N_("{date} is no {found}, but a {wanted}"),
        N_("correct the date or the day; if both are right, add “{key}” under accepted: in house.yaml"),
    ),
    "W413": Code(
        N_("the column adds up to {sum}, and “{found}” is given as its sum"),
        N_("check the figures; if they are right, add “{key}” under accepted: in house.yaml"),
    ),
    "W415": Code(
        N_("“{project}”: {found} here, {other} in {where}"),
        N_("make them agree; if both are right, add “{key}” under accepted: in house.yaml"),
    ),
    "W414": Code(
        N_("the text says “{found}”, and the facts of the project {given}"),
        N_("make them agree; if both are right, add “{key}” under accepted: in house.yaml"),
    ),
}
