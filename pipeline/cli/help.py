"""How the command is used: help, and what is wrong with a call, in the officer's language.

The library that reads arguments has English words only, so the page of help and every complaint are
worded here. Help texts of commands and options are message ids, translated when shown.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup

from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import visible
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click.core import Context

_WIDEST: Final = 96
_MARGIN: Final = 30


class Command(TyperCommand):
    """A command whose help speaks the language of the call."""

    def get_help(self, ctx: Context) -> str:
        """Return the page of help."""
        return _help(self, ctx, ())

    def get_usage(self, ctx: Context) -> str:
        """Return the line that shows how the command is called."""
        return _usage(self, ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; one too many is wrong use."""
        ctx.allow_extra_args = True
        try:
            extra: list[str] = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if extra:
            message = N_("“{found}” is one argument too many")
            raise UsageError(_said(ctx, message, found=visible(extra[0])), ctx)
        return extra


class Group(TyperGroup):
    """The command that holds the others."""

    def get_help(self, ctx: Context) -> str:
        """Return the page of help."""
        return _help(self, ctx, self.commands.values())

    def get_usage(self, ctx: Context) -> str:
        """Return the line that shows how the command is called."""
        return _usage(self, ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options that hold for every command."""
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        return rest

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that is meant; where there is none, name the nearest."""
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        message = _said(ctx, N_("there is no command “{found}”"), found=visible(args[0]))
        if guess := nearest(args[0], self.commands):
            message += "; " + _said(ctx, N_("perhaps “{guess}” is meant"), guess=guess)
        raise UsageError(message, ctx)


def usage_message(error: UsageError, language: str) -> str:
    """Say what is wrong with a call, in one line.

    Args:
        error: As the reader of arguments raised it.
        language: `bg` or `en`.
    """
    if isinstance(error, NoSuchOption):
        message = say(N_("there is no option “{found}”"), language, found=visible(error.option_name))
        if error.possibilities:
            guess = min(error.possibilities)
            message += "; " + say(N_("perhaps “{guess}” is meant"), language, guess=guess)
        return message
    if isinstance(error, BadOptionUsage):
        if _is_flag(error):
            return say(N_("the option “{found}” takes no value"), language, found=error.option_name)
        return say(N_("the option “{found}” wants a value"), language, found=error.option_name)
    if isinstance(error, MissingParameter):
        name = _name(error.param, language) if error.param else ""
        return say(N_("{name} is missing"), language, name=name)
    if isinstance(error, BadParameter) and error.param is not None:
        # Our own complaints name no parameter; of the library's, only numbers can be wrong in themselves.
        return say(N_("{name} wants a whole number"), language, name=_name(error.param, language))
    return error.message


def _said(ctx: Context, message: str, **values: object) -> str:
    return say(message, ctx.find_root().obj.language, **values)


def _is_flag(error: BadOptionUsage) -> bool:
    params: Iterable[Any] = error.ctx.command.params if error.ctx else ()
    return any(error.option_name in param.opts and param.is_flag for param in params)


def _usage(command: Any, ctx: Context) -> str:  # noqa: ANN401 - a command or a group
    options = _said(ctx, N_("OPTIONS"))
    parts = [ctx.command_path, f"[{options}]"]
    for param in command.params:
        if param.param_type_name == "argument":
            name = _name(param, ctx.find_root().obj.language)
            parts.append(name if param.required else f"[{name}]")
    if isinstance(command, Group):
        parts.append(_said(ctx, N_("COMMAND")))
    heading = _said(ctx, N_("Usage"))
    return f"{heading}: {' '.join(parts)}"


def _help(command: Any, ctx: Context, commands: Iterable[Any]) -> str:  # noqa: ANN401 - likewise
    language = ctx.find_root().obj.language
    lines = [_usage(command, ctx), ""]
    lines += textwrap.wrap(say(command.help or "", language), _WIDEST)
    rows = [(other.name, say(other.help or "", language)) for other in commands]
    lines += _rows(say(N_("Commands"), language), rows)
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    rows = [(_name(param, language), say(param.help or "", language)) for param in arguments]
    lines += _rows(say(N_("Arguments"), language), rows)
    options = [param for param in command.params if param.param_type_name == "option" and not param.hidden]
    rows = [(_name(param, language), say(param.help or "", language)) for param in options]
    rows.append(("--help", say(N_("Show this help."), language)))
    lines += _rows(say(N_("Options"), language), rows)
    return "\n".join(lines)


def _name(param: Any, language: str) -> str:  # noqa: ANN401 - an option or an argument
    metavar = say(param.metavar, language) if param.metavar else ""
    if param.param_type_name == "argument":
        return metavar or str(param.name).upper()
    name = ", ".join(param.opts)
    return name if param.is_flag else f"{name} {metavar}" + ("…" if param.multiple else "")


def _rows(heading: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    lines = ["", f"{heading}:"]
    for name, text in rows:
        start = f"  {name}".ljust(_MARGIN)
        if len(start) > _MARGIN:
            lines.append(start)
            start = " " * _MARGIN
        lines += textwrap.wrap(text, _WIDEST, initial_indent=start, subsequent_indent=" " * _MARGIN) or [
            start.rstrip()
        ]
    return lines
