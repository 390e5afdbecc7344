"""Connection of a mailing: transport, template messages and signer, and findings for what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.messages.signing import Signer
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.delivery.sending.smtp import SmtpTransport
from pipeline.delivery.sending.transport import DataRefusedError, Step, UnusableServerError
from pipeline.delivery.settings.passwords import password_for, read_secret
from pipeline.delivery.settings.reader import MAIL, SETTINGS
from pipeline.findings.finding import DeliveryError, Finding, errors, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pipeline.delivery.messages.content import Mailbox
    from pipeline.delivery.messages.filed_content import FiledContent
    from pipeline.desk.mail.context import MailContext

_STEPS: Final = {
    Step.LOOKUP: "E373",
    Step.CONNECT: "E374",
    Step.GREETING: "E374",
    Step.CERTIFICATE: "E375",
    Step.TLS: "E376",
    Step.AUTH: "E377",
}
"""Code for a failure at each step of the session; at any other the server refuses mail (E378)."""

STOPPING_CODES: Final = frozenset({"E373", "E374", "E375", "E376", "E377", "E378", "E379"})
"""Codes of findings after which all open deliveries are still queued."""


class MessageFactory(NamedTuple):
    """Renders and signs the messages of a filing.

    Args:
        templates: Template messages by language.
        signer: DKIM signer, or None where the provider signs.
    """

    templates: Mapping[str, TemplateMessage]
    signer: Signer | None

    def message(self, language: str, to: Mailbox, message_id: str, token: str) -> bytes:
        """Return a message in a language; see `TemplateMessage.render`."""
        message = self.templates[language].render(to, message_id, token)
        return self.signer.signed(message) if self.signer else message


def transport_of(mail: MailContext) -> SmtpTransport:
    """Return the transport of the settings; nothing is connected yet.

    Raises:
        DeliveryError: There is no password (E351), or its file is readable by others (E352).
    """
    server = mail.settings.server
    return SmtpTransport(server, password_for(server, mail.folder.path), mail.domain)


def connect(transport: SmtpTransport, mail: MailContext) -> None:
    """Connect a transport.

    Raises:
        DeliveryError: A step failed (E373 to E377).
    """
    try:
        transport.connect()
    except UnusableServerError as error:
        raise DeliveryError([stopping_finding(mail, error)]) from error


def message_factory(
    mail: MailContext, contents: Mapping[str, FiledContent], moment: dt.datetime, largest: int | None
) -> MessageFactory:
    """Encode the messages of a filing and prepare their signature.

    Args:
        mail: Context of the mail.
        contents: Content by language.
        moment: Time of the signatures.
        largest: Largest message the server accepts, in bytes, or None.

    Raises:
        DeliveryError: A message is too large (E341), or the signing key is missing (E357), readable by
            others (E352) or unusable (E343).
    """
    templates = {language: TemplateMessage(each.content) for language, each in contents.items()}
    findings = [finding for template in templates.values() for finding in template.size_findings(largest)]
    if errors(findings):
        raise DeliveryError(findings)
    return MessageFactory(templates, _signer(mail, moment))


def stopping_finding(mail: MailContext, error: Exception) -> Finding:
    """Return the finding for an error of the transport."""
    host = mail.settings.server.host
    if isinstance(error, DataRefusedError):
        return found("E378", None, host=host, problem=error.reply)
    if isinstance(error, UnusableServerError):
        problem = error.problem or type(error).__name__
        return found(_STEPS.get(error.step, "E378"), None, host=host, problem=problem)
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    return found("E374", None, host=host, problem=problem)


def _signer(mail: MailContext, moment: dt.datetime) -> Signer | None:
    signature = mail.settings.signature
    if signature is None:
        return None
    name = f"{MAIL}/{signature.key}"
    key = read_secret(mail.folder.path / signature.key)
    if not key:
        raise DeliveryError([found("E357", Place(SETTINGS), name=name)])
    return Signer(domain=signature.domain, selector=signature.selector, key=key, name=name, moment=moment)
