"""Bounces: returned messages are read, recorded in the ledger, and their recipients suppressed if needed."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import mailbox
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.addresses import address_key
from pipeline.delivery.ledger.strikes import Strike
from pipeline.delivery.returns.reports import ReturnType, read_returned
from pipeline.delivery.returns.withdrawal import Candidate, is_to_be_withdrawn
from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import N_, NOT_A_PLAIN_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Delivery
    from pipeline.delivery.returns.reports import ReturnedMessage
    from pipeline.findings.finding import Finding

LARGEST: Final = 50_000_000
"""Bytes of a file above which it is read as a mailbox, message by message."""


_OF_PEOPLE: Final = {ReturnType.WISH, ReturnType.LETTER, ReturnType.AUTOMATIC}
"""What a member wrote, or a program of the member's."""


class ProcessedReturn(NamedTuple):
    """Returned message, and what was done about it.

    Args:
        name: File it was read from.
        returned: The message; None where the file is no message.
        delivery: Last delivery to the member it concerns, or None if unknown.
        is_new: Whether it was read for the first time.
        suppressed: Why the member gets nothing more because of it, as `suppress` takes it; empty if not.
        candidate: The member, where this report makes the address one to be withdrawn, and it is not yet.
        is_proven: Whether it quotes a message of ours, so that nobody can have made it up.
        fault: Why the file cannot be read.
    """

    name: str
    returned: ReturnedMessage | None
    delivery: Delivery | None = None
    is_new: bool = False
    suppressed: str = ""
    candidate: Candidate | None = None
    is_proven: bool = False
    fault: Finding | None = None


def process_returned(
    paths: Iterable[Path], ledger: Ledger, recipient_of: Callable[[str], str], now: dt.datetime | None = None
) -> Iterator[ProcessedReturn]:
    """Read returned messages and record them in the ledger, one after another.

    Requests to be unsubscribed and complaints that quote a message of ours are carried out at once. A wish in
    words holds the address back until the office decides. Of reports, each that counts against an address is
    recorded; whoever is to be withdrawn because of them is returned as a candidate, and not withdrawn here.

    Args:
        paths: Messages (.eml), mailboxes (mbox), and folders of either (Maildir).
        ledger: Open ledger.
        recipient_of: Returns the identifier of an address.
        now: The present moment; taken from the clock where left out.
    """
    moment = now or dt.datetime.now(dt.UTC)
    for path in paths:
        for name, data in messages_in(path):
            if isinstance(data, bytes):
                yield _processed(name, data, ledger, recipient_of, moment)
            else:
                yield ProcessedReturn(name, None, fault=data)


def messages_in(path: Path) -> Iterator[tuple[str, bytes | Finding]]:
    """Yield name and content of the messages in a file or folder; for one that cannot be read, E380."""
    try:
        if path.is_dir():
            for inner in sorted(each for each in path.rglob("*") if not each.name.startswith(".")):
                if not inner.is_dir():
                    yield from messages_in(inner)
        elif path.exists() and not path.is_file():
            yield path.name, _unreadable(path.name, NOT_A_PLAIN_FILE)
        elif path.stat().st_size > LARGEST or _is_mailbox(path):
            with contextlib.closing(mailbox.mbox(path, create=False)) as box:
                keys = box.keys()
                if not keys:
                    yield path.name, _unreadable(path.name, N_("it is large, and has no message"))
                for at, key in enumerate(keys, 1):
                    yield f"{path.name}:{at}", box.get_bytes(key)
        else:
            yield path.name, path.read_bytes()
    except OSError as error:
        yield path.name, _unreadable(path.name, reason_of(error))


def _is_mailbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _unreadable(name: str, problem: object) -> Finding:
    return found("E380", Place(name), name=name, problem=problem)


def _processed(
    name: str, data: bytes, ledger: Ledger, recipient_of: Callable[[str], str], now: dt.datetime
) -> ProcessedReturn:
    try:
        returned = read_returned(data)
    except ValueError as error:
        return ProcessedReturn(name, None, fault=_unreadable(name, str(error)))
    delivery, is_proven = _delivery_of(returned, ledger, recipient_of)
    if delivery is not None and delivery.address:
        returned = read_returned(data, address_key(delivery.address))
    digest = hashlib.sha256(data).hexdigest()
    is_new = ledger.record_return(
        digest,
        token=delivery.token if delivery else returned.token,
        return_type=returned.type,
        status=returned.status,
    )
    reason, candidate = "", None
    if delivery is not None:
        reason = _reason(returned.type, is_proven=is_proven)
        if reason:
            ledger.suppress(delivery.recipient, reason)
        elif returned.type is ReturnType.FAILED:
            candidate = _struck(digest, returned, delivery, ledger, is_proven=is_proven, now=now)
    return ProcessedReturn(
        name=name,
        returned=returned,
        delivery=delivery,
        is_new=is_new,
        suppressed=reason,
        candidate=candidate,
        is_proven=is_proven,
    )


def _reason(return_type: ReturnType, *, is_proven: bool) -> str:
    """Return why a member gets nothing more at once; empty where that takes more."""
    match return_type:
        case ReturnType.UNSUBSCRIBE:
            return "unsubscribed"
        case ReturnType.COMPLAINT if is_proven:
            return "complained"
        case ReturnType.WISH:
            return "asked"
        case _:
            return ""


def _struck(
    digest: str,
    returned: ReturnedMessage,
    delivery: Delivery,
    ledger: Ledger,
    *,
    is_proven: bool,
    now: dt.datetime,
) -> Candidate | None:
    """Record a report against an address, and return the address if it is to be withdrawn."""
    verdict = returned.verdict
    filing = ledger.filing_of(delivery)
    address = address_key(delivery.address or "")
    is_of_another = bool(verdict.recipient and address) and verdict.recipient != address
    strike = Strike(filing, verdict.cause, verdict.is_weak or is_of_another or not is_proven, verdict.words)
    ledger.record_strike(digest, delivery.recipient, strike)
    if delivery.recipient in ledger.suppressed():
        return None
    strikes = ledger.strikes(delivery.recipient)
    if not is_to_be_withdrawn(strikes, ledger.issues_sent(delivery.recipient), now):
        return None
    return Candidate(delivery.recipient, delivery.address, filing, verdict.words)


def _delivery_of(
    returned: ReturnedMessage, ledger: Ledger, recipient_of: Callable[[str], str]
) -> tuple[Delivery | None, bool]:
    """Return the delivery a message is about, and whether the message quotes it.

    A report that quotes a message of somebody else is about that one, whatever address it was sent to.
    """
    if returned.type in _OF_PEOPLE:
        of_writer = ledger.deliveries_to(recipient_of(returned.sender)) if returned.sender else []
        # A wish is the writer's own, not that of a member whose message was passed on.
        if of_writer or returned.type is ReturnType.WISH:
            return next(reversed(of_writer), None), False
    candidates = (ledger.delivery_by_message_id(each) for each in returned.message_ids)
    quoted = next((delivery for delivery in candidates if delivery is not None), None)
    if quoted is not None:
        return quoted, True
    of_token = ledger.deliveries_by_token(returned.token) if returned.token else []
    return next(reversed(of_token), None), False
