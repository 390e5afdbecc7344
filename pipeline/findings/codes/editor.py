"""Finding codes of the editor's queries, with their English wording.

W40x names and terms, W41x contradictions, W42x spelling. A query is never an error: the text
may be right, and a query that was answered is not raised again.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

_ANSWER: Final = N_("write it one way; if both are right, add “{key}” under accepted: in house.yaml")
QUERY_CODES: Final[dict[str, Code]] = {
    # writing
    "E600": Code(
        N_("“{words} …” cannot be written into the file so that it is read as it is shown"),
        N_("show the block as its source and change it there, or undo the last change"),
    ),
    "E601": Code(
        N_("{name} is no longer there: somebody has moved or deleted it; your words are in the history"),
        N_("restore your version from the history of the file, or copy its words into another article"),
    ),
    "E602": Code(
        N_("another program has been writing {name} for a while, or keeps it locked"),
        N_("close it in the other program, or wait until it is synchronised, and save again"),
    ),
    "E603": Code(
        N_("{name} has changed since it was shown, so nothing was restored"),
        N_("look at the file as it is now, and restore the version again"),
    ),
    "E604": Code(
        N_("the history does not have the version {name}, or no longer"),
        N_("choose another version"),
    ),
    "E605": Code(
        N_("“{name}” cannot be set so that the rest of the file stays as it is"),
        N_("open the file in a text editor, and change it there"),
    ),
    "E606": Code(
        N_("there is no “{name}” here (any more)"),
        N_("look at the issue as it is now, and make the change again"),
    ),
    "E607": Code(
        N_("the section “{name}” still has articles"),
        N_("move them to another section or take them out, and then take out the section"),
    ),
    "E608": Code(
        N_("“{name}” is not the name of an article"),
        N_("choose an article of the issue: a file of its folder that ends in .md"),
    ),
    "W602": Code(
        N_("some emphasis could not be written as it was shown, and was left out; all words are there"),
        N_("look at the marked words again; emphasis should begin and end between words"),
    ),
    # the preview
    "E650": Code(
        N_("the pages took too long, or too much memory, and were given up"),
        N_("the next change of a file begins anew; if it fails again, undo what was changed last"),
    ),
    "E651": Code(
        N_("the program that makes the pages of the preview ended unexpectedly"),
        N_("it is started again with the next change; if it ends again, send us the files of the issue"),
    ),
    "E652": Code(
        N_("this page of issue {issue} is no longer as it was"),
        N_("show the pages of the issue again"),
    ),
    "E653": Code(
        N_("the issue has no “{wanted}” that could be changed so"),
        N_("it may have been changed meanwhile: show the pages again"),
    ),
    "E654": Code(
        N_("another change was tried before this one was worked out"),
        N_("wait for the outcome of the last one"),
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
    "W405": Code(
        N_("“{found}” looks like a heading and is a paragraph in bold"),
        N_("if it is a heading, write “{wanted}”; if not, add “{key}” under accepted: in house.yaml"),
    ),
    "W422": Code(
        N_("“{found}” has letters of two alphabets; these only look right: {letters}"),
        N_(
            "type the word anew in one alphabet: “{guess}”; "
            "if it is right, add “{key}” under accepted: in house.yaml"
        ),
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
    "W416": Code(
        N_("{date} was past when the issue came out"),
        N_(
            "correct the date, or tell it as past in an article; "
            "if it is right, add “{key}” under accepted: in house.yaml"
        ),
    ),
    "W417": Code(
        N_("the deadline, {date}, is later than the last day of the event, {end}"),
        N_("correct one of the dates; if both are right, add “{key}” under accepted: in house.yaml"),
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
