"""The post: settings, sender, key and archive, looked at once, and the way to the server."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from pipeline.archive.shelf import Shelf
from pipeline.delivery.ledger.mail_folder import MailRoom
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.messages.message import Mould, judged
from pipeline.delivery.messages.signing import Signer
from pipeline.delivery.sending.smtp import SmtpCourier
from pipeline.delivery.sending.transport import BodyRefused, CourierStopped, Step
from pipeline.delivery.settings.passwords import password_for, secret
from pipeline.delivery.settings.reader import MAIL, SETTINGS, read_publication, read_settings, sender_of
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.finding import DeliveryError, Finding, errors, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pipeline.delivery.ledger.identifiers import Seals
    from pipeline.delivery.messages.filed_letters import FiledLetter
    from pipeline.delivery.settings.model import MailSettings
    from pipeline.files.workspace import Workspace
    from pipeline.models.publication import Sender

_STEPS: Final = {
    Step.LOOKUP: "E373",
    Step.CONNECT: "E374",
    Step.GREETING: "E374",
    Step.CERTIFICATE: "E375",
    Step.TLS: "E376",
    Step.AUTH: "E377",
}
"""What a stop at a step of the conversation is called; at any other the server refuses mail (E378)."""

STOPS: Final = frozenset({"E373", "E374", "E375", "E376", "E377", "E378", "E379"})
"""Findings after which everybody is still queued."""


T = TypeVar("T")


class Post(NamedTuple):
    """All that sending needs, looked at once.

    Args:
        workspace: Whose mail.
        settings: How it goes out.
        sender: Whose name it bears.
        room: The folder of the mail.
        shelf: The archive.
        seals: Under the key of the room.
    """

    workspace: Workspace
    settings: MailSettings
    sender: Sender
    room: MailRoom
    shelf: Shelf
    seals: Seals

    @property
    def domain(self) -> str:
        """That of the sender, in ASCII."""
        return ascii_address(self.sender.email).rpartition("@")[2]


def open_post(workspace: Workspace) -> Post:
    """Look at settings, sender and key.

    Raises:
        DeliveryError: Something of them is missing or wrong (E350, E352, E353, E354, E358 and others).
        PressError: The folder cannot be made (E83).
    """
    room = MailRoom(workspace)
    findings: list[Finding] = []
    settings, sender, seals = (
        _looked_at(findings, lambda: _settings(workspace)),
        _looked_at(findings, lambda: sender_of(read_publication(workspace, ""))),
        _looked_at(findings, room.seals),
    )
    if settings is None or sender is None or seals is None:
        raise DeliveryError(findings)
    return Post(workspace, settings, sender, room, Shelf(workspace), seals)


def _settings(workspace: Workspace) -> MailSettings:
    settings = read_settings(workspace)
    page = settings.unsubscribe
    if page and (not page.startswith("https://") or "?" in page):
        raise DeliveryError([found("E358", Place(SETTINGS))])
    return settings


def _looked_at(findings: list[Finding], look: Callable[[], T]) -> T | None:
    """Return what looking gives, or None and what is wrong with it: all of it is told at once."""
    try:
        return look()
    except DeliveryError as error:
        findings += error.findings
        return None


def list_of(post: Post, given: Path | None) -> tuple[Path, str]:
    """Return the list of members, and how findings name it.

    Raises:
        DeliveryError: None is named (E356).
    """
    if given is not None:
        return given, str(given)
    if post.settings.members is None:
        raise DeliveryError([found("E356", Place(SETTINGS))])
    path = post.room.folder / post.settings.members
    return path, f"{MAIL}/{post.settings.members}"


def sender_findings(sender: Sender) -> Iterator[Finding]:
    """Say what is doubtful about whose name the mail bears (W350)."""
    if sender.reply_to is None:
        yield found("W350", Place(PUBLICATION))


def return_path(post: Post, token: str = "") -> str:
    """Return where reports come back to: with a `+` before the at sign, an address for each member (VERP)."""
    address = ascii_address(post.settings.bounces or post.sender.email)
    local, _, domain = address.rpartition("@")
    return f"{local}{token}@{domain}" if local.endswith("+") else address


def courier_of(post: Post) -> SmtpCourier:
    """Return who takes the messages to the server; nothing is connected yet.

    Raises:
        DeliveryError: There is no password (E351), or others may read it (E352).
    """
    server = post.settings.server
    return SmtpCourier(server, password_for(server, post.room.folder), post.domain)


def connect(courier: SmtpCourier, post: Post) -> None:
    """Be connected, verified and known to the server.

    Raises:
        DeliveryError: It cannot be (E373 to E377).
    """
    try:
        courier.connect()
    except CourierStopped as error:
        raise DeliveryError([stop_finding(post, error)]) from error


def moulds_of(letters: Mapping[str, FiledLetter], largest: int | None) -> dict[str, Mould]:
    """Return letters encoded, by language.

    Args:
        letters: By language.
        largest: The largest message the server takes, in bytes, or None.

    Raises:
        DeliveryError: One is too large (E341).
    """
    moulds = {language: Mould(each.letter) for language, each in letters.items()}
    findings = [item for key, each in letters.items() for item in judged(moulds[key], each.letter, largest)]
    if errors(findings):
        raise DeliveryError(findings)
    return moulds


def signer_of(post: Post, moment: dt.datetime) -> Signer | None:
    """Return who signs the messages, or None where the provider does.

    Args:
        post: The post.
        moment: What signatures give as their time.

    Raises:
        DeliveryError: The key is missing (E357), readable to others (E352), or cannot sign (E343).
    """
    signature = post.settings.signature
    if signature is None:
        return None
    name = f"{MAIL}/{signature.key}"
    key = secret(post.room.folder / signature.key)
    if not key:
        raise DeliveryError([found("E357", Place(SETTINGS), name=name)])
    return Signer(signature.domain, signature.selector, key, name, moment)


def stop_finding(post: Post, error: Exception) -> Finding:
    """Say what stopped the mail."""
    host = post.settings.server.host
    if isinstance(error, BodyRefused):
        return found("E378", None, host=host, problem=error.reply)
    step = getattr(error, "step", None)
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    if isinstance(error, CourierStopped) and step is not None:
        return found(_STEPS.get(step, "E378"), None, host=host, problem=problem)
    return found("E374", None, host=host, problem=problem)


def this_moment() -> dt.datetime:
    """Return the moment, to the second, in the zone of the machine: what a Date field holds."""
    return dt.datetime.now(dt.UTC).astimezone().replace(microsecond=0)
