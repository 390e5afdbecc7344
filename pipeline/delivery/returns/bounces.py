"""Bounces: returned messages are read, recorded in the ledger, and their recipients suppressed if needed."""

from __future__ import annotations

import contextlib
import hashlib
import mailbox
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.reports import ReturnType, read_returned
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Delivery
    from pipeline.delivery.returns.reports import ReturnedMessage

LARGEST: Final = 50_000_000
"""Bytes of a file above which it is read as a mailbox, message by message."""

_UNREACHABLE: Final = ("5.1.", "5.2.1", "5.4.4", "5.4.310")
"""Prefixes of status codes of an address that will never be reached (RFC 3463)."""


class ProcessedReturn(NamedTuple):
    """Returned message, and what was done about it.

    Args:
        name: File it was read from.
        returned: The message.
        delivery: Last delivery to the member it concerns, or None if unknown.
        is_new: Whether it was read for the first time.
        withdrawn: Whether the member gets nothing more because of it.
    """

    name: str
    returned: ReturnedMessage
    delivery: Delivery | None
    is_new: bool
    withdrawn: bool


def process_returned(paths: Iterable[Path], ledger: Ledger) -> Iterator[ProcessedReturn]:
    """Read returned messages and record them in the ledger.

    Recipients who do not exist or ask to be unsubscribed are suppressed. Delays and other refusals are only
    recorded.

    Args:
        paths: Messages (.eml), mailboxes (mbox), and folders of either (Maildir).
        ledger: Open ledger.

    Raises:
        DeliveryError: A file is none of these (E380).
    """
    for path in paths:
        for name, data in messages_in(path):
            try:
                returned = read_returned(data)
            except ValueError as error:
                raise DeliveryError([found("E380", Place(name), name=name, problem=error)]) from error
            yield _processed(name, data, returned, ledger)


def messages_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the messages in a file or folder.

    Raises:
        DeliveryError: It cannot be read (E380).
    """
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not inner.name.startswith("."):
                    yield from messages_in(inner)
        elif path.stat().st_size > LARGEST or _is_mailbox(path):
            with contextlib.closing(mailbox.mbox(path, create=False)) as box:
                for at, key in enumerate(box.keys(), 1):
                    yield f"{path.name}:{at}", box.get_bytes(key)
        else:
            yield path.name, path.read_bytes()
    except OSError as error:
        problem = error.strerror or str(error)
        raise DeliveryError([found("E380", Place(path.name), name=path.name, problem=problem)]) from error


def _is_mailbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _processed(name: str, data: bytes, returned: ReturnedMessage, ledger: Ledger) -> ProcessedReturn:
    delivery = _delivery_of(returned, ledger)
    is_new = ledger.record_return(
        hashlib.sha256(data).hexdigest(),
        token=delivery.token if delivery else returned.token,
        return_type=returned.type,
        status=returned.status,
    )
    reason = ""
    if returned.type is ReturnType.UNSUBSCRIBE:
        reason = "unsubscribed"
    elif returned.type is ReturnType.FAILED and returned.status.startswith(_UNREACHABLE):
        reason = "bounced"
    if delivery is not None and reason:
        ledger.suppress(delivery.recipient, reason)
    return ProcessedReturn(
        name=name,
        returned=returned,
        delivery=delivery,
        is_new=is_new,
        withdrawn=delivery is not None and bool(reason),
    )


def _delivery_of(returned: ReturnedMessage, ledger: Ledger) -> Delivery | None:
    deliveries = ledger.deliveries_by_token(returned.token) if returned.token else []
    if deliveries:
        return deliveries[-1]
    candidates = (ledger.delivery_by_message_id(each) for each in returned.message_ids)
    return next((delivery for delivery in candidates if delivery is not None), None)
