"""Finding codes for names of files, and for what reading leaves out or takes for something else."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

READING_CODES: Final[dict[str, Code]] = {
    # fillers
    "E165": Code(
        N_("a filler has paragraphs, quotations and one picture at most; this one has more, or nothing"),
        N_(
            "leave out headings, lists, tables, notes and further pictures, or make it an article of an issue"
        ),
    ),
    # names of files
    "E78": Code(
        N_("no file can be called “{name}” on every system: {problem}"),
        N_("rename the file, and write its new name here"),
        N_("rename the file to “{guess}”, and write this name here"),
    ),
    "E79": Code(
        N_(
            "“{name}” and “{other}” are one file on some systems, for they differ in small and capital or in "
            "composed letters alone"
        ),
        N_("rename one of the two, or name the same file in both places"),
        N_("rename “{name}” to “{guess}”, and write this name here"),
    ),
    # YAML
    "E75": Code(
        N_("“{found}” stands right behind a quotation mark or a bracket and would be left out"),
        N_("write it within the quotation marks; for a remark, put a space before “#”"),
    ),
    "E76": Code(
        N_("“{found}” is no value and would be left out"),
        N_("put the value it belongs to in quotes, or delete it"),
    ),
    "E77": Code(
        N_("the comma in “{found}” parts two fields here, for the fields stand between braces"),
        N_('put the whole value in quotes: "{found}"'),
    ),
    "W15": Code(
        N_("“{found}” is left out, for a remark begins at “ #”"),
        N_("write {wanted} where it belongs to the value; write a remark on a line of its own"),
    ),
    "W18": Code(N_("the instruction to YAML programs “{found}” is left out"), N_("delete the line")),
    # ordered lists
    "W16": Code(
        N_("“{found} …” is set as an item of a list, for it begins with a number as an item does"),
        N_("write “{wanted} …” where it is a sentence; --fix does it where the word behind begins small"),
    ),
    "W17": Code(
        N_("the number {found} of the list follows {before}; it is printed as it is typed"),
        N_("write {wanted} where it is a slip; leave it where it is meant"),
    ),
    # Markdown
    "W19": Code(
        N_("the line “{found}” is read as the address of a link that no text names; it is left out"),
        N_("write “\\[” for its first bracket where it is text; delete it where it is not"),
    ),
    "W20": Code(
        N_("the words “{found}” behind the address of a link are left out"),
        N_("write them in the text, or delete them"),
    ),
    "W21": Code(
        N_("“{found}” behind the signs that open a code block is left out"),
        N_("write it on a line of its own above"),
    ),
    "W22": Code(
        N_("“{found}” at the end of the heading is left out"),
        N_("write “\\#” where it belongs to the heading, or delete it"),
    ),
    "W23": Code(
        N_("“{found} …” begins like an item of a list and is joined to the line above"),
        N_("leave an empty line above it where it is an item (--fix does it); otherwise join the two lines"),
    ),
    "W24": Code(
        N_("“{found} …” begins like an item of a list and is set as running text"),
        N_("write “{wanted} …” where it is an item (--fix does it); part what people say by empty lines"),
    ),
    "W25": Code(
        N_("“{found}” is set as text, for no space stands behind the signs of a heading"),
        N_("write “{wanted}”; --fix does it"),
    ),
    "W26": Code(
        N_("“{found}” is printed with its signs, for they have no fellow or a space stands within"),
        N_(
            "write them close to the words at both ends: **words**; where they are text, write \\ before each"
        ),
    ),
    "W27": Code(
        N_("the numbers of this list are printed with a point: “{wanted}”, not “{found}”"),
        N_("write “{wanted}”; --fix does it for the whole list"),
    ),
    "W28": Code(
        N_("“{found}” looks like a row of a table and is set as running text"),
        N_("write under the head of the table a line | --- | --- | with as many parts as the head has cells"),
    ),
    "W29": Code(
        N_("“{found}” is set as a heading, for a line of dashes stands below it"),
        N_("leave an empty line between the two; for a heading, write “## ” in front and delete the dashes"),
    ),
}
