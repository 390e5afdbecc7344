"""Sending: what is promised is frozen first, and then kept; `resume` goes on from what the ledger holds.

Before anything is promised the server was spoken to, so that a wrong password or a message too large costs
nothing.
"""

from __future__ import annotations

from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.selection import wanted
from pipeline.delivery.messages.filed_letters import filed_letters
from pipeline.delivery.messages.message import Mailbox
from pipeline.delivery.sending.dispatch import Delivered, Dispatch, Ending, Parcel
from pipeline.delivery.sending.throttle import limits
from pipeline.desk.mail.outgoing import (
    connect,
    courier_of,
    moulds_of,
    return_path,
    signer_of,
    stop_finding,
    this_moment,
)
from pipeline.desk.mail.plans import planned
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.ledger.ledger import Ledger, Promise, Run
    from pipeline.delivery.messages.filed_letters import FiledLetter
    from pipeline.delivery.messages.message import Mould
    from pipeline.delivery.messages.signing import Signer
    from pipeline.delivery.sending.smtp import SmtpCourier
    from pipeline.desk.mail.outgoing import Post
    from pipeline.desk.mail.plans import Wish

STEP: Final = "messages"
PATIENCE: Final = 400.0
"""Seconds a run waits at a stretch: for the next minute's messages, and once for what a server put off."""


class Said(NamedTuple):
    """Between a run and whoever wants to know of it.

    Args:
        progress: Hears of every message.
        is_over: Whether the officer wants it to end; the message in flight is finished.
        waiting: Hears until when a run waits, in seconds since 1970.
    """

    progress: Progress = silent
    is_over: Callable[[], bool] = lambda: False
    waiting: Callable[[float], None] = lambda _: None


_SILENT: Final = Said()


class Sent(NamedTuple):
    """How far a run has come.

    Args:
        run: The run.
        delivered: How it ended.
        counted: How many promises are in each state.
        finding: What stopped it, or None.
        unknown: How many were found unknown at its beginning, of a run that was killed.
    """

    run: Run
    delivered: Delivered
    counted: Mapping[State, int]
    finding: Finding | None
    unknown: int


def send(
    post: Post,
    filing: Filing,
    wish: Wish,
    confirmed: int,
    said: Said = _SILENT,
) -> Sent:
    """Promise a filing to the members chosen, and send it.

    Args:
        post: The post.
        filing: What.
        wish: Why, and to whom.
        confirmed: How many the officer confirmed.
        said: Who hears of it, and may end it.

    Raises:
        DeliveryError: Nothing was promised: see `plan`; or a run is not finished (E362), nobody is left
            (E364), the count is another (E361), the letters were not looked at (E360), the message is too
            large (E341), or the server stops us (E373 to E377).
    """
    with post.room.alone(), post.room.ledger() as ledger:
        ledger.recover()
        if (run := ledger.unfinished()) is not None:
            counted = ledger.counted(run.id)
            still = counted[State.QUEUED] + counted[State.DEFERRED]
            raise DeliveryError([found("E362", None, filing=run.filing, open=still)])
        now = this_moment()
        made = planned(post, filing, wish, ledger, now)
        count = len(made.selection.members)
        if not count:
            raise DeliveryError([*made.findings, found("E364", None)])
        if confirmed != count:
            raise DeliveryError([*made.findings, found("E361", None, given=confirmed, count=count)])
        if not made.is_tested:
            raise DeliveryError([found("E360", None, filing=filing.name, issue=filing.issue)])
        with courier_of(post) as courier:
            connect(courier, post)
            moulds = moulds_of(made.letters, courier.largest)
            signer = signer_of(post, now)
            post.room.back_up(ledger)
            promised = wanted(
                made.selection.members, post.seals, wish.purpose, filing.name, post.domain, filing.languages
            )
            digests = _digests(made.letters)
            run = ledger.begin(filing.name, wish.purpose, format_datetime(now), digests, promised)
            return _dispatched(post, _Line(courier, ledger, moulds, signer), run, said, 0)


def resume(
    post: Post,
    *,
    failed: bool = False,
    said: Said = _SILENT,
) -> Sent:
    """Go on with the run that is not finished, wherever and however it ended.

    Args:
        post: The post.
        failed: Whether those whom the server refused in the last run are tried again.
        said: Who hears of it, and may end it.

    Raises:
        DeliveryError: Nothing was ever sent (E368), the letters are not those that were confirmed (E366), or
            the server stops us (E373 to E377); everybody who is not done stays queued.
    """
    with post.room.alone(), post.room.ledger() as ledger:
        unknown = ledger.recover()
        runs = ledger.runs()
        run = ledger.unfinished() or (runs[-1] if runs else None)
        if run is None:
            raise DeliveryError([found("E368", None)])
        if failed:
            for promise in ledger.promises(run.id, State.FAILED):
                ledger.move(promise, State.QUEUED, promise.reply)
        date = parsedate_to_datetime(run.date)
        filing = next((each for each in post.shelf.filings if each.name == run.filing), None)
        if filing is None:
            raise DeliveryError([found("E366", None)])
        purpose = Purpose(run.purpose)
        letters = filed_letters(filing, post.shelf, post.settings, post.seals, purpose, date)
        if _digests(letters) != run.digests:
            raise DeliveryError([found("E366", None)])
        if ledger.earliest(run.id) is None:
            return Sent(run, Delivered(Ending.DONE), ledger.counted(run.id), None, unknown)
        with courier_of(post) as courier:
            connect(courier, post)
            moulds = moulds_of(letters, courier.largest)
            signer = signer_of(post, date)
            post.room.back_up(ledger)
            return _dispatched(post, _Line(courier, ledger, moulds, signer), run, said, unknown)


class _Line(NamedTuple):
    """What a run goes over."""

    courier: SmtpCourier
    ledger: Ledger
    moulds: Mapping[str, Mould]
    signer: Signer | None


def _dispatched(post: Post, line: _Line, run: Run, said: Said, unknown: int) -> Sent:
    courier, ledger, moulds, signer = line
    before = ledger.counted(run.id)
    total = before[State.QUEUED] + before[State.DEFERRED]

    def parcel(promise: Promise) -> Parcel:
        to = Mailbox(promise.name, promise.address or "")
        message = moulds[promise.language].cast(to, promise.message_id, promise.token)
        return Parcel(return_path(post, promise.token), signer.signed(message) if signer else message)

    dispatch = Dispatch(
        ledger,
        courier,
        parcel,
        windows=limits(post.settings.throttle),
        patience=PATIENCE,
        told=lambda done: said.progress(STEP, done, total),
        waiting=said.waiting,
        is_over=said.is_over,
    )
    delivered = dispatch.send(run)
    finding = None
    if delivered.stopped is not None:
        finding = stop_finding(post, delivered.stopped)
    elif delivered.ending is Ending.REFUSED:
        finding = found("E379", None, host=post.settings.server.host, problem=delivered.reply)
    return Sent(run, delivered, ledger.counted(run.id), finding, unknown)


def _digests(letters: Mapping[str, FiledLetter]) -> str:
    return " ".join(f"{language}:{each.digest}" for language, each in letters.items())
