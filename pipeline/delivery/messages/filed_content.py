"""Message content of a filing: the mail edition that was filed, with sender and settings of today."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from pipeline.archive.filing_record import stem
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.messages.content import Attachment, Mailbox, MessageContent
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.messages.template_message import content_digest
from pipeline.delivery.settings.reader import parse_publication, read_publication, sender_of
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
    from pipeline.delivery.ledger.identifiers import Identifiers

_CID: Final = "cid:"


@dataclass(frozen=True, slots=True)
class FiledContent:
    """Content of a filing in one language.

    Args:
        content: Content of its messages.
        digest: SHA-256 of it, the same for every purpose and on every day.
    """

    content: MessageContent
    digest: str


def filed_content(
    filing: Filing,
    shelf: Shelf,
    *,
    one_click: str,
    identifiers: Identifiers,
    purpose: Purpose,
    date: dt.datetime,
) -> dict[str, FiledContent]:
    """Return the content of a filing by language, the issue's own first.

    Texts, pictures and PDF are those filed; sender and reply address are those of the publication today.

    Args:
        filing: The filing that is sent.
        shelf: Archive that holds it.
        one_click: URL of the unsubscribe page, or empty.
        identifiers: Identifiers under the key of the workspace.
        purpose: Why it is sent.
        date: Date field of the messages.

    Raises:
        DeliveryError: It was filed without a mail edition (E365), the publication names no sender (E354) or
            has errors.
        ArchiveError: A file is missing or was changed (E210, E211).
    """
    contents = {}
    for language in filing.languages:
        base = f"{stem(filing.issue, language, filing.languages[0])}-{MAIL}"
        if f"{base}.html" not in filing.files:
            raise DeliveryError([found("E365", Place(filing.name), filing=filing.name)])
        html = shelf.file(filing, f"{base}.html").decode()
        page = _HtmlReader(html)
        sender = sender_of(read_publication(shelf.workspace, language))
        content = MessageContent(
            sender=Mailbox(sender.name, ascii_address(sender.email)),
            reply_to=Mailbox("", ascii_address(sender.reply_to or sender.email)),
            subject=filing.title if page.title is None else page.title.strip(),
            date=date,
            language=language,
            html=html,
            text=shelf.file(filing, f"{base}.txt").decode(),
            logos=tuple(
                Attachment(name, shelf.file(filing, f"{base}-{name}"), _media_type(name))
                for name in dict.fromkeys(page.logos)
            ),
            attachment=_attachment(filing, shelf, language),
            one_click=one_click,
            boundary=identifiers.boundary(filing.name, purpose),
        )
        digest = content_digest(content)
        if purpose is Purpose.REMINDER:
            content = content.as_reminder(label("Reminder", language))
        contents[language] = FiledContent(content, digest)
    return contents


class _HtmlReader(HTMLParser):
    """Reads the title and the names of the embedded logos (RFC 2392) of an HTML part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title: str | None = None
        self.logos: list[str] = []
        self._is_in_title = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and self.title is None:
            self._is_in_title, self.title = True, ""
        source = dict(attrs).get("src") or ""
        if source.startswith(_CID):
            self.logos.append(source.removeprefix(_CID))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_in_title = False

    def handle_data(self, data: str) -> None:
        if self._is_in_title and self.title is not None:
            self.title += data


def _attachment(filing: Filing, shelf: Shelf, language: str) -> Attachment | None:
    """Return the PDF, unless messages link to it by the settings of the filed publication."""
    filed = parse_publication(shelf.source(filing, PUBLICATION), language)
    if filed.sender is not None and filed.sender.pdf is Enclosure.LINK:
        return None
    name = filing.pdf("", language)
    return Attachment(name, shelf.file(filing, name))


def _media_type(name: str) -> str:
    return "image/jpeg" if name.endswith(".jpg") else "image/png"
