"""The commands of the archive: `bulletin archive …`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from pipeline.calls import DONE, WRONG_USE, Call, near
from pipeline.code_wording import N_
from pipeline.usage import Command, Group

archive = typer.Typer(
    name="archive",
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    help=N_("Past issues: what they were made from, brought back."),
)


@archive.callback(invoke_without_command=True)
def chosen(ctx: typer.Context) -> int:
    """Show what there is to choose from."""
    call: Call = ctx.obj
    if ctx.invoked_subcommand is None:
        call.terminal.line(ctx.get_help())
        return WRONG_USE
    return DONE


@archive.command(
    cls=Command,
    help=N_(
        "Unpack the workspace that an archive PDF carries: its files, style and faces, from which "
        "“bulletin build --fresh” makes the same PDF again."
    ),
)
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The archive PDF."))],
    *,
    to: Annotated[
        Path,
        typer.Option(
            metavar=N_("FOLDER"), help=N_("The folder to unpack into; it must not exist or be empty.")
        ),
    ],
) -> int:
    """Bring a workspace back."""
    from pipeline.desk.restoring import restore_from  # noqa: PLC0415

    call: Call = ctx.obj
    restored = restore_from(file, near(file.absolute()), to.absolute())
    text = N_("{path}: {count} files of issue {issue} restored")
    call.terminal.line(call.say(text, path=near(to.absolute()), count=restored.files, issue=restored.issue))
    return DONE
