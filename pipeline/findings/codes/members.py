"""Finding codes of reading a list of members, with their English wording.

E30x the file, E31x its rows, W30x what is doubtful in them.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

MEMBER_CODES: Final[dict[str, Code]] = {
    # the file
    "E300": Code(N_("there is no list “{name}”"), N_("correct the name, or put the file there")),
    "E301": Code(
        N_("the list cannot be read: {problem}"),
        N_("open it in the office program and save it again as CSV UTF-8 or as an Excel workbook (.xlsx)"),
    ),
    "E302": Code(
        N_("a file of this kind is not read: {kind}"),
        N_("open it in the office program and save it as an Excel workbook (.xlsx) or as CSV UTF-8"),
    ),
    "E303": Code(
        N_("no row of headings was found that names a column of addresses"),
        N_("write in the first row what the columns hold: {known}"),
        N_("write “{guess}” over the addresses"),
    ),
    "E304": Code(
        N_("a quote is opened here and not closed"), N_("close it, or delete it; within quotes it is doubled")
    ),
    "E305": Code(N_("the list is too large: {size}"), N_("keep it under {limit}")),
    "E306": Code(
        N_("two columns are headed as {column}: “{first}” and “{second}”"),
        N_("delete one of them, or head it otherwise"),
    ),
    "E307": Code(N_("the list names nobody"), N_("write the members below the headings, a row each")),
    # its rows
    "E311": Code(N_("“{found}” is not an address mail can go to"), N_("write it as name@example.org")),
    "E312": Code(
        N_("the column “{column}” holds a character that ends a line or cannot be seen ({character})"),
        N_("type the cell again; a cell is one line"),
    ),
    "E313": Code(
        N_("“{found}” is written with Cyrillic letters that look like Latin ones: {letters}"),
        N_("type it again in Latin letters"),
        N_("write “{guess}”"),
    ),
    "E314": Code(
        N_("the part of “{found}” before the @ is not in Latin letters, and few servers take that"),
        N_("ask for an address in Latin letters"),
    ),
    "E315": Code(
        N_("“{found}” is no status"),
        N_("write one of: {known}; an empty cell means active"),
        N_("write “{guess}”"),
    ),
    "E316": Code(
        N_("“{found}” is no language"),
        N_("write a code, as bg or en; an empty cell means the bulletin's own"),
    ),
    "E317": Code(N_("“{found}” is no day"), N_("write it as 2023-12-20 or 20.12.2023")),
    "E318": Code(
        N_("the same address stands in row {first}, and says otherwise about: {what}"),
        N_("keep the row that is right, and delete the other"),
    ),
    "E319": Code(N_("the cell holds more than one address"), N_("give each a row of its own")),
    # what is doubtful
    "W300": Code(
        N_("columns that mean nothing here are left aside: {names}"),
        N_("nothing to do, unless one of them was meant to be read"),
    ),
    "W301": Code(N_("the same address stands in row {first}"), N_("the first counts; delete this row")),
    "W302": Code(
        N_("the domain {found} is unusual"), N_("ask whether it is right"), N_("probably “{guess}” is meant")
    ),
    "W303": Code(
        N_("of {count} active members no consent is recorded"),
        N_("fill in the day and the source of their consent, where they had to give it"),
    ),
    "W304": Code(
        N_("rows without an address: {count} (row {rows}); nothing is sent to them"),
        N_("write the address where there is one; else leave the rows as they are"),
    ),
}
