"""Finding codes of bounces and replies, with their English wording.

E38x and W38x.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

RETURN_CODES: Final[dict[str, Code]] = {
    "E380": Code(
        N_("{name} is no letter and no mailbox: {problem}"),
        N_("save the letters from the mail program as .eml, or the mailbox as mbox, and name those"),
    ),
    "E381": Code(
        N_("the page for unsubscribing cannot listen at {host}:{port}: {problem}"),
        N_("choose another port with --port, or end the program that holds it"),
    ),
    "E382": Code(
        N_("no address for the page for unsubscribing is named"),
        N_("write unsubscribe: https://… into mail/mail.yaml: where members reach it from outside"),
    ),
    "E383": Code(N_("“{found}” is no address"), N_("write it as name@example.org")),
    "E384": Code(
        N_(
            "so many addresses at once would be sent nothing more that a fault of ours or of one server is "
            "likelier ({count}): {names}"
        ),
        N_(
            "look at some of the letters; if these addresses are gone indeed, run it again with "
            "--confirm {count}"
        ),
    ),
    "E386": Code(
        N_(
            "nobody with the address {given} is known: neither in the ledger nor in a list of the folder mail"
        ),
        N_("nothing was changed; if nothing is to be sent there in any case, add --anyway"),
        N_(
            "probably {guess} is meant; nothing was changed (if nothing is to be sent there in any case: "
            "--anyway)"
        ),
    ),
    "W381": Code(
        N_("letters refused because of the sender or a policy: {count} (“{words}”)"),
        N_(
            "this is the office's own matter, and nobody was withdrawn: show the words to whoever runs your "
            "mail (SPF, DKIM, DMARC, a blocklist, too many letters at once)"
        ),
    ),
    "W382": Code(
        N_("letters refused because of their size or contents: {count} (“{words}”)"),
        N_("nobody was withdrawn; with pdf: link the letter leads to the PDF instead of carrying it"),
    ),
    "W383": Code(
        N_("letters that could not be brought all the way: {count} (“{words}”)"),
        N_("nobody was withdrawn; if it happens with the next issue too, ask the members another way"),
    ),
    "W384": Code(
        N_("{address} asks in words to be unsubscribed ({name}); nothing is sent there until you decide"),
        N_("“bulletin mail unsubscribe {address}” does it; with --undo the bulletin goes there again"),
    ),
    "W385": Code(
        N_(
            "{name} complains of a letter that is not one of ours; anybody can write such a thing: nothing "
            "was done"
        ),
        N_("if it names a member, ask the member"),
    ),
}
