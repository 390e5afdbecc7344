"""The commands that look into the books of the mail: `bulletin mail status|report|unknown|bounces|…`."""

from __future__ import annotations

import contextlib
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import DONE, Call, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.delivery.ledger.mail_folder import MailRoom

_HOST = "127.0.0.1"
_PORT = 8025


def status(
    ctx: typer.Context,
    issue: Annotated[
        str | None,
        typer.Argument(metavar=N_("ISSUE"), help=N_("The issue; all when left out.")),
    ] = None,
) -> int:
    """Say how far sendings have come."""
    from pipeline.cli.mail_output import tell_status  # noqa: PLC0415
    from pipeline.desk.mail.records import statuses  # noqa: PLC0415

    call: Call = ctx.obj
    folder = workspace_of(ctx).choose_issue(issue).name if issue is not None else None
    found = statuses(_room(ctx), folder)
    tell_status(call, found)
    if not found:
        call.terminal.line(call.say(N_("nothing was sent yet")))
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
    """Name each member of an issue, and what became of their letter."""
    from pipeline.cli.mail_output import tell_accounts, tell_status  # noqa: PLC0415
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.records import accounts  # noqa: PLC0415

    call: Call = ctx.obj
    room = _room(ctx)
    folder = workspace_of(ctx).choose_issue(issue).name
    told = accounts(room, folder)
    tell_accounts(
        call, [each for each in told if every or each.promise.state is not State.SENT or each.returned]
    )
    from pipeline.desk.mail.records import statuses  # noqa: PLC0415

    tell_status(call, statuses(room, folder))
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
    """Name those of whom nobody can know, and settle it."""
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.records import settle_unknown  # noqa: PLC0415
    from pipeline.desk.mail.records import unknown as look  # noqa: PLC0415

    call: Call = ctx.obj
    room = _room(ctx)
    for addresses, state in ((sent, State.SENT), (again, State.QUEUED)):
        if addresses:
            count = settle_unknown(room, addresses, state)
            call.terminal.line(call.say(N_("settled: {count}"), count=count))
    if again:
        call.terminal.line(call.say(N_("“bulletin mail resume” sends it to them")))
    left = look(room)
    for promise in left:
        address = promise.address or call.say(N_("(forgotten)"))
        call.terminal.line(f"{address}\t{promise.changed}\t{promise.reply}")
    if not left:
        call.terminal.line(call.say(N_("of nobody it is unknown")))
    return DONE


def bounces(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar=N_("FILE"), help=N_("Letters (.eml), mailboxes (mbox) or folders of them.")),
    ],
) -> int:
    """Read letters that came back."""
    from pipeline.cli.mail_output import tell_returns  # noqa: PLC0415
    from pipeline.desk.mail.records import take_in  # noqa: PLC0415

    call: Call = ctx.obj
    heeded = take_in(_room(ctx), files)
    tell_returns(call, heeded)
    withdrawn = sum(each.withdrawn and each.is_new for each in heeded)
    text = N_("letters: {count}; have nothing more because of them: {withdrawn}")
    call.terminal.line(call.say(text, count=len(heeded), withdrawn=withdrawn))
    return DONE


def unsubscribe(
    ctx: typer.Context,
    address: Annotated[
        str | None, typer.Argument(metavar=N_("ADDRESS"), help=N_("Who is to have nothing more."))
    ] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help=N_("They asked to have the bulletin again."))] = False,
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
    """See that an address has nothing more, or serve the page."""
    from pipeline.desk.mail.records import unsubscribe as withdraw  # noqa: PLC0415

    call: Call = ctx.obj
    if serve == (address is not None):
        raise typer.BadParameter(call.say(N_("name an address, or give --serve")), ctx)
    if address is None:
        return _serve(ctx, host, port)
    is_changed = withdraw(_room(ctx), address, undo=undo)
    if undo:
        text = (
            N_("{address} may have the bulletin again")
            if is_changed
            else N_("{address} did not unsubscribe here, or was forgotten: then it stays so")
        )
    else:
        text = N_("{address} has nothing more, from the next message on")
    call.terminal.line(call.say(text, address=address))
    return DONE


def forget(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar=N_("ADDRESS"), help=N_("Who is to be forgotten."))],
) -> int:
    """Forget an address."""
    from pipeline.desk.mail.records import forget as erase  # noqa: PLC0415

    call: Call = ctx.obj
    forgotten = erase(_room(ctx), address)
    text = N_("forgotten in {promises} letters and {backups} backups; nothing more will be sent there")
    call.terminal.line(call.say(text, promises=forgotten.promises, backups=forgotten.backups))
    for name, row in forgotten.lists:
        text = N_("your own list still names it: {name}, row {row}; delete the row")
        call.terminal.line(call.say(text, name=f"mail/{name}", row=row))
    if not forgotten.lists:
        text = N_("see that your own list does not name it any more; letters to it may lie in your mailbox")
        call.terminal.line(call.say(text))
    return DONE


def _serve(ctx: typer.Context, host: str, port: int) -> int:
    from pipeline.delivery.returns.unsubscribe_server import UnsubscribeServer  # noqa: PLC0415
    from pipeline.delivery.settings.reader import SETTINGS, read_publication, read_settings  # noqa: PLC0415
    from pipeline.findings.finding import DeliveryError, found  # noqa: PLC0415
    from pipeline.findings.place import Place  # noqa: PLC0415

    call: Call = ctx.obj
    workspace = workspace_of(ctx)
    settings = read_settings(workspace)
    if settings.unsubscribe is None:
        raise DeliveryError([found("E382", Place(SETTINGS))])
    own = read_publication(workspace, "")
    titles = {language: read_publication(workspace, language).title for language in own.languages}

    def told() -> None:
        call.terminal.line(call.say(N_("somebody has unsubscribed")))

    server = UnsubscribeServer(_room(ctx), titles, host, port, told)
    text = N_("listening at http://{host}:{port}/ for {address}; Ctrl-C ends it")
    call.terminal.line(call.say(text, host=host, port=server.server_address[1], address=settings.unsubscribe))
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever(poll_interval=0.2)
    return DONE


def _room(ctx: typer.Context) -> MailRoom:
    from pipeline.delivery.ledger.mail_folder import MailRoom  # noqa: PLC0415

    return MailRoom(workspace_of(ctx))
