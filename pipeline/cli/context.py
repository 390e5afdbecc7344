"""One call of the program: where it speaks, in which language, and which folder is meant."""

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
    """One call of the program.

    Args:
        terminal: Where it speaks.
        language: `bg` or `en`.
        today: The day, for a command that wants one.
    """

    terminal: Terminal
    language: str
    today: dt.date

    def say(self, message: str, **values: object) -> str:
        """Return a message in the language of the call."""
        return say(message, self.language, **values)


def command_group(name: str) -> typer.Typer:
    """Return a group of commands that, named alone, prints its page of help.

    Args:
        name: As it is typed.
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
    """Tell why work stopped, and return the exit status."""
    terminal.findings(error.findings, answer=False)
    terminal.aside(summary(error.findings, terminal.language))
    return INPUT_HAS_ERRORS


def start_of(ctx: typer.Context) -> Path:
    """Return the folder the workspace is looked for from."""
    given = ctx.find_root().params.get("workspace")
    return Path(given).absolute() if given is not None else Path.cwd()


def workspace_of(ctx: typer.Context) -> Workspace:
    """Return the workspace a call is about.

    Raises:
        IssueError: There is none (E85).
    """
    from pipeline.files.workspace import find_workspace  # noqa: PLC0415 - help and a wrong call answer at once

    return find_workspace(start_of(ctx))


def edition_named(ctx: typer.Context, name: str, *others: str) -> Edition:
    """Return an edition by the name an option gives.

    Args:
        ctx: Of the call.
        name: As given.
        *others: What the option takes besides, to be named among the choices.

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
    """Return a path as it is named from here, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
