"""Sending a filing to the members, and resuming a mailing that did not finish.

All deliveries are queued before the first message is sent. Before they are queued the server is connected, so
that a wrong password or a message too large has no effect.
"""

from __future__ import annotations

from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.messages.content import Mailbox
from pipeline.delivery.sending.dispatcher import Dispatcher, Ending, MailingResult, OutgoingMessage
from pipeline.delivery.sending.throttle import windows_of
from pipeline.desk.mail.confirmed import changes_since, digests_of, settings_of
from pipeline.desk.mail.connection import connect, message_factory, stopping_finding, transport_of
from pipeline.desk.mail.context import present_moment
from pipeline.desk.mail.ending import stop_on_older
from pipeline.desk.mail.plans import mended_by, plan_with
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Delivery, Mailing
    from pipeline.delivery.messages.filed_content import FiledContent
    from pipeline.delivery.sending.smtp import SmtpTransport
    from pipeline.desk.mail.connection import MessageFactory
    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.plans import MailingRequest

STEP: Final = "messages"
"""Name of the step in the progress."""

PATIENCE: Final = 400.0
"""Longest wait in seconds: enough for a limit a minute, and for the first retry of a deferred message."""


class Callbacks(NamedTuple):
    """Callbacks between a mailing and its caller.

    Args:
        progress: Called after each message.
        should_stop: Called between messages; true ends sending.
        on_wait: Called before a longer wait, with its end in seconds since 1970.
        on_its_way: Called with true before a message is sent, and with false once its outcome is recorded.
    """

    progress: Progress = silent
    should_stop: Callable[[], bool] = lambda: False
    on_wait: Callable[[float], None] = lambda _: None
    on_its_way: Callable[[bool], None] = lambda _: None


_NO_CALLBACKS: Final = Callbacks()


class SendResult(NamedTuple):
    """Result of sending or resuming a mailing.

    Args:
        mailing: The mailing.
        result: How sending ended.
        state_counts: How many deliveries are in each state.
        finding: What stopped it, or None.
        unknown: How many deliveries of an interrupted process became unknown when it was resumed.
        others: Filings of other mailings that are not finished.
    """

    mailing: Mailing
    result: MailingResult
    state_counts: Mapping[State, int]
    finding: Finding | None
    unknown: int
    others: tuple[str, ...] = ()


def send(
    mail: MailContext,
    request: MailingRequest,
    confirmed: int,
    callbacks: Callbacks = _NO_CALLBACKS,
    *,
    listed: str = "",
) -> SendResult:
    """Queue a filing for the selected members, and send it.

    Args:
        mail: Context of the mail.
        request: What is sent, and to whom.
        confirmed: Number of recipients the officer confirmed.
        callbacks: Callbacks of the caller.
        listed: The sign of the recipients who were shown when it was confirmed; empty where none were.

    Raises:
        DeliveryError: Nothing was queued: see `plan` and its obstacles; or no recipient is left (E364), the
            number is another (E361), they are others (E399), no test was sent (E360), a message is too large
            (E341), or the server cannot be used (E373 to E377).
    """
    filing = request.filing
    with mail.folder.exclusive(), mail.folder.ledger() as ledger:
        ledger.recover()
        now = present_moment()
        planned = plan_with(ledger, mail, request, now)
        if planned.obstacles:
            raise DeliveryError([*planned.findings, *planned.obstacles])
        count = len(planned.deliveries)
        if not count:
            raise DeliveryError([*planned.findings, found("E364", None)])
        if confirmed != count:
            raise DeliveryError([*planned.findings, found("E361", None, given=confirmed, count=count)])
        if listed and listed != planned.listed:
            raise DeliveryError([*planned.findings, found("E399", None, count=count)])
        if not planned.is_tested:
            raise DeliveryError([found("E360", None, filing=filing.name, issue=filing.issue)])
        with transport_of(mail) as transport:
            connect(transport, mail)
            factory = message_factory(mail, planned.contents, now, transport.largest)
            mail.folder.back_up(ledger)
            for each in planned.left:
                if each.is_mended:
                    ledger.cancel(each.mailing.id, [State.DEFERRED])
            mailing = ledger.begin(
                filing.name,
                request.purpose,
                date=format_datetime(now),
                digests=digests_of(planned.contents),
                deliveries=planned.deliveries,
                settings=settings_of(planned.contents),
            )
            return _Sender(mail, ledger, transport, factory).send(mailing, callbacks)


