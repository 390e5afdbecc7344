"""What the sending commands share: a dry run, sending with progress and Ctrl-C, exit statuses."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, near, show_errors, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    import typer

    from pipeline.archive.filing_record import Filing
    from pipeline.cli.context import CommandContext
    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.plans import MailingPlan
    from pipeline.desk.mail.sending import Callbacks, SendResult
    from pipeline.findings.finding import BulletinError


def dry_run(context: CommandContext, planned: MailingPlan) -> int:
    """Say to whom it would go, and whether sending would be refused now; return the exit status."""
    from pipeline.cli.mail.output import show_plan  # noqa: PLC0415

    context.terminal.findings(planned.findings, answer=False)
    show_plan(context, planned)
    if planned.obstacles:
        context.terminal.findings(planned.obstacles, answer=False)
        return INPUT_HAS_ERRORS
    count = len(planned.deliveries)
    if count and planned.is_tested:
        text = N_("nothing was sent; to send it, add: --confirm {count}")
    elif count:
        text = N_("nothing was sent; look at it first: bulletin mail test {issue} --to YOUR-ADDRESS")
    else:
        text = N_("nothing was sent, and there is nobody to send it to")
    context.terminal.line(context.say(text, count=count, issue=planned.request.filing.issue))
    return DONE


def run_sending(context: CommandContext, send_with: Callable[[Callbacks], SendResult]) -> int:
    """Send with progress and Ctrl-C; return the exit status.

    The first Ctrl-C ends sending after the message in flight, the second at once.
    """
    from pipeline.cli.mail.output import clock_time, show_result  # noqa: PLC0415
    from pipeline.desk.mail.sending import Callbacks  # noqa: PLC0415

    is_interrupted = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_interrupted
        if is_interrupted:
            raise KeyboardInterrupt
        is_interrupted = True

    def show_wait(until: float) -> None:
        text = N_("waiting until {time}; Ctrl-C ends it, and “bulletin mail resume” goes on")
        context.terminal.aside(context.say(text, time=clock_time(until)))

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        with context.terminal.progress() as progress:
            result = send_with(Callbacks(progress, lambda: is_interrupted, show_wait))
    finally:
        signal.signal(signal.SIGINT, before)
    return show_result(context, result)


def opened_for(ctx: typer.Context, issue: str) -> tuple[MailContext, Filing]:
    """Return the mail of the workspace, and the newest filing of an issue."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415

    workspace = workspace_of(ctx)
    folder = workspace.choose_issue(issue)
    opened = open_mail(workspace)
    return opened, opened.shelf.filings_of(folder.name)[-1]


def status_of(error: BulletinError, context: CommandContext) -> int:
    """Show an error, and return the exit status: 5 if the server stopped the mail."""
    from pipeline.cli.mail.output import STOPPED_BEFORE_HARM  # noqa: PLC0415
    from pipeline.desk.mail.connection import STOPPING_CODES  # noqa: PLC0415

    status = show_errors(error, context.terminal)
    is_stopped = any(finding.code in STOPPING_CODES for finding in error.findings)
    return STOPPED_BEFORE_HARM if is_stopped else status


def wrote_sample(ctx: typer.Context) -> bool:
    """Write a sample of the settings if there are none; return whether it was written."""
    from pipeline.desk.mail.preparation import write_sample_settings  # noqa: PLC0415

    context: CommandContext = ctx.obj
    path = write_sample_settings(workspace_of(ctx), context.language)
    if path is None:
        return False
    context.terminal.line(context.say(N_("{path}: made; write your mail server in it"), path=near(path)))
    return True
