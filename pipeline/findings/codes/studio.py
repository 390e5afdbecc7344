"""Finding codes of the studio, with their English wording.

E62x and E63x, W62x: its process, what arrives, and what its forms are given.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

STUDIO_CODES: Final[dict[str, Code]] = {
    "E620": Code(
        N_("the studio of this folder runs already, and does not answer"),
        N_(
            "wait a moment and start it again; if it still does not answer, end the process “bulletin studio”"
        ),
    ),
    "E621": Code(
        N_("Windows does not say where its desktop is"),
        N_("start the studio by hand: bulletin studio"),
    ),
    "E622": Code(
        N_("“{name}” holds a sign that a start file of Windows cannot hold"),
        N_("give the folder a name of letters and digits, then install the icon again"),
    ),
    "E623": Code(
        N_("the port {port} is taken or may not be used"),
        N_("name another one, or leave --port out: a free one is found then"),
    ),
    "E624": Code(
        N_("this field has to be filled in"),
        N_("fill it in; the studio cannot begin without it"),
    ),
    "E625": Code(
        N_("“{name}” is no picture that can be a logo"),
        N_("take the logo as SVG, PNG or JPEG; whoever made it for you has it"),
    ),
    "E626": Code(
        N_("too much arrived at once: {size} MB are taken at most, in files: {count}"),
        N_("bring them in several portions"),
    ),
    "E627": Code(
        N_("the work on it took too long or too much memory, and was stopped; nothing was changed"),
        N_(
            "try again when the machine has less to do; files that are brought in, bring one by one: so it "
            "shows which of them cannot be read"
        ),
    ),
    "E628": Code(
        N_("“{found}” is not found in this issue"),
        N_("write a part of the words, as they stand in the texts"),
    ),
    "E629": Code(
        N_("no files arrived"),
        N_("choose one or more files, or drop them onto the page"),
    ),
    "E630": Code(
        N_("“{found}” is no day"),
        N_("choose the day in the calendar, or write it as 2026-03-31"),
    ),
    "E631": Code(
        N_("this cannot be placed any more, or only by hand"),
        N_("load the page again; what is known only in part is to be copied from the file that came"),
    ),
    "E632": Code(
        N_("“{name}” was changed by somebody else in the same moment; nothing was written"),
        N_("try again; if it is said once more, copy what you typed, load the page anew, and put it there"),
    ),
    "E633": Code(
        N_("the picture was changed or moved meanwhile; nothing was written"),
        N_("load the page again"),
    ),
    "E634": Code(
        N_("what the page sent is no text that the editor could have made; nothing was written"),
        N_("load the page again; what was saved before is still there"),
    ),
    "E635": Code(
        N_("this issue was filed; what others may have by now stays"),
        N_("if it must not be shown any more, withdraw the filing"),
    ),
    "E636": Code(
        N_("there is an issue of {date} again"),
        N_("choose another date for that one under “First page”, or take it out; then put this one back"),
    ),
    "E637": Code(
        N_("an issue that was filed keeps its date: its readers have it with that date"),
        N_("if the date was wrong, say so in a corrected edition, under “First page”"),
    ),
    "E638": Code(
        N_("there is an issue of {date} already"),
        N_("choose another date, or give that issue another one first"),
    ),
    "E639": Code(
        N_("“{found}” is not {wanted}; nothing was changed"),
        N_("type {wanted} as it stands there; whoever is forgotten cannot be brought back"),
    ),
    "E640": Code(
        N_("the letters are not kept here any more; nothing was changed"),
        N_("bring them in once more: what was heeded of them is not done twice"),
    ),
    "E647": Code(
        N_("“{name}” is a link that leads out of the folder of the bulletin; nothing is written there"),
        N_("put the folder or the file itself in its place"),
    ),
    "E648": Code(
        N_("nothing was named that could be taken out of the history"),
        N_("write a name of at least three letters, or choose a picture"),
    ),
}