def resume(
    mail: MailContext,
    *,
    failed: bool = False,
    with_changes: bool = False,
    issue: str | None = None,
    callbacks: Callbacks = _NO_CALLBACKS,
) -> SendResult:
    """Resume the mailing that is not finished; of several, the one whose next message is due first.

    Args:
        mail: Context of the mail.
        failed: Whether recipients refused in the last mailing with any are tried again. Those of an edition
            that was corrected since are not: the corrected one is for them.
        with_changes: Whether to go on although settings that the messages show have changed.
        issue: Date of the issue whose mailing it is; None for any.
        callbacks: Callbacks of the caller.

    Raises:
        DeliveryError: Nothing was ever sent (E368), the ledger is an older copy (E398), the messages are not
            those that were confirmed (E366, E390) or, with changes, were not sent as a test (E360), the
            filing is not in the archive (E391), or the server cannot be used (E373 to E377); open deliveries
            stay queued.
    """
    with mail.folder.exclusive(), mail.folder.ledger() as ledger:
        stop_on_older(ledger)
        unknown = ledger.recover()
        mailings = [each for each in ledger.mailings() if each.is_of(issue)]
        mailing = _with_refused(mail, ledger, mailings) if failed else None
        if mailing is None:
            mailing, failed = _to_be_resumed(ledger, mailings), False
        if mailing is None:
            raise DeliveryError([found("E368", None)])
        if ledger.earliest(mailing.id) is None and not failed:
            counts = ledger.state_counts(mailing.id)
            return SendResult(mailing, MailingResult(Ending.DONE), counts, None, unknown)
        date = parsedate_to_datetime(mailing.date)
        contents, mailing = _confirmed_contents(mail, ledger, mailing, date, with_changes=with_changes)
        if failed:
            ledger.retry_failed(mailing.id)
        with transport_of(mail) as transport:
            connect(transport, mail)
            factory = message_factory(mail, contents, date, transport.largest)
            mail.folder.back_up(ledger)
            sent = _Sender(mail, ledger, transport, factory).send(mailing, callbacks)
            return sent._replace(unknown=unknown, others=_others(ledger, mailing))


def _with_refused(mail: MailContext, ledger: Ledger, mailings: Sequence[Mailing]) -> Mailing | None:
    """Return the last mailing with recipients who were refused, of an edition that nothing corrects."""
    mended = {name for each in mail.shelf.filings for name in mended_by(each)}
    refused = (
        each
        for each in reversed(mailings)
        if each.filing not in mended and ledger.state_counts(each.id)[State.FAILED]
    )
    return next(refused, None)


def _to_be_resumed(ledger: Ledger, mailings: Sequence[Mailing]) -> Mailing | None:
    due = {each: ledger.earliest(each.id) or 0.0 for each in ledger.unfinished() if each in mailings}
    return min(due, key=lambda each: (due[each], each.id), default=mailings[-1] if mailings else None)


def _others(ledger: Ledger, mailing: Mailing) -> tuple[str, ...]:
    return tuple(each.filing for each in ledger.unfinished() if each.id != mailing.id)


def _confirmed_contents(
    mail: MailContext, ledger: Ledger, mailing: Mailing, date: dt.datetime, *, with_changes: bool
) -> tuple[dict[str, FiledContent], Mailing]:
    """Return the content of a mailing's messages, if it is what was confirmed, or is confirmed anew."""
    filing = next((each for each in mail.shelf.filings if each.name == mailing.filing), None)
    if filing is None:
        raise DeliveryError([found("E391", None, filing=mailing.filing)])
    contents = mail.contents(filing, Purpose(mailing.purpose), date)
    changed = changes_since(mailing, contents)
    if not changed:
        return contents, mailing
    if not with_changes:
        raise DeliveryError(changed)
    if not {each.digest for each in contents.values()} <= ledger.tested(filing.name):
        raise DeliveryError([found("E360", None, filing=filing.name, issue=filing.issue)])
    return contents, ledger.confirm_anew(
        mailing, digests=digests_of(contents), settings=settings_of(contents)
    )


class _Sender(NamedTuple):
    """Sends a mailing over an open connection.

    Args:
        mail: Context of the mail.
        ledger: Open ledger.
        transport: Connected transport.
        factory: Builds the messages.
    """

    mail: MailContext
    ledger: Ledger
    transport: SmtpTransport
    factory: MessageFactory

    def send(self, mailing: Mailing, callbacks: Callbacks) -> SendResult:
        """Send what is due of a mailing."""
        counts = self.ledger.state_counts(mailing.id)
        total = counts[State.QUEUED] + counts[State.DEFERRED]
        result = Dispatcher(
            ledger=self.ledger,
            transport=self.transport,
            build=self._message,
            windows=windows_of(self.mail.settings.throttle),
            patience=PATIENCE,
            on_progress=lambda done: callbacks.progress(STEP, done, total),
            on_wait=callbacks.on_wait,
            should_stop=callbacks.should_stop,
            on_its_way=callbacks.on_its_way,
        ).send(mailing)
        return SendResult(
            mailing=mailing,
            result=result,
            state_counts=self.ledger.state_counts(mailing.id),
            finding=self._finding(result),
            unknown=0,
        )

    def _message(self, delivery: Delivery) -> OutgoingMessage:
        to = Mailbox(delivery.name, delivery.address or "")
        message = self.factory.message(delivery.language, to, delivery.message_id, delivery.token)
        return OutgoingMessage(self.mail.return_path(delivery.token), message)

    def _finding(self, result: MailingResult) -> Finding | None:
        if result.error is not None:
            return stopping_finding(self.mail, result.error)
        if result.ending is Ending.REFUSED:
            return found("E379", None, host=self.mail.settings.server.host, problem=result.reply)
        return None
