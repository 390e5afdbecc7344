"""Commands for delivery records: `bulletin mail status|report|unknown|bounces|unsubscribe|forget`."""

from __future__ import annotations

import contextlib
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, CommandContext, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.delivery.ledger.mail_folder import MailFolder

_HOST = "127.0.0.1"
_PORT = 8025

_ANYWAY = N_("Also where neither the ledger nor a list in the folder mail names the address.")


def status(
    ctx: typer.Context,
    issue: Annotated[
        str | None,
        typer.Argument(metavar=N_("ISSUE"), help=N_("The issue; all when left out.")),
    ] = None,
) -> int:
    """Show the progress of mailings."""
    from pipeline.cli.mail.output import show_status  # noqa: PLC0415
    from pipeline.desk.mail.records import mailing_statuses  # noqa: PLC0415

    context: CommandContext = ctx.obj
    folder = workspace_of(ctx).choose_issue(issue).name if issue is not None else None
    statuses = mailing_statuses(_mail_folder(ctx), folder)
    show_status(context, statuses)
    if not statuses:
        context.terminal.line(context.say(N_("nothing was sent yet")))
    return DONE


def report(
    ctx: typer.Context,
    issue: Annotated[
        str,
        typer.Argument(
            metavar=N_("ISSUE"), help=N_("The issue's folder, its date or its number (2, 2023/2).")
        ),
    ],
    *,
    every: Annotated[
        bool, typer.Option("--all", help=N_("Those too whose letter the server accepted."))
    ] = False,
) -> int:
    """Show what became of each delivery of an issue."""
    from pipeline.cli.mail.output import show_deliveries, show_status  # noqa: PLC0415
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.records import delivery_reports, mailing_statuses  # noqa: PLC0415

    context: CommandContext = ctx.obj
    mail_folder = _mail_folder(ctx)
    date = workspace_of(ctx).choose_issue(issue).name
    reports = delivery_reports(mail_folder, date)
    show_deliveries(
        context, [each for each in reports if every or each.delivery.state is not State.SENT or each.returned]
    )
    show_status(context, mailing_statuses(mail_folder, date))
    return DONE


def unknown(
    ctx: typer.Context,
    *,
    sent: Annotated[
        list[str] | None,
        typer.Option("--sent", metavar=N_("ADDRESS"), help=N_("They have it. May be repeated.")),
    ] = None,
    again: Annotated[
        list[str] | None,
        typer.Option(
            "--again", metavar=N_("ADDRESS"), help=N_("They have it not: send it again. May be repeated.")
        ),
    ] = None,
) -> int:
    """Show or settle deliveries whose outcome is unknown."""
    from pipeline.cli.mail.output import named  # noqa: PLC0415
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.records import settle_unknown, unknown_deliveries  # noqa: PLC0415

    context: CommandContext = ctx.obj
    mail_folder = _mail_folder(ctx)
    for addresses, state in ((sent, State.SENT), (again, State.QUEUED)):
        if not addresses:
            continue
        settled = settle_unknown(mail_folder, addresses, state)
        context.terminal.line(context.say(N_("settled: {count}"), count=settled.total()))
        if withdrawn := settled[State.WITHDRAWN]:
            text = N_("unsubscribed since, so nothing is sent to them: {count}")
            context.terminal.line(context.say(text, count=withdrawn))
        if settled[State.QUEUED]:
            context.terminal.line(context.say(N_("“bulletin mail resume” sends it to them")))
    unsettled = unknown_deliveries(mail_folder)
    for delivery in unsettled:
        context.terminal.line(f"{named(context, delivery)}\t{delivery.changed}\t{delivery.reply}")
    if not unsettled:
        context.terminal.line(context.say(N_("of nobody it is unknown")))
    return DONE


def bounces(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar=N_("FILE"), help=N_("Letters (.eml), mailboxes (mbox) or folders of them.")),
    ],
    *,
    confirm: Annotated[
        int | None,
        typer.Option(
            "--confirm",
            metavar="N",
            help=N_("How many are to have nothing more, where the command asked before."),
        ),
    ] = None,
) -> int:
    """Process returned messages."""
    from pipeline.cli.mail.output import show_return, show_withdrawn  # noqa: PLC0415
    from pipeline.desk.mail.returned_mail import process_returned_files  # noqa: PLC0415
    from pipeline.findings.finding import errors  # noqa: PLC0415

    context: CommandContext = ctx.obj
    result = process_returned_files(
        _mail_folder(ctx),
        files,
        confirm=confirm,
        on_processed=lambda processed: show_return(context, processed),
    )
    show_withdrawn(context, result)
    context.terminal.findings(result.findings, answer=False)
    return INPUT_HAS_ERRORS if errors(result.findings) else DONE


def unsubscribe(
    ctx: typer.Context,
    address: Annotated[
        str | None, typer.Argument(metavar=N_("ADDRESS"), help=N_("Who is to have nothing more."))
    ] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help=N_("They asked to have the bulletin again."))] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help=_ANYWAY)] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help=N_("Serve the page by which members unsubscribe, until Ctrl-C."))
    ] = False,
    host: Annotated[
        str, typer.Option("--host", metavar=N_("HOST"), help=N_("Where the page listens."))
    ] = _HOST,
    port: Annotated[
        int, typer.Option("--port", metavar=N_("PORT"), help=N_("Where the page listens."))
    ] = _PORT,
) -> int:
    """Unsubscribe an address, or serve the unsubscribe page."""
    from pipeline.desk.mail.records import unsubscribe as unsubscribe_address  # noqa: PLC0415
    from pipeline.desk.mail.wording import words_of_unsubscribing  # noqa: PLC0415

    context: CommandContext = ctx.obj
    if serve == (address is not None):
        raise typer.BadParameter(context.say(N_("name an address, or give --serve")), ctx)
    if address is None:
        return _serve(ctx, host, port)
    result = unsubscribe_address(_mail_folder(ctx), address, undo=undo, anyway=anyway)
    text = words_of_unsubscribing(result, undo=undo)
    context.terminal.line(context.say(text, address=result.address))
    return DONE


def forget(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar=N_("ADDRESS"), help=N_("Who is to be forgotten."))],
    *,
    anyway: Annotated[bool, typer.Option("--anyway", help=_ANYWAY)] = False,
) -> int:
    """Erase an address."""
    from pipeline.desk.mail.records import forget as erase_address  # noqa: PLC0415
    from pipeline.desk.mail.wording import words_of_forgetting  # noqa: PLC0415

    context: CommandContext = ctx.obj
    forgotten = erase_address(_mail_folder(ctx), address, anyway=anyway)
    for text, values in words_of_forgetting(forgotten):
        context.terminal.line(context.say(text, **values))
    return DONE


def _serve(ctx: typer.Context, host: str, port: int) -> int:
    """Serve the unsubscribe page until Ctrl-C."""
    from pipeline.desk.mail.unsubscribing import open_unsubscribe_page  # noqa: PLC0415

    context: CommandContext = ctx.obj

    def show_unsubscription() -> None:
        context.terminal.line(context.say(N_("somebody has unsubscribed")))

    server, address = open_unsubscribe_page(
        workspace_of(ctx), host=host, port=port, on_unsubscribe=show_unsubscription
    )
    text = N_("listening at http://{host}:{port}/ for {address}; Ctrl-C ends it")
    context.terminal.line(context.say(text, host=host, port=server.server_address[1], address=address))
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever(poll_interval=0.2)
    return DONE


def _mail_folder(ctx: typer.Context) -> MailFolder:
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415

    return MailFolder(workspace_of(ctx))
