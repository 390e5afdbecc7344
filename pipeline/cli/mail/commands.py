"""Commands for sending mail: `bulletin mail check|preview|test|send|resume`."""

from __future__ import annotations

import functools
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import (
    DONE,
    INPUT_HAS_ERRORS,
    CommandContext,
    command_group,
    near,
    show_errors,
    workspace_of,
)
from pipeline.cli.help import Command
from pipeline.cli.mail.ending import cancel, reconcile
from pipeline.cli.mail.records import bounces, forget, report, status, unknown, unsubscribe
from pipeline.findings.finding import BulletinError, errors, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from pipeline.archive.filing_record import Filing
    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.plans import MailingPlan
    from pipeline.desk.mail.sending import Callbacks, SendResult

mail = command_group("mail")

IssueToSend = Annotated[
    str,
    typer.Argument(metavar=N_("ISSUE"), help=N_("The issue's folder, its date or its number (2, 2023/2).")),
]
Members = Annotated[
    Path | None,
    typer.Option("--members", metavar=N_("FILE"), help=N_("The list, instead of that in mail/mail.yaml.")),
]


@mail.command(
    cls=Command,
    help=N_(
        "Look whether mail could go out: settings, password, server, list and size. Nothing is sent. "
        "The first time it writes a sample of mail/mail.yaml, to be filled in."
    ),
)
def check(
    ctx: typer.Context,
    members: Members = None,
    *,
    dns: Annotated[
        bool, typer.Option("--dns", help=N_("Ask DNS too whether the domain says what servers look for."))
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help=N_("Do not speak with the server."))] = False,
) -> int:
    """Check the mail."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415
    from pipeline.desk.mail.preparation import check_mail  # noqa: PLC0415
    from pipeline.typography.localisation import file_size  # noqa: PLC0415

    context: CommandContext = ctx.obj
    if _wrote_sample(ctx):
        return INPUT_HAS_ERRORS
    try:
        checked = check_mail(open_mail(workspace_of(ctx)), members, use_dns=dns, use_server=not offline)
    except BulletinError as error:
        return _status_of(error, context)
    context.terminal.findings(checked.findings, answer=True)
    show = context.terminal.line
    size_of = functools.partial(file_size, language=context.language)
    if not offline:
        show(context.say(N_("the server takes our mail over a secured connection")))
        if checked.largest:
            show(context.say(N_("it takes messages up to {size}"), size=size_of(checked.largest)))
    if checked.size:
        show(context.say(N_("the newest filed issue makes a message of {size}"), size=size_of(checked.size)))
    if checked.members is not None:
        show(context.say(N_("active members: {count}"), count=len(checked.members.active)))
    show(summary(checked.findings, context.language))
    return INPUT_HAS_ERRORS if errors(checked.findings) else DONE


@mail.command(
    cls=Command,
    help=N_(
        "Write what would be sent, to be looked at: the letter (.eml), and its HTML by day and by night."
    ),
)
def preview(
    ctx: typer.Context,
    issue: IssueToSend,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FOLDER"), help=N_("Where the files go, instead of out/ in the workspace.")),
    ] = None,
) -> int:
    """Write previews of the messages."""
    from pipeline.desk.mail.preparation import preview as previews_of  # noqa: PLC0415
    from pipeline.files.outputs import write_together  # noqa: PLC0415

    context: CommandContext = ctx.obj
    opened, filing = _opened(ctx, issue)
    target = (out.absolute() if out is not None else opened.workspace.root / "out") / filing.issue / "mail"
    for path in write_together(target, previews_of(opened, filing)):
        context.terminal.line(near(path))
    return DONE


@mail.command(
    cls=Command,
    help=N_(
        "Send a filed issue to yourself, and look at it in your own mail program: nothing goes to members "
        "before."
    ),
)
def test(
    ctx: typer.Context,
    issue: IssueToSend,
    to: Annotated[str, typer.Option("--to", metavar=N_("ADDRESS"), help=N_("Your own address."))],
) -> int:
    """Send a test message to the officer."""
    from pipeline.desk.mail.preparation import send_test  # noqa: PLC0415
    from pipeline.models.values.strings import is_email_address  # noqa: PLC0415

    context: CommandContext = ctx.obj
    if not is_email_address(to):
        return show_errors(BulletinError([found("E383", None, found=to)]), context.terminal)
    try:
        opened, filing = _opened(ctx, issue)
        count = send_test(opened, filing, to)
    except BulletinError as error:
        return _status_of(error, context)
    text = N_("filing {name}: {count} accepted by the server for {address}; look at it before you send it")
    context.terminal.line(context.say(text, name=filing.name, count=count, address=to))
    return DONE


@mail.command(
    cls=Command,
    help=N_(
        "Send a filed issue to the members, to each once. Without --confirm it only says to whom; with it, "
        "and with just that number, it sends."
    ),
)
def send(  # noqa: PLR0913 - an option of the command each
    ctx: typer.Context,
    issue: IssueToSend,
    members: Members = None,
    *,
    confirm: Annotated[
        int | None,
        typer.Option("--confirm", metavar="N", help=N_("How many it goes to, as the command said before.")),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar=N_("GROUP"), help=N_("Only members of this group. May be repeated.")),
    ] = None,
    only: Annotated[
        Path | None,
        typer.Option("--only", metavar=N_("FILE"), help=N_("Only members who stand in this list too.")),
    ] = None,
    excepted: Annotated[
        Path | None,
        typer.Option("--except", metavar=N_("FILE"), help=N_("Not the members who stand in this list.")),
    ] = None,
    correction: Annotated[
        bool,
        typer.Option("--correction", help=N_("Send a corrected issue to those who had the one it mends.")),
    ] = False,
    reminder: Annotated[
        bool, typer.Option("--reminder", help=N_("Send the issue once more, marked as a reminder."))
    ] = False,
    leave_deferred: Annotated[
        bool,
        typer.Option(
            "--leave-deferred",
            help=N_("Do not wait for letters of an earlier sending that the server put off."),
        ),
    ] = False,
) -> int:
    """Send an issue to the members."""
    from pipeline.delivery.ledger.identifiers import Purpose  # noqa: PLC0415
    from pipeline.desk.mail.plans import MailingRequest, plan  # noqa: PLC0415
    from pipeline.desk.mail.sending import send as send_to_members  # noqa: PLC0415

    context: CommandContext = ctx.obj
    if correction and reminder:
        raise typer.BadParameter(context.say(N_("choose one of --correction and --reminder")), ctx)
    purpose = Purpose.CORRECTION if correction else Purpose.REMINDER if reminder else Purpose.ISSUE
    try:
        opened, filing = _opened(ctx, issue)
        request = MailingRequest(
            filing=filing,
            purpose=purpose,
            members=members,
            groups=tuple(group or ()),
            only=only,
            excepted=excepted,
            leave_deferred=leave_deferred,
        )
        if confirm is None:
            return _dry_run(context, plan(opened, request))
        return _run(context, lambda callbacks: send_to_members(opened, request, confirm, callbacks))
    except BulletinError as error:
        return _status_of(error, context)


def _dry_run(context: CommandContext, planned: MailingPlan) -> int:
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


@mail.command(
    cls=Command,
    help=N_(
        "Go on with a sending that was cut short, or whose letters the server put off; nobody has it twice."
    ),
)
def resume(
    ctx: typer.Context,
    *,
    failed: Annotated[
        bool,
        typer.Option("--failed", help=N_("Try those again whom the server refused in the last sending.")),
    ] = False,
    with_changes: Annotated[
        bool,
        typer.Option(
            "--with-changes", help=N_("Go on although the sender or other settings have changed since.")
        ),
    ] = False,
) -> int:
    """Resume a mailing."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415
    from pipeline.desk.mail.sending import resume as resume_mailing  # noqa: PLC0415

    context: CommandContext = ctx.obj
    try:
        opened = open_mail(workspace_of(ctx))

        def go_on(callbacks: Callbacks) -> SendResult:
            return resume_mailing(opened, failed=failed, with_changes=with_changes, callbacks=callbacks)

        return _run(context, go_on)
    except BulletinError as error:
        return _status_of(error, context)


