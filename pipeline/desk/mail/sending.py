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
from pipeline.desk.mail.connection import connect, message_factory, stopping_finding, transport_of
from pipeline.desk.mail.context import present_moment
from pipeline.desk.mail.plans import plan_with
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    """

    progress: Progress = silent
    should_stop: Callable[[], bool] = lambda: False
    on_wait: Callable[[float], None] = lambda _: None


_NO_CALLBACKS: Final = Callbacks()


class SendResult(NamedTuple):
    """Result of sending or resuming a mailing.

    Args:
        mailing: The mailing.
        result: How sending ended.
        state_counts: How many deliveries are in each state.
        finding: What stopped it, or None.
        unknown: How many deliveries of an interrupted process became unknown when it was resumed.
    """

    mailing: Mailing
    result: MailingResult
    state_counts: Mapping[State, int]
    finding: Finding | None
    unknown: int


def send(
    mail: MailContext, request: MailingRequest, confirmed: int, callbacks: Callbacks = _NO_CALLBACKS
) -> SendResult:
    """Queue a filing for the selected members, and send it.

    Args:
        mail: Context of the mail.
        request: What is sent, and to whom.
        confirmed: Number of recipients the officer confirmed.
        callbacks: Callbacks of the caller.

    Raises:
        DeliveryError: Nothing was queued: see `plan`; or a mailing is not finished (E362), no recipient is
            left (E364), the number is another (E361), no test was sent (E360), a message is too large (E341),
            or the server cannot be used (E373 to E377).
    """
    filing = request.filing
    with mail.folder.exclusive(), mail.folder.ledger() as ledger:
        ledger.recover()
        if (unfinished := ledger.unfinished()) is not None:
            counts = ledger.state_counts(unfinished.id)
            still_open = counts[State.QUEUED] + counts[State.DEFERRED]
            raise DeliveryError([found("E362", None, filing=unfinished.filing, open=still_open)])
        now = present_moment()
        planned = plan_with(ledger, mail, request, now)
        count = len(planned.deliveries)
        if not count:
            raise DeliveryError([*planned.findings, found("E364", None)])
        if confirmed != count:
            raise DeliveryError([*planned.findings, found("E361", None, given=confirmed, count=count)])
        if not planned.is_tested:
            raise DeliveryError([found("E360", None, filing=filing.name, issue=filing.issue)])
        with transport_of(mail) as transport:
            connect(transport, mail)
            factory = message_factory(mail, planned.contents, now, transport.largest)
            mail.folder.back_up(ledger)
            mailing = ledger.begin(
                filing.name,
                request.purpose,
                date=format_datetime(now),
                digests=_digests(planned.contents),
                deliveries=planned.deliveries,
            )
            return _Sender(mail, ledger, transport, factory).send(mailing, callbacks)


def resume(mail: MailContext, *, failed: bool = False, callbacks: Callbacks = _NO_CALLBACKS) -> SendResult:
    """Resume the mailing that is not finished.

    Args:
        mail: Context of the mail.
        failed: Whether recipients refused in the last mailing are tried again.
        callbacks: Callbacks of the caller.

    Raises:
        DeliveryError: Nothing was ever sent (E368), the content is not what was confirmed (E366), or the
            server cannot be used (E373 to E377); open deliveries stay queued.
    """
    with mail.folder.exclusive(), mail.folder.ledger() as ledger:
        unknown = ledger.recover()
        mailings = ledger.mailings()
        mailing = ledger.unfinished() or (mailings[-1] if mailings else None)
        if mailing is None:
            raise DeliveryError([found("E368", None)])
        if failed:
            for delivery in ledger.deliveries(mailing.id, State.FAILED):
                ledger.move(delivery, State.QUEUED, delivery.reply)
        date = parsedate_to_datetime(mailing.date)
        filing = next((each for each in mail.shelf.filings if each.name == mailing.filing), None)
        if filing is None:
            raise DeliveryError([found("E366", None)])
        contents = mail.contents(filing, Purpose(mailing.purpose), date)
        if _digests(contents) != mailing.digests:
            raise DeliveryError([found("E366", None)])
        if ledger.earliest(mailing.id) is None:
            return SendResult(
                mailing=mailing,
                result=MailingResult(Ending.DONE),
                state_counts=ledger.state_counts(mailing.id),
                finding=None,
                unknown=unknown,
            )
        with transport_of(mail) as transport:
            connect(transport, mail)
            factory = message_factory(mail, contents, date, transport.largest)
            mail.folder.back_up(ledger)
            sent = _Sender(mail, ledger, transport, factory).send(mailing, callbacks)
            return sent._replace(unknown=unknown)


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


def _digests(contents: Mapping[str, FiledContent]) -> str:
    return " ".join(f"{language}:{each.digest}" for language, each in contents.items())
