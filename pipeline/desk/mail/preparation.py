"""Preparation of a mailing: checking the mail, previews, and test messages to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.messages.content import Mailbox
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.delivery.sending.transport import TransportError
from pipeline.delivery.settings.reader import SETTINGS, settings_findings
from pipeline.desk.intake.starting import starter
from pipeline.desk.mail.connection import connect, message_factory, stopping_finding, transport_of
from pipeline.desk.mail.context import present_moment, sender_findings, stop_on_samples
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.members.reader import MemberList
    from pipeline.delivery.sending.smtp import SmtpTransport
    from pipeline.desk.mail.context import MailContext
    from pipeline.files.workspace import Workspace


class MailCheck(NamedTuple):
    """Result of checking the mail.

    Args:
        members: List of members; None if none is named.
        largest: Largest message the server accepts, in bytes; None if it states no limit.
        size: Size of the newest filed issue as a message, in bytes; None if none is filed.
        findings: Errors and warnings.
    """

    members: MemberList | None
    largest: int | None
    size: int | None
    findings: tuple[Finding, ...]


def write_sample_settings(workspace: Workspace, language: str) -> Path | None:
    """Write a sample of `mail/mail.yaml` if there is no such file.

    Args:
        workspace: The workspace.
        language: Language of its comments, `bg` or `en`.

    Returns:
        The file that was written, or None.

    Raises:
        PressError: It cannot be written (E83).
    """
    path = workspace.root / SETTINGS
    if path.exists():
        return None
    MailFolder(workspace)
    write_atomically(path, starter(language, "mail.yaml"))
    return path


def check_mail(
    mail: MailContext, members: Path | None, *, use_dns: bool = False, use_server: bool = True
) -> MailCheck:
    """Check settings, list, server and size; nothing is sent.

    Args:
        mail: Context of the mail.
        members: List of members; that of the settings if None.
        use_dns: Whether to query the DNS records of the sender's domain.
        use_server: Whether to connect to the server.

    Raises:
        DeliveryError: The server cannot be used (E373 to E377), or there is no password (E351); with all
            other findings.
    """
    findings = [*settings_findings(mail.workspace), *sender_findings(mail.sender)]
    listed = None
    if members is not None or mail.settings.members is not None:
        listed = read_members(*mail.member_list(members))
        findings += listed.findings
    else:
        findings.append(found("E356", Place(SETTINGS)))
    largest, server_findings = _largest_accepted(mail) if use_server else (None, ())
    findings += server_findings
    size = None
    if filings := mail.shelf.newest():
        for each in mail.contents(filings[-1], Purpose.ISSUE, present_moment()).values():
            template = TemplateMessage(each.content)
            size = max(size or 0, template.size)
            findings += template.size_findings(largest)
    if use_dns:
        from pipeline.delivery.settings.domains import domain_findings  # noqa: PLC0415 - an extra

        findings += domain_findings(mail.domain, mail.settings.signature)
    if server_findings:
        raise DeliveryError(dict.fromkeys(findings))
    return MailCheck(listed, largest, size, tuple(dict.fromkeys(findings)))


def preview(mail: MailContext, filing: Filing) -> dict[str, bytes]:
    """Return previews of the messages of a filing, without any member's address; see `previews`."""
    from pipeline.delivery.messages.previews import previews  # noqa: PLC0415 - only for this command

    contents = mail.contents(filing, Purpose.TEST, present_moment())
    return previews(
        {language: each.content for language, each in contents.items()}, mail.identifiers, mail.domain
    )


def send_test(
    mail: MailContext, filing: Filing, to: str, on_its_way: Callable[[bool], None] = lambda _: None
) -> int:
    """Send the messages of a filing to the office, and record that they were tested.

    Args:
        mail: Context of the mail.
        filing: The filing.
        to: Address of the officer.
        on_its_way: Called with true before a message is sent, and with false once its outcome is recorded.

    Returns:
        How many messages were accepted: one a language.

    Raises:
        DeliveryError: The server cannot be used or refuses a message (E373 to E378), or one is too large
            (E341), or has a sample text (E178).
    """
    now, to = present_moment(), ascii_address(to)
    contents = mail.contents(filing, Purpose.TEST, now)
    stop_on_samples(mail, contents)
    with transport_of(mail) as transport:
        connect(transport, mail)
        factory = message_factory(mail, contents, now, transport.largest)
        for language, each in contents.items():
            # Mail programs hide a message whose Message-ID they already have, so each test gets a new one.
            name = f"{filing.name} {language} {now.isoformat()}"
            message_id = mail.identifiers.message_id(name, Purpose.TEST, to, mail.domain)
            token = mail.identifiers.token(f"test {to}")
            on_its_way(True)  # noqa: FBT003 - the only thing it is told
            _send_one(transport, mail, to, factory.message(language, Mailbox("", to), message_id, token))
            with mail.folder.ledger() as ledger:
                ledger.record_test(filing.name, each.digest)
            on_its_way(False)  # noqa: FBT003 - as above
    return len(contents)


def _largest_accepted(mail: MailContext) -> tuple[int | None, tuple[Finding, ...]]:
    """Return the largest message the server accepts, or findings if it cannot be used."""
    try:
        # The server of the sample settings is not asked for, nor its password.
        stop_on_samples(mail, {})
        with transport_of(mail) as transport:
            connect(transport, mail)
            return transport.largest, ()
    except DeliveryError as error:
        return None, error.findings


def _send_one(transport: SmtpTransport, mail: MailContext, to: str, message: bytes) -> None:
    """Send one message that belongs to no mailing."""
    try:
        transport.connect()
        reply = transport.send_envelope(mail.return_path(), to, len(message))
        if reply.is_success:
            transport.send_data(message)
            reply = transport.end_data()
    except TransportError as error:
        raise DeliveryError([stopping_finding(mail, error)]) from error
    if not reply.is_success:
        raise DeliveryError([found("E378", None, host=mail.settings.server.host, problem=reply)])
