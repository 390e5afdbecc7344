"""Commands for sending mail: `bulletin mail check|preview|test|send|resume`."""

from __future__ import annotations

import functools
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
from pipeline.cli.mail.running import dry_run, opened_for, run_sending, status_of, wrote_sample
from pipeline.findings.finding import BulletinError, errors, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
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
    if wrote_sample(ctx):
        return INPUT_HAS_ERRORS
    try:
        checked = check_mail(open_mail(workspace_of(ctx)), members, use_dns=dns, use_server=not offline)
    except BulletinError as error:
        return status_of(error, context)
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
    opened, filing = opened_for(ctx, issue)
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
        opened, filing = opened_for(ctx, issue)
        count = send_test(opened, filing, to)
    except BulletinError as error:
        return status_of(error, context)
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
    from pipeline.desk.mail.shown_lists import note_shown, shown_for  # noqa: PLC0415

    context: CommandContext = ctx.obj
    if correction and reminder:
        raise typer.BadParameter(context.say(N_("choose one of --correction and --reminder")), ctx)
    purpose = Purpose.CORRECTION if correction else Purpose.REMINDER if reminder else Purpose.ISSUE
    try:
        opened, filing = opened_for(ctx, issue)
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
            planned = plan(opened, request)
            note_shown(opened, planned)
            return dry_run(context, planned)
        listed = shown_for(opened, request)
        return run_sending(
            context, lambda callbacks: send_to_members(opened, request, confirm, callbacks, listed=listed)
        )
    except BulletinError as error:
        return status_of(error, context)


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

        return run_sending(context, go_on)
    except BulletinError as error:
        return status_of(error, context)


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
