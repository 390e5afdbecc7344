"""Filed letters: what was filed of an issue is what goes out, to the letter."""

from __future__ import annotations

import html as markup
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.archive.filing_record import stem
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.messages.message import Attachment, Letter, Mailbox, digest
from pipeline.delivery.settings.reader import publication_of, read_publication, sender_of
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place
from pipeline.models.editions import MAIL
from pipeline.models.publication import Enclosure
from pipeline.typography.localisation import label

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.delivery.ledger.identifiers import Seals
    from pipeline.delivery.settings.model import MailSettings

_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LOGO: Final = re.compile(r'src="cid:([\w.-]+)"')


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """The letter of a filing in one language.

    Args:
        letter: As it goes out.
        digest: SHA-256 of what all get, the same for every purpose and on every day.
    """

    letter: Letter
    digest: str


def filed_letters(
    filing: Filing,
    shelf: Shelf,
    settings: MailSettings,
    seals: Seals,
    purpose: Purpose,
    date: dt.datetime,
) -> dict[str, FiledLetter]:
    """Return the letters of a filing, by language, the issue's own first.

    What it says and what goes with it is what was filed; who sends it, and where answers are read, is what
    the publication says today.

    Args:
        filing: What is sent.
        shelf: Where it lies.
        settings: How the mail goes out.
        seals: Under the key of the workspace.
        purpose: Why.
        date: The Date field.

    Raises:
        DeliveryError: It was filed without a mail edition (E365), the publication names no sender (E354), or
            has errors.
        ArchiveError: A file is missing or changed (E210, E211).
    """
    letters = {}
    for language in filing.languages:
        named = f"{stem(filing.issue, language, filing.languages[0])}-{MAIL}"
        if f"{named}.html" not in filing.files:
            raise DeliveryError([found("E365", Place(filing.name), filing=filing.name)])
        html = shelf.file(filing, f"{named}.html").decode()
        sender = sender_of(read_publication(shelf.workspace, language))
        title = _TITLE.search(html)
        letter = Letter(
            sender=Mailbox(sender.name, ascii_address(sender.email)),
            reply_to=Mailbox("", ascii_address(sender.reply_to or sender.email)),
            subject=markup.unescape(title[1]).strip() if title else filing.title,
            date=date,
            language=language,
            html=html,
            text=shelf.file(filing, f"{named}.txt").decode(),
            logos=tuple(
                Attachment(name, shelf.file(filing, f"{named}-{name}"), _media_type(name))
                for name in dict.fromkeys(_LOGO.findall(html))
            ),
            attachment=_attachment(filing, shelf, language),
            one_click=settings.unsubscribe or "",
            boundary=seals.boundary(filing.name, purpose),
        )
        told = digest(letter)
        if purpose is Purpose.REMINDER:
            letter = letter.reminding(label("Reminder", language))
        letters[language] = FiledLetter(letter, told)
    return letters


def _attachment(filing: Filing, shelf: Shelf, language: str) -> Attachment | None:
    """Return the PDF, where the letter says that it is attached."""
    filed = publication_of(shelf.source(filing, PUBLICATION), language)
    if filed.sender is not None and filed.sender.pdf is Enclosure.LINK:
        return None
    name = filing.pdf("", language)
    return Attachment(name, shelf.file(filing, name))


def _media_type(name: str) -> str:
    return "image/jpeg" if name.endswith(".jpg") else "image/png"
