"""Finding codes for what reading leaves out or takes for something else, with their English wording."""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

READING_CODES: Final[dict[str, Code]] = {
    # ordered lists
    "W16": Code(
        N_("“{found} …” is set as an item of a list, for it begins with a number and a point"),
        N_("write “{wanted} …” where it is a sentence; --fix does it where the word behind begins small"),
    ),
    "W17": Code(
        N_("the number {found} of the list follows {before}; it is printed as it is typed"),
        N_("write {wanted} where it is a slip; leave it where it is meant"),
    ),
}
