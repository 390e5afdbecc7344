"""Finding codes of building the mail edition, with their English wording.

E32x and W32x.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

MAIL_PAGE_CODES: Final[dict[str, Code]] = {
    "E320": Code(
        N_("the mail is to lead to the PDF, and nothing says where it lies on the web"),
        N_("write online: with the address of the site under sender:, or pdf: attached"),
    ),
    "E321": Code(
        N_("the {face} of the mail and the pages do not agree: the heading “{found}” is missing"),
        N_("please send us this message with the issue's folder"),
    ),
    "E322": Code(
        N_("the {face} of the mail says “{found}”, which the {other} does not"),
        N_("please send us this message with the issue's folder"),
    ),
    "W320": Code(
        N_("the mail is larger than {limit} ({size}); some readers cut it off"),
        N_("shorten the standfirsts and leads, or have fewer articles in an issue"),
    ),
}
