"""Context of all use cases of the mail: settings, sender, folder, archive and identifiers of a workspace."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pipeline.archive.shelf import Shelf
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.messages.filed_content import filed_content
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.settings.reader import MAIL, SETTINGS, read_publication, read_settings, sender_of
from pipeline.desk.production.samples import samples_in_message
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.ledger.identifiers import Identifiers, Purpose
    from pipeline.delivery.messages.filed_content import FiledContent
    from pipeline.delivery.settings.model import MailSettings
    from pipeline.files.workspace import Workspace
    from pipeline.models.publication import Sender

T = TypeVar("T")


class MailContext(NamedTuple):
    """What sending needs, read once.

    Args:
        workspace: The workspace.
        settings: Settings of the mail.
        sender: Sender of the publication.
        folder: Mail folder of the workspace.
        shelf: Archive.
        identifiers: Identifiers under the key of the folder.
    """

    workspace: Workspace
    settings: MailSettings
    sender: Sender
    folder: MailFolder
    shelf: Shelf
    identifiers: Identifiers

    @property
    def domain(self) -> str:
        """Domain of the sender, in ASCII."""
        return ascii_address(self.sender.email).rpartition("@")[2]

    def return_path(self, token: str = "") -> str:
        """Return the envelope sender; after a `+` before the at sign the token is put in (VERP)."""
        address = ascii_address(self.settings.bounces or self.sender.email)
        local, _, domain = address.rpartition("@")
        return f"{local}{token}@{domain}" if local.endswith("+") else address

    def member_list(self, given: Path | None) -> tuple[Path, str]:
        """Return the path of the list of members, and the path shown in findings.

        Args:
            given: Path given instead of the one in the settings, or None.

        Raises:
            DeliveryError: None is given and the settings name none (E356).
        """
        if given is not None:
            return given, str(given)
        if self.settings.members is None:
            raise DeliveryError([found("E356", Place(SETTINGS))])
        return self.folder.path / self.settings.members, f"{MAIL}/{self.settings.members}"

    def contents(self, filing: Filing, purpose: Purpose, date: dt.datetime) -> dict[str, FiledContent]:
        """Return the content of a filing by language; see `filed_content`."""
        return filed_content(
            filing,
            self.shelf,
            one_click=self.settings.unsubscribe or "",
            identifiers=self.identifiers,
            purpose=purpose,
            date=date,
        )


def open_mail(workspace: Workspace) -> MailContext:
    """Read settings, sender and key; all problems are reported at once.

    Raises:
        DeliveryError: One of them is missing or wrong (E350, E352, E353, E354, E358 and others).
        PressError: The mail folder cannot be created (E83).
    """
    folder = MailFolder(workspace)
    findings: list[Finding] = []
    settings, sender, identifiers = (
        _value_or_findings(findings, lambda: _settings(workspace)),
        _value_or_findings(findings, lambda: sender_of(read_publication(workspace, ""))),
        _value_or_findings(findings, folder.identifiers),
    )
    if settings is None or sender is None or identifiers is None:
        raise DeliveryError(findings)
    return MailContext(
        workspace=workspace,
        settings=settings,
        sender=sender,
        folder=folder,
        shelf=Shelf(workspace),
        identifiers=identifiers,
    )


def sender_findings(sender: Sender) -> Iterator[Finding]:
    """Yield a warning if the sender has no reply address (W350)."""
    if sender.reply_to is None:
        yield found("W350", Place(PUBLICATION))


def stop_on_samples(mail: MailContext, contents: Mapping[str, FiledContent]) -> None:
    """Refuse to send where the server is that of the sample settings, or a message has a sample text.

    Raises:
        DeliveryError: It is, or has (E178).
    """
    host = mail.settings.server.host
    texts = ["", *(f"{each.content.subject}\n{each.content.text}" for each in contents.values())]
    findings = []
    for text in texts:
        for sample in samples_in_message(host, text):
            is_host = sample == host
            place = Place(SETTINGS) if is_host else None
            findings.append(found("E178", place, found=sample, guess=sample if is_host else ""))
    if findings:
        raise DeliveryError(dict.fromkeys(findings))


def present_moment() -> dt.datetime:
    """Return the present moment to the second, in the time zone of the machine, for a Date field."""
    return dt.datetime.now(dt.UTC).astimezone().replace(microsecond=0)


def _settings(workspace: Workspace) -> MailSettings:
    settings = read_settings(workspace)
    page = settings.unsubscribe
    if page and (not page.startswith("https://") or "?" in page):
        raise DeliveryError([found("E358", Place(SETTINGS))])
    return settings


def _value_or_findings(findings: list[Finding], read: Callable[[], T]) -> T | None:
    """Return a value, or None after adding the findings of the error that reading it raises."""
    try:
        return read()
    except DeliveryError as error:
        findings += error.findings
        return None
