"""Finding codes of building the mail edition and the pages of the site, with their English wording.

E32x and W32x.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

MAIL_PAGE_CODES: Final[dict[str, Code]] = {
    "E320": Code(
        N_("the mail is to lead to the PDF, and nothing says where it lies on the web"),
        N_("write online: with the address of the site under sender:, or pdf: attached"),
    ),
    "E321": Code(
        N_(
            "the mail and the pages do not agree: the {face} lacks the heading “{found}”, or has it elsewhere"
        ),
        N_(
            "the text is not at fault, the program is; word the heading otherwise, or make the PDFs alone: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E322": Code(
        N_("the mail and the pages do not agree: the {face} has “{found}” more often than the {other}"),
        N_(
            "the text is not at fault, the program is; word the sentence otherwise, or make the PDFs alone: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E323": Code(
        N_("of the editions, the mail failed; it lies in {folder} as “{name}”, and nothing else was written"),
        N_(
            "mend what is named above, or make the PDFs alone: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E324": Code(
        N_("the {face} of the mail lacks “{found}”"),
        N_(
            "the text is not at fault, the program or a template is; make the PDFs alone meanwhile: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E325": Code(
        N_("the {face} of the mail has “{found}” where the files say something else"),
        N_(
            "the text is not at fault, the program or a template is; make the PDFs alone meanwhile: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E326": Code(
        N_("nobody can see “{found}” in the mail: {reason}"),
        N_(
            "if the style is your own, choose colours that differ more (4.5 : 1); else make the PDFs alone: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E327": Code(
        N_("the links of the mail differ from the files: “{found}” is missing or too many"),
        N_(
            "the text is not at fault, the program or a template is; make the PDFs alone meanwhile: "
            "--edition screen --edition press --edition archive"
        ),
    ),
    "E328": Code(
        N_("{path} of the site is not as the issue: “{found}” is missing, doubled, moved or misnumbered"),
        N_(
            "the text is not at fault, the program or a template filed with the issue is; nothing was "
            "published, and the site is as it was; publish with the program that filed the issue"
        ),
    ),
    "E329": Code(
        N_("the site has no “{found}”, where a link of one of its pages leads"),
        N_(
            "the text is not at fault, the program or a template filed with the issue is; nothing was "
            "published, and the site is as it was; publish with the program that filed the issue"
        ),
    ),
    "E330": Code(
        N_("nobody can see “{found}” in {path} of the site: {reason}"),
        N_(
            "the text is not at fault, the program or a template filed with the issue is; nothing was "
            "published, and the site is as it was; publish with the program that filed the issue"
        ),
    ),
    "W320": Code(
        N_("the mail is larger than {limit} ({size}); some readers cut it off"),
        N_("shorten the standfirsts and leads, or have fewer articles in an issue"),
    ),
}
