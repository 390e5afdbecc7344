"""The command `bulletin`: runs it with arguments, reports every error, returns the exit status."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.cli.terminal import Terminal
from pipeline.findings.finding import BulletinError, PressError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import message_language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_USE: Final = 2
OUR_BUG: Final = 3
STOPPED: Final = 130
"""128 and the number of SIGINT, as a shell counts it."""

_DISK_SAYS_NO: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS})
"""Errors of the system that are no fault of the program, wherever they are met."""

_WITH_VALUE: Final = ("--workspace", "--language")
_FLAGS: Final = ("--debug", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Without the program's name; those of the process when None.

    Returns:
        0 done, 1 the input has errors, 2 wrong use, 3 a bug of the program, 130 stopped by Ctrl-C.
    """
    # Plugins of Pydantic installed on the machine must not change how files are read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    in_order = globals_first(sys.argv[1:] if arguments is None else arguments)
    language = message_language(_value_of("--language", in_order), os.environ)
    terminal = Terminal(language)
    try:
        return _run(in_order, terminal)
    except KeyboardInterrupt:
        terminal.aside(say(N_("stopped; nothing is left half-written"), language))
        return STOPPED
    except Exception as error:  # noqa: BLE001 - an officer gets a message, never a traceback
        if "--debug" in in_order:
            terminal.aside(traceback.format_exc())
        terminal.aside(
            say(
                N_("This is a fault of the program, not of yours: {error}"),
                language,
                error=f"{type(error).__name__}: {error}",
            )
        )
        text = N_(
            "Please send us these lines and the issue's folder; with --debug they say where it happened."
        )
        terminal.aside(say(text, language))
        return OUR_BUG
    finally:
        terminal.close()


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the options that hold for every command in front.

    An officer writes `bulletin check --language bg` as readily as `bulletin --language bg check`.
    """
    in_front: list[str] = []
    rest: list[str] = []
    remaining = list(arguments)
    while remaining:
        word = remaining.pop(0)
        if word == "--":
            return [*in_front, *rest, word, *remaining]
        if word in _FLAGS or word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            in_front.append(word)
        elif word in _WITH_VALUE and remaining:
            in_front += [word, remaining.pop(0)]
        else:
            rest.append(word)
    return [*in_front, *rest]


def _run(arguments: list[str], terminal: Terminal) -> int:
    import typer  # noqa: PLC0415 - Ctrl-C is handled while it loads

    from pipeline.cli.commands import app  # noqa: PLC0415
    from pipeline.cli.context import CommandContext, show_errors  # noqa: PLC0415
    from pipeline.cli.usage_errors import context_of, usage_message  # noqa: PLC0415

    language = terminal.language
    context = CommandContext(terminal, language, dt.date.today())  # noqa: DTZ011 - the officer's own day
    command = typer.main.get_command(app)
    try:
        status = command.main(arguments, prog_name="bulletin", standalone_mode=False, obj=context)
    except typer.TyperException as error:
        message = usage_message(error, language)
        ctx = context_of(error)
        if ctx is not None:
            terminal.aside(ctx.get_usage())
        terminal.aside(f"{say(N_('error'), language)}: {message}")
        path = ctx.command_path if ctx is not None else "bulletin"
        terminal.aside(say(N_("“{command} --help” shows how it is used"), language, command=path))
        return WRONG_USE
    except BulletinError as error:
        return show_errors(error, terminal)
    except OSError as error:
        # Libraries write to the folder for temporary files, which is as full as any other.
        if error.errno not in _DISK_SAYS_NO:
            raise
        name = Path(str(error.filename)).name if error.filename else tempfile.gettempdir()
        finding = found("E83", None, name=name, problem=os.strerror(error.errno))
        return show_errors(PressError([finding]), terminal)
    if status == STOPPED:
        # typer turns KeyboardInterrupt into an exit status.
        raise KeyboardInterrupt
    return int(status or 0)


def _value_of(name: str, arguments: Sequence[str]) -> str | None:
    """Return the value of an option before arguments are parsed: parsing errors need the language too."""
    for index, word in enumerate(arguments):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and index + 1 < len(arguments):
            return arguments[index + 1]
        if word == "--":
            break
    return None
