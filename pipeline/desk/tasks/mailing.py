"""An issue sent to the office or to the members, as work that tells how far it is and can be stopped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import as_whole_data, say

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.sending import Callbacks, SendResult
    from pipeline.files.workspace import Workspace
    from pipeline.findings.progress import Progress

_COUNTED: Final = N_("Letters accepted or refused by the server: {done} of {total}")
_WAITING: Final = N_("The server takes no more for now: it goes on at {time}")


class MailingRequest(NamedTuple):
    """What is to be sent.

    Args:
        workspace: The workspace.
        issue: The name of the issue's folder; its newest filing is sent.
        language: Of messages.
        stop: Is set when sending shall end behind the letter that is on its way.
        on_its_way: Called with true before a letter is sent, and with false once its outcome is known.
        to: The officer's address, for a trial; empty to send to the members.
        confirmed: How many members were confirmed; 0 to go on with a sending that is not finished.
        listed: The sign of the members who were shown when that was confirmed.
        correction: Whether it is for those who had the edition that it corrects.
        group: The group of members it is for; empty for all.
        reminder: Whether it is the issue once more, marked as a reminder.
        with_changes: Whether to go on although settings that the letters show have changed.
        failed: Whether those are tried again whom the server refused.
    """

    workspace: Workspace
    issue: str
    language: str
    stop: threading.Event
    on_its_way: Callable[[bool], None] = lambda _: None
    to: str = ""
    confirmed: int = 0
    listed: str = ""
    correction: bool = False
    group: str = ""
    reminder: bool = False
    with_changes: bool = False
    failed: bool = False


def mailing(request: MailingRequest) -> Iterator[dict[str, Any]]:
    """Send; yield steps, and last how it ended as `result`, or `findings`."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415 - only where something is sent
    from pipeline.desk.mail.sending import STEP  # noqa: PLC0415

    def work(progress: Progress) -> dict[str, Any]:
        mail = open_mail(request.workspace)
        if request.to:
            return {"trial": _tried(mail, request)}
        return _ended(_sending(mail, request)(_callbacks(request, progress)), request.language)

    for news in told_steps(work, request.language):
        if news.get("step") == STEP:
            counted = {name: news[name] for name in ("done", "total")}
            yield news | {"words": say(_COUNTED, request.language, **counted)}
        else:
            yield news


def _tried(mail: MailContext, request: MailingRequest) -> int:
    """Send the trial, and return how many letters the server took."""
    from pipeline.desk.mail.preparation import send_test  # noqa: PLC0415

    return send_test(mail, mail.shelf.filings_of(request.issue)[-1], request.to, request.on_its_way)


def _sending(mail: MailContext, request: MailingRequest) -> Callable[[Callbacks], SendResult]:
    from pipeline.delivery.ledger.identifiers import Purpose  # noqa: PLC0415
    from pipeline.desk.mail import plans, sending  # noqa: PLC0415

    def go(callbacks: Callbacks) -> SendResult:
        if not request.confirmed:
            return sending.resume(
                mail,
                failed=request.failed,
                with_changes=request.with_changes,
                issue=request.issue,
                callbacks=callbacks,
            )
        filing = mail.shelf.filings_of(request.issue)[-1]
        again = Purpose.REMINDER if request.reminder else Purpose.ISSUE
        purpose = Purpose.CORRECTION if request.correction else again
        groups = (request.group,) if request.group else ()
        asked = plans.MailingRequest(filing=filing, purpose=purpose, groups=groups)
        return sending.send(mail, asked, request.confirmed, callbacks, listed=request.listed)

    return go


def _callbacks(request: MailingRequest, progress: Progress) -> Callbacks:
    from pipeline.desk.mail.sending import Callbacks  # noqa: PLC0415

    def wait(until: float) -> None:
        time = dt.datetime.fromtimestamp(until, dt.UTC).astimezone().strftime("%H:%M")
        progress(say(_WAITING, request.language, time=time), 0, 0)

    return Callbacks(progress, request.stop.is_set, wait, request.on_its_way)


def _ended(sent: SendResult, language: str) -> dict[str, Any]:
    """Return how sending ended, as data."""
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415

    findings = [] if sent.finding is None else [as_whole_data(sent.finding, language)]
    return {
        "ending": sent.result.ending.value,
        "sent": sent.state_counts.get(State.SENT, 0),
        "findings": findings,
    }
