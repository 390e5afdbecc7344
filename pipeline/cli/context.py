"""The context of a command: terminal, language and date, and the workspace it works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from pipeline.cli.help import Group
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say, summary

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.cli.terminal import Terminal
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import BulletinError
    from pipeline.models.editions import Edition

DONE: Final = 0
INPUT_HAS_ERRORS: Final = 1
WRONG_USE: Final = 2


IssueArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ISSUE"),
        help=N_("The issue's folder, its date or its number (2, 2023/2); the newest when left out."),
    ),
]


class CommandContext(NamedTuple):
    """Context of one call of the program.

    Args:
        terminal: The terminal.
        language: Language of messages: `bg` or `en`.
        today: Today's date.
    """

    terminal: Terminal
    language: str
    today: dt.date

    def say(self, message: str, **values: object) -> str:
        """Return a message in the language of the context."""
        return say(message, self.language, **values)


def command_group(name: str) -> typer.Typer:
    """Return a group of commands that prints its help page when called without a command.

    Args:
        name: Name of the group.
    """
    group = typer.Typer(name=name, cls=Group, add_completion=False, rich_markup_mode=None)

    @group.callback(invoke_without_command=True)
    def show_help(ctx: typer.Context) -> int:
        if ctx.invoked_subcommand is not None:
            return DONE
        ctx.obj.terminal.line(ctx.get_help())
        return WRONG_USE

    return group


def show_errors(error: BulletinError, terminal: Terminal) -> int:
    """Print the findings of an error, and return the exit status."""
    terminal.findings(error.findings, answer=False)
    terminal.aside(summary(error.findings, terminal.language))
    return INPUT_HAS_ERRORS


def start_of(ctx: typer.Context) -> Path:
    """Return the folder where the search for the workspace begins: `--workspace` or the current one."""
    workspace = ctx.find_root().params.get("workspace")
    return Path(workspace).absolute() if workspace is not None else Path.cwd()


def refuse_missing_folder(ctx: typer.Context) -> None:
    """Raise BadParameter where the folder that `--workspace` names is not there."""
    workspace = ctx.find_root().params.get("workspace")
    if workspace is not None and not Path(workspace).is_dir():
        context: CommandContext = ctx.obj
        raise typer.BadParameter(context.say(N_("there is no folder “{found}”"), found=workspace), ctx)


def workspace_of(ctx: typer.Context) -> Workspace:
    """Return the workspace of a command.

    Raises:
        IssueError: There is none (E85).
    """
    from pipeline.files.workspace import find_workspace  # noqa: PLC0415 - help and a wrong call answer at once

    return find_workspace(start_of(ctx))


def edition_named(ctx: typer.Context, name: str, *others: str) -> Edition:
    """Return an edition by the name an option gives.

    Args:
        ctx: Context of the command.
        name: Value of the option.
        *others: Further values the option takes, for the message.

    Raises:
        BadParameter: There is none of that name.
    """
    from pipeline.models.editions import EDITIONS  # noqa: PLC0415 - likewise

    if name not in EDITIONS:
        message = N_("“{found}” is not among the choices: {choices}")
        context: CommandContext = ctx.obj
        raise typer.BadParameter(
            context.say(message, found=name, choices=", ".join([*EDITIONS, *others])), ctx
        )
    return EDITIONS[name]


def near(path: Path) -> str:
    """Return a path relative to the current folder if it lies below it."""
    current = Path.cwd()
    return str(path.relative_to(current) if path.is_relative_to(current) else path)
