"""The command `bulletin archive repair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, CommandContext, near, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.archive.repairing import UnreadableFiling

HELP = N_(
    "Put the archive in order: name a last filing that cannot be read, and take it away once that is "
    "confirmed; sweep up what an interrupted filing left, and write the index anew."
)


def repair(
    ctx: typer.Context,
    *,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm",
            metavar=N_("FILING"),
            help=N_("The filing to take away, as the command named it before: 2023-12-20/1."),
        ),
    ] = None,
) -> int:
    """Repair the archive."""
    from pipeline.desk.archive.repairing import repair as repaired  # noqa: PLC0415

    context: CommandContext = ctx.obj
    result = repaired(workspace_of(ctx), confirm)
    for name, path in result.taken.items():
        text = N_("{filing} is out of the archive; its files lie in {path}")
        context.terminal.line(context.say(text, filing=name, path=near(path)))
    left = [filing for filing in result.unreadable if filing.name not in result.taken]
    if left:
        context.terminal.findings([filing.problem for filing in left], answer=True)
    for filing in left:
        _tell_loss(context, filing)
    if not result.unreadable:
        context.terminal.line(context.say(N_("every filing can be read; the index is in order")))
    return INPUT_HAS_ERRORS if left else DONE


def _tell_loss(context: CommandContext, filing: UnreadableFiling) -> None:
    """Say what the archive would lose with a filing, and how to take it away."""
    text = N_("with filing {filing} the archive would lose these files, and when it was filed:")
    context.terminal.line(context.say(text, filing=filing.name))
    for name, size in filing.files.items():
        context.terminal.line(f"  {name}  {size / 1000:.1f} kB")
    if filing.last_day:
        text = N_("the last filing that can be read is of {day}")
        context.terminal.line(context.say(text, day=filing.last_day))
    text = N_("nothing was changed; to take it away, add: --confirm {filing}")
    context.terminal.line(context.say(text, filing=filing.name))
