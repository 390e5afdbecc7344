"""Commands that end what is unfinished: `bulletin mail cancel|reconcile`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import DONE, CommandContext, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.delivery.ledger.mail_folder import MailFolder


def cancel(
    ctx: typer.Context,
    *,
    confirm: Annotated[
        int | None,
        typer.Option(
            "--confirm", metavar="N", help=N_("How many are not to be sent, as the command said before.")
        ),
    ] = None,
) -> int:
    """Cancel a mailing."""
    from pipeline.cli.mail.output import show_counts, show_mailing  # noqa: PLC0415
    from pipeline.desk.mail.ending import cancel as cancel_mailing  # noqa: PLC0415

    context: CommandContext = ctx.obj
    cancelled = cancel_mailing(_mail_folder(ctx), confirm)
    show_mailing(context, cancelled.mailing)
    show_counts(context, cancelled.state_counts)
    text = (
        N_("cancelled: {count}; what was sent stays sent")
        if cancelled.is_done
        else N_("nothing was changed; to leave {count} unsent for good, add: --confirm {count}")
    )
    context.terminal.line(context.say(text, count=cancelled.letters))
    return DONE


def reconcile(
    ctx: typer.Context,
    *,
    newer: Annotated[
        Path | None,
        typer.Option(
            "--newer", metavar=N_("FILE"), help=N_("A newer copy of ledger.sqlite; it is only read.")
        ),
    ] = None,
    confirm: Annotated[
        int | None,
        typer.Option(
            "--confirm", metavar="N", help=N_("How many letters it concerns, as the command said before.")
        ),
    ] = None,
) -> int:
    """Bring an older copy of the ledger up to date."""
    from pipeline.cli.mail.output import show_counts  # noqa: PLC0415
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.ending import reconcile as reconcile_ledger  # noqa: PLC0415

    context: CommandContext = ctx.obj
    show = context.terminal.line
    done = reconcile_ledger(_mail_folder(ctx), newer, confirm)
    show(context.say(N_("letters of which more is known than in this copy: {count}"), count=done.letters))
    show_counts(context, {state: done.state_counts.get(state, 0) for state in State})
    if not done.is_whole:
        show(context.say(N_("nobody knows all that was sent since: what was still to go is unknown now")))
    if not done.is_done:
        text = N_("nothing was changed; to take this over, add: --confirm {count}")
        show(context.say(text, count=done.letters))
        return DONE
    show(context.say(N_("taken over; mail can be sent again")))
    if done.state_counts.get(State.UNKNOWN):
        show(context.say(N_("“bulletin mail unknown” names those to be settled by what the server knows")))
    return DONE


def _mail_folder(ctx: typer.Context) -> MailFolder:
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415

    return MailFolder(workspace_of(ctx))