def _run(context: CommandContext, send_with: Callable[[Callbacks], SendResult]) -> int:
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


def _opened(ctx: typer.Context, issue: str) -> tuple[MailContext, Filing]:
    """Return the mail of the workspace, and the newest filing of an issue."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415

    workspace = workspace_of(ctx)
    folder = workspace.choose_issue(issue)
    opened = open_mail(workspace)
    return opened, opened.shelf.filings_of(folder.name)[-1]


def _status_of(error: BulletinError, context: CommandContext) -> int:
    """Show an error, and return the exit status: 5 if the server stopped the mail."""
    from pipeline.cli.mail.output import STOPPED_BEFORE_HARM  # noqa: PLC0415
    from pipeline.desk.mail.connection import STOPPING_CODES  # noqa: PLC0415

    status = show_errors(error, context.terminal)
    is_stopped = any(finding.code in STOPPING_CODES for finding in error.findings)
    return STOPPED_BEFORE_HARM if is_stopped else status


def _wrote_sample(ctx: typer.Context) -> bool:
    """Write a sample of the settings if there are none; return whether it was written."""
    from pipeline.desk.mail.preparation import write_sample_settings  # noqa: PLC0415

    context: CommandContext = ctx.obj
    path = write_sample_settings(workspace_of(ctx), context.language)
    if path is None:
        return False
    context.terminal.line(context.say(N_("{path}: made; write your mail server in it"), path=near(path)))
    return True


for command, text in (
    (
        cancel,
        N_(
            "End a sending that is not finished: what was sent stays sent, the rest is not sent. Without "
            "--confirm it only says how many."
        ),
    ),
    (
        reconcile,
        N_(
            "Bring an older copy of the ledger that was put back to what was sent since. Without --confirm "
            "it only says what would change."
        ),
    ),
    (status, N_("Say how far sendings have come.")),
    (report, N_("Name each member of an issue who has not got it, and why; with --all everybody.")),
    (
        unknown,
        N_(
            "Name those of whom nobody can know whether the server took their letter, and settle it: ask "
            "them, then say --sent or --again."
        ),
    ),
    (bounces, N_("Read letters that came back (.eml, mbox, folders): reports, answers of machines, wishes.")),
    (unsubscribe, N_("See that an address has nothing more; or serve the page by which members do it.")),
    (forget, N_("Take an address out of all that was written, and never write to it again.")),
):
    mail.command(command.__name__, cls=Command, help=text)(command)
