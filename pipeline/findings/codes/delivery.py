"""Finding codes of messages and of sending, with their English wording.

E34x headers, sizes and signatures of messages, E35x settings and passwords, E36x the request to send, E37x
the ledger and the server, E39x mailings that are not finished and copies of the ledger, W34x and W35x
likewise.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

_STAY: Final = N_(
    "nothing is lost: mend it and try again; a sending that was begun goes on with “bulletin mail resume”"
)

DELIVERY_CODES: Final[dict[str, Code]] = {
    # settings and passwords
    "E350": Code(
        N_("there is no file {name} to say how the mail goes out"),
        N_("“bulletin mail check” writes a sample there; fill it in"),
    ),
    "E351": Code(
        N_("there is no password for {user} at {host}"),
        N_(
            "put it into the keyring (“keyring set bulletin {user}@{host}”), into the variable "
            "BULLETIN_MAIL_PASSWORD, or into the file {name} that only you may read"
        ),
    ),
    "E352": Code(N_("others may read {name}, which holds a secret"), N_("take that away: chmod 600 {name}")),
    "E353": Code(
        N_("the key {name} is not one of ours"),
        N_("bring it back from mail/backups; without it nobody knows who was sent what"),
    ),
    "E354": Code(
        N_("the publication names no sender"),
        N_("write sender: with name, email and reply_to into issues/publication.yaml"),
    ),
    "E355": Code(
        N_("this needs the library {library}, which is not installed"),
        N_("install the press with what its mail needs: pip install 'bulletin-press[mail]'"),
    ),
    "E356": Code(
        N_("no list of members is named"),
        N_("write members: members.csv into mail/mail.yaml, or give --members FILE"),
    ),
    "E357": Code(
        N_("{name} is not there"),
        N_("correct the name in mail/mail.yaml, or put the file into the folder mail"),
    ),
    "E358": Code(
        N_("the address of the page for unsubscribing must be one that begins with https:// and has no “?”"),
        N_("write unsubscribe: https://… in mail/mail.yaml, or leave the line out"),
    ),
    "E359": Code(
        N_("another sending is going on in this workspace"),
        N_("wait until it has finished: two at once would send twice"),
    ),
    # the request to send
    "E360": Code(
        N_("filing {filing} was not sent to yourself yet, or has changed since"),
        N_("look at it first: bulletin mail test {issue} --to YOUR-ADDRESS"),
    ),
    "E361": Code(
        N_("you confirmed {given}, but {count} would be sent"),
        N_("look again whom it goes to; if that is right: --confirm {count}"),
    ),
    "E362": Code(
        N_("a sending of {filing} is not finished: {open} still to go"),
        N_("end it first with “bulletin mail resume”, or cancel what is left of it: bulletin mail cancel"),
    ),
    "E363": Code(
        N_("filing {filing} mends nothing, so there is nobody to be told"),
        N_("leave --correction out, or name the filing that has a correction"),
    ),
    "E364": Code(N_("nobody is to be sent anything"), N_("see in “bulletin mail status” who has it already")),
    "E365": Code(
        N_("filing {filing} holds no mail edition"),
        N_("it was filed by an older program; file the issue again with a correction"),
    ),
    "E366": Code(
        N_("{field} is “{now}”; when the sending was confirmed it was “{before}”"),
        N_(
            "go on with the old value: put it back; with the new one: “bulletin mail test {issue} --to "
            "YOUR-ADDRESS”, then “bulletin mail resume --with-changes”; or end the sending: “bulletin mail "
            "cancel”"
        ),
    ),
    "E367": Code(
        N_("there is no group {found} in the list; there are: {known}"),
        N_("name one of these"),
        N_("write “{guess}”"),
    ),
    "E368": Code(N_("no sending is begun yet"), N_("begin one: bulletin mail send ISSUE")),
    "E369": Code(N_("{given} is no address of this sending"), N_("see “bulletin mail unknown”")),
    # the ledger and the server
    "E370": Code(
        N_("the ledger {name} cannot be used: {problem}"),
        N_("see that the disk has room; if it is damaged, bring it back from mail/backups"),
    ),
    "E371": Code(
        N_("the ledger {name} is of format {found}, and this program knows {known}"),
        N_("use the newer program that wrote it"),
    ),
    "E372": Code(
        N_("the ledger was changed by somebody else while mail went out ({state})"),
        N_("see with “bulletin mail status” what it says now"),
    ),
    "E373": Code(N_("the server {host} cannot be found: {problem}"), _STAY),
    "E374": Code(N_("the server {host} does not answer: {problem}"), _STAY),
    "E375": Code(N_("the server {host} has a certificate that cannot be trusted: {problem}"), _STAY),
    "E376": Code(N_("the server {host} offers no secured connection: {problem}"), _STAY),
    "E377": Code(N_("the server {host} refuses user or password: {problem}"), _STAY),
    "E378": Code(N_("the server {host} refuses to take mail: {problem}"), _STAY),
    "E379": Code(
        N_("the server {host} refused five members one after the other: {problem}"),
        N_("that is about us, not about them; ask the provider, then run “bulletin mail resume --failed”"),
    ),
    # mailings that are not finished, and copies of the ledger
    "E390": Code(
        N_(
            "the message is not the one that was confirmed, although its settings are: the program makes "
            "another of them"
        ),
        N_(
            "look at it: “bulletin mail test {issue} --to YOUR-ADDRESS”, then “bulletin mail resume "
            "--with-changes”; or end the sending: “bulletin mail cancel”"
        ),
    ),
    "E391": Code(
        N_("filing {filing} is not in the archive, so its sending cannot go on"),
        N_("bring the archive back, or end the sending: “bulletin mail cancel”"),
    ),
    "E392": Code(
        N_("of the sending of {filing} the server has put off: {count}"),
        N_(
            "“bulletin mail resume” tries them again when it is time; to send this without waiting for them, "
            "add --leave-deferred"
        ),
    ),
    "E393": Code(
        N_("you confirmed {given}, but it is {count} now"),
        N_("look again; if that is right: --confirm {count}"),
    ),
    "E394": Code(N_("no sending is unfinished"), N_("nothing to do: see “bulletin mail status”")),
    "E395": Code(
        N_("the ledger is no older copy: it knows all that was sent"), N_("nothing to do: mail can be sent")
    ),
    "E396": Code(
        N_("the record beside the ledger, {name}, cannot be used: {problem}"),
        N_("see that the disk has room; if it is damaged, delete it, then “bulletin mail reconcile”"),
    ),
    "E397": Code(
        N_("the copy {name} cannot be read, so the address may stand in it still; elsewhere it is erased"),
        N_("delete that folder; the newer copies and the ledger are not concerned"),
    ),
    "E398": Code(
        N_("the ledger is an older copy: letters may have gone out of which it knows nothing"),
        N_("nothing is sent before it is brought up to date: bulletin mail reconcile"),
    ),
    "E399": Code(
        N_("it would go to as many as you saw, {count}, but not to the same members"),
        N_("the list was changed since: look again whom it goes to, and confirm it then"),
    ),
    "W350": Code(N_("the address for replies is that of the sender"), N_("see that somebody reads it")),
    "W352": Code(
        N_("DNS names no record {record} for {domain}"),
        N_("without it mail is often taken for spam; ask whoever keeps the domain"),
    ),
}

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
