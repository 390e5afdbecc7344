"""What is to be done about an issue that is made, filed and sent, by the buttons and fields of the studio."""

from __future__ import annotations

from typing import Final

from pipeline.findings.translatable import N_

_OTHERWISE: Final = N_(
    "the text is not at fault, the program is; word it otherwise, and send us this message with the issue"
)
_PROGRAM: Final = N_(
    "the text is not at fault, the program or a template is; send us this message with the issue"
)
_GO_ON: Final = N_("nothing is lost: mend it and try again; a sending that was begun goes on with “Go on”")
_NEW_SETTINGS: Final = N_(
    "put the old value back and press “Go on”; or send yourself a trial with the new one, then press “Go on "
    "with the new settings”; or end the sending"
)
_TECHNICIAN: Final = N_("ask whoever looks after the computers: it is set right with a command")
_ALL_THE_SAME: Final = N_(
    "nothing was changed; if nothing is to be sent there in any case, find the address under “Unsubscribing "
    "and forgetting” and choose “Unsubscribe all the same”"
)
_BY_ITSELF: Final = N_("nothing: it is set right when the next issue is filed")

PUBLISHING: Final = {
    "write your own, then file or send it again": N_("write your own, then file the issue or send it again"),
    "write the name of your mail server under server: in mail/mail.yaml, in place of “{guess}”": N_(
        "write the name of your mail server under “Mail”, in place of “{guess}”"
    ),
    "to file it again, add to issue.yaml what was mended: correction: {{of: {last}, text: …}}": N_(
        "to file it again, say under “First page” that this edition corrects number {last}, and what was "
        "wrong"
    ),
    "write of: {last}": N_("write {last} as the number of the edition that is corrected"),
    "file it first, without “correction”": N_("empty the fields of the correction, and file it first"),
    "take it out of the issue; what was withdrawn and why stands in issues/withdrawn": N_(
        "take it out of the issue; it was withdrawn for a reason that is kept"
    ),
    "bring it back from another copy of the archive; if there is none, “bulletin archive repair” tells what "
    "can be done": N_(
        "bring it back from another copy of the archive; if there is none, ask whoever looks after the "
        "computers"
    ),
    "name one of these, or file it with “bulletin archive file”": N_("file the issue first"),
    "the next “bulletin archive withdraw” or “bulletin archive file” completes it": _BY_ITSELF,
    "delete it; the next “bulletin archive file” writes it anew from the records": _BY_ITSELF,
    "the next “bulletin archive file” completes it": _BY_ITSELF,
    "the next “bulletin archive file” sweeps it up, or delete it": _BY_ITSELF,
    "see with “bulletin archive verify” whether the archive is whole": _TECHNICIAN,
    "take it out with “bulletin archive withdraw --metadata”; the pictures stay as they are": N_(
        "take it out under “Archive”, “Take out of the archive”; the pictures stay as they are"
    ),
    "look at the list once more, then add --confirm {count}": N_(
        "load the page again and look at the list once more, then type {count}"
    ),
    "name a folder that is empty or does not exist yet; nothing was changed": N_(
        "take it out of the folder “out/site” of the bulletin, then make the site again; nothing was changed"
    ),
    "file an issue with “bulletin archive file”": N_("file the issue first"),
    "name a picture or an article with its issue, as 2023-12-20/images/name.jpg": N_(
        "choose a picture or an article from the list"
    ),
    "the text is not at fault, the program is; word the heading otherwise, or make the PDFs alone: --edition "
    "screen --edition press --edition archive": _OTHERWISE,
    "the text is not at fault, the program is; word the sentence otherwise, or make the PDFs alone: "
    "--edition screen --edition press --edition archive": _OTHERWISE,
    "the text is not at fault, the program or a template is; make the PDFs alone meanwhile: --edition screen "
    "--edition press --edition archive": _PROGRAM,
    "mend what is named above, or make the PDFs alone: --edition screen --edition press --edition "
    "archive": N_("mend what is named above"),
    "if the style is your own, choose colours that differ more (4.5 : 1); else make the PDFs alone: "
    "--edition screen --edition press --edition archive": N_(
        "choose colours that differ more under “Look”; if that does not help, send us this message"
    ),
    "write online: with the address of the site under sender:, or pdf: attached": N_(
        "give the address of the site under “Publication”, or choose there that members get the PDF attached"
    ),
    "write pdf: link under sender: in publication.yaml, so that it leads to the PDF; nothing was sent": N_(
        "choose under “Publication” that members get the PDF as a link, or use smaller pictures; nothing was "
        "sent"
    ),
    "many a mailbox takes no more than {limit}; smaller pictures help, or pdf: link under sender:": N_(
        "many a mailbox takes no more than {limit}; smaller pictures help, or the PDF as a link, under "
        "“Publication”"
    ),
    "“bulletin mail check” writes a sample there; fill it in": N_("fill it in under “Mail”"),
    "put it into the keyring (“keyring set bulletin {user}@{host}”), into the variable "
    "BULLETIN_MAIL_PASSWORD, or into the file {name} that only you may read": N_("type it under “Mail”"),
    "take that away: chmod 600 {name}": N_(
        "if it is the password, type it again under “Mail”; otherwise ask whoever looks after the "
        "computers to take that away from others"
    ),
    "make an RSA key in PEM form: openssl genrsa -out {name} 2048": _TECHNICIAN,
    "bring it back from mail/backups; without it nobody knows who was sent what": N_(
        "ask whoever looks after the computers to bring it back from the copies in the folder of the mail; "
        "without it nobody knows who was sent what"
    ),
    "write sender: with name, email and reply_to into issues/publication.yaml": N_(
        "fill in under “Publication”, at “The mail”, in whose name and from which address it is sent"
    ),
    "install the press with what its mail needs: pip install 'bulletin-press[mail]'": _TECHNICIAN,
    "write members: members.csv into mail/mail.yaml, or give --members FILE": N_(
        "bring the list of members under “Mail”"
    ),
    "correct the name, or put the file there": N_("bring the list once more under “Mail”"),
    "correct the name in mail/mail.yaml, or put the file into the folder mail": _TECHNICIAN,
    "write unsubscribe: https://… in mail/mail.yaml, or leave the line out": N_(
        "correct it under “Mail”, or leave it empty"
    ),
    "look at it first: bulletin mail test {issue} --to YOUR-ADDRESS": N_(
        "send yourself a trial first, and look at it"
    ),
    "look again whom it goes to; if that is right: --confirm {count}": N_(
        "load the page again, and look again whom it goes to"
    ),
    "look again; if that is right: --confirm {count}": N_("load the page again, and look again"),
    "end it first with “bulletin mail resume”, or cancel what is left of it: bulletin mail cancel": N_(
        "end it first with “Go on” in its issue, or end it there for good"
    ),
    "leave --correction out, or name the filing that has a correction": N_(
        "send it as an issue, or file a correction first"
    ),
    "see in “bulletin mail status” who has it already": N_("everybody on the list has it, or gets nothing"),
    "go on with the old value: put it back; with the new one: “bulletin mail test {issue} --to "
    "YOUR-ADDRESS”, then “bulletin mail resume --with-changes”; or end the sending: “bulletin mail "
    "cancel”": _NEW_SETTINGS,
    "look at it: “bulletin mail test {issue} --to YOUR-ADDRESS”, then “bulletin mail resume --with-changes”; "
    "or end the sending: “bulletin mail cancel”": N_(
        "send yourself a trial, then press “Go on with the new settings”; or end the sending"
    ),
    "begin one: bulletin mail send ISSUE": N_("begin one with the button above"),
    "see “bulletin mail unknown”": N_("load the page again: it may have been settled meanwhile"),
    "see that the disk has room; if it is damaged, bring it back from mail/backups": N_(
        "see that the disk has room; if it is damaged, ask whoever looks after the computers to bring it "
        "back from the copies in the folder of the mail"
    ),
    "see that the disk has room; if it is damaged, delete it, then “bulletin mail reconcile”": N_(
        "see that the disk has room; if it is damaged, ask whoever looks after the computers"
    ),
    "see with “bulletin mail status” what it says now": N_("load the page again, and see what it says now"),
    "nothing is lost: mend it and try again; a sending that was begun goes on with “bulletin mail "
    "resume”": _GO_ON,
    "that is about us, not about them; ask the provider, then run “bulletin mail resume --failed”": N_(
        "that is about us, not about them; ask the provider, then press “Go on”, and at the end “Try the "
        "refused ones again”"
    ),
    "bring the archive back, or end the sending: “bulletin mail cancel”": N_(
        "bring the archive back, or end the sending"
    ),
    "“bulletin mail resume” tries them again when it is time; to send this without waiting for them, add "
    "--leave-deferred": N_("“Go on” in its issue tries them again when it is time, or end it there for good"),
    "save the letters from the mail program as .eml, or the mailbox as mbox, and name those": N_(
        "save the letters from the mail program as .eml, or the mailbox as mbox, and bring those in"
    ),
    "“bulletin mail unsubscribe {address}” does it; with --undo the bulletin goes there again": N_(
        "decide under “Mail”, “Unsubscribing and forgetting”"
    ),
    "nobody was withdrawn; with pdf: link the letter leads to the PDF instead of carrying it": N_(
        "nobody was withdrawn; choose under “Publication” that members get the PDF as a link"
    ),
    "look at some of the letters; if these addresses are gone indeed, run it again with --confirm "
    "{count}": N_(
        "look at some of the letters; if these addresses are gone indeed, type their number: {count}"
    ),
    "nothing was changed; if nothing is to be sent there in any case, add --anyway": _ALL_THE_SAME,
    "probably {guess} is meant; nothing was changed (if nothing is to be sent there in any case: "
    "--anyway)": N_("probably {guess} is meant; nothing was changed"),
    "nothing to do: see “bulletin mail status”": N_("nothing to do: load the page again"),
    "nothing is sent before it is brought up to date: bulletin mail reconcile": N_(
        "nothing is sent before it is brought up to date; ask whoever looks after the computers"
    ),
}
"""What is to be done, by the remedy of the command."""
