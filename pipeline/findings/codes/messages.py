"""Finding codes of composing a message, with their English wording.

E34x headers, sizes and signatures, W34x likewise.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

MESSAGE_CODES: Final[dict[str, Code]] = {
    "E340": Code(
        N_("the {field} of the message holds a character that no header may hold ({character})"),
        N_("type it again by hand; nothing was sent"),
    ),
    "E341": Code(
        N_("the message is too large for mail: {size}, and at most {limit} are taken"),
        N_(
            "write pdf: link under sender: in publication.yaml, so that it leads to the PDF; nothing was sent"
        ),
    ),
    "E342": Code(
        N_("nobody reads what is sent to “{found}”"),
        N_("name an address that somebody reads: members answer a bulletin"),
    ),
    "E343": Code(
        N_("the key “{name}” cannot sign: {problem}"),
        N_("make an RSA key in PEM form: openssl genrsa -out {name} 2048"),
    ),
    "E344": Code(
        N_(
            "the {part} of the mail has {count} places for the address by which one unsubscribes, and not one"
        ),
        N_("take {address} out of the texts, if it stands there, and file the issue again; nothing was sent"),
    ),
    "W340": Code(
        N_("the PDF is large for mail: {size}"),
        N_("many a mailbox takes no more than {limit}; smaller pictures help, or pdf: link under sender:"),
    ),
}
