"""Bounces: letters that came back are sorted, written into the ledger, and heeded."""

from __future__ import annotations

import contextlib
import hashlib
import mailbox
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.reports import Kind, Returned, read_returned
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.ledger import Ledger, Promise

LARGEST: Final = 50_000_000
"""Bytes of one letter."""

_NOBODY_THERE: Final = ("5.1.", "5.2.1", "5.4.4", "5.4.310")
"""How statuses begin that say that an address will never be reached (RFC 3463)."""


class Heeded(NamedTuple):
    """A letter that came back, and what was done.

    Args:
        name: The file it was read from.
        returned: What it is.
        promise: The last that was promised to whom it is about, or None where that is not known.
        is_new: Whether it was read for the first time.
        withdrawn: Whether they have nothing more because of it.
    """

    name: str
    returned: Returned
    promise: Promise | None
    is_new: bool
    withdrawn: bool


def heed(paths: Iterable[Path], ledger: Ledger) -> Iterator[Heeded]:
    """Read letters that came back and write them into the ledger.

    An address that does not exist has nothing more, and so has who wishes to unsubscribe; what is late or was
    refused for other reasons is only written down.

    Args:
        paths: Letters (.eml), mailboxes (mbox), and folders of either (Maildir).
        ledger: The ledger.

    Raises:
        DeliveryError: A file is none of these (E380).
    """
    for path in paths:
        for name, data in letters_in(path):
            try:
                returned = read_returned(data)
            except ValueError as error:
                raise DeliveryError([found("E380", Place(name), name=name, problem=error)]) from error
            yield _heeded(name, data, returned, ledger)


def letters_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the letters of a file or a folder.

    Raises:
        DeliveryError: It cannot be read (E380).
    """
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not inner.name.startswith("."):
                    yield from letters_in(inner)
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


def _heeded(name: str, data: bytes, returned: Returned, ledger: Ledger) -> Heeded:
    promise = _promise(returned, ledger)
    token = promise.token if promise else returned.token
    is_new = ledger.record_return(hashlib.sha256(data).hexdigest(), token, returned.kind, returned.status)
    reason = ""
    if returned.kind is Kind.UNSUBSCRIBE:
        reason = "unsubscribed"
    elif returned.kind is Kind.FAILED and returned.status.startswith(_NOBODY_THERE):
        reason = "bounced"
    if promise is not None and reason:
        ledger.suppress(promise.recipient, reason)
    return Heeded(name, returned, promise, is_new, promise is not None and bool(reason))


def _promise(returned: Returned, ledger: Ledger) -> Promise | None:
    held = ledger.of_token(returned.token) if returned.token else []
    if held:
        return held[-1]
    return next((one for each in returned.message_ids if (one := ledger.of_message(each))), None)
