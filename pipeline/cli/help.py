"""Help pages and the reading of arguments, in the language of the command's context.

typer has English texts only, so its help pages are replaced here and its error messages in `usage_errors`.
Help texts of commands and options are message ids, translated when shown.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import textwrap
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import visible
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# typer's methods take and return classes that it does not export; of its context, a subclass alone.
_Context: TypeAlias = Any
_Command: TypeAlias = Any
_Parameter: TypeAlias = Any

_WIDEST: Final = 96
_MARGIN: Final = 30


class LazyCommand(NamedTuple):
    """A command or a group of commands whose module is imported only when it is used.

    Args:
        module: Name of the module.
        attribute: The name in it of the command's function, or of the `typer.Typer` of the group.
        help: What the command or the group is for; a message id.
    """

    module: str
    attribute: str
    help: str


class Command(TyperCommand):
    """A command with localised help."""

    def get_help(self, ctx: _Context) -> str:
        """Return the help page."""
        return _help(self, ctx)

    def get_usage(self, ctx: _Context) -> str:
        """Return the line that shows how the command is used."""
        return _usage(self, ctx)

    def parse_args(self, ctx: _Context, args: list[str]) -> list[str]:
        """Read the arguments; one too many is wrong use."""
        ctx.allow_extra_args = True
        with _errors_about(ctx):
            extra = super().parse_args(ctx, args)
        if extra:
            message = N_("“{found}” is one argument too many")
            raise typer.BadParameter(_say(ctx, message, found=visible(extra[0])), ctx)
        return extra


class Group(TyperGroup):
    """A group of commands, some of which are imported only when they are used."""

    lazy_commands: ClassVar[Mapping[str, LazyCommand]] = {}

    def get_help(self, ctx: _Context) -> str:
        """Return the help page."""
        return _help(self, ctx)

    def get_usage(self, ctx: _Context) -> str:
        """Return the line that shows how the command is used."""
        return _usage(self, ctx)

    def parse_args(self, ctx: _Context, args: list[str]) -> list[str]:
        """Read the options that hold for every command."""
        with _errors_about(ctx):
            return super().parse_args(ctx, args)

    def get_command(self, ctx: _Context, cmd_name: str) -> _Command:
        """Return a command by its name, or None; a lazy one is imported now."""
        lazy = self.lazy_commands.get(cmd_name)
        return super().get_command(ctx, cmd_name) if lazy is None else _loaded(cmd_name, lazy)

    def resolve_command(self, ctx: _Context, args: list[str]) -> tuple[str | None, _Command, list[str]]:
        """Find the command that is meant; where there is none, name the nearest."""
        names = [name for name, _ in self.help_rows()]
        if args[0] in names or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        message = _say(ctx, N_("there is no command “{found}”"), found=visible(args[0]))
        if guess := nearest(args[0], names):
            message += "; " + _say(ctx, N_("perhaps “{guess}” is meant"), guess=guess)
        raise typer.BadParameter(message, ctx)

    def help_rows(self) -> list[tuple[str, str]]:
        """Return each command's name and what it is for, in the order of the help page."""
        rows = [(name, command.help or "") for name, command in self.commands.items()]
        return rows + [(name, lazy.help) for name, lazy in self.lazy_commands.items()]


@contextlib.contextmanager
def _errors_about(ctx: typer.Context) -> Iterator[None]:
    """Give an error the context it arose in, where typer's parser does not know it."""
    try:
        yield
    except typer.TyperException as error:
        untyped: Any = error
        untyped.ctx = untyped.ctx or ctx
        raise


@functools.cache
def _loaded(name: str, lazy: LazyCommand) -> _Command:
    imported = getattr(importlib.import_module(lazy.module), lazy.attribute)
    if isinstance(imported, typer.Typer):
        app = imported
    else:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name, cls=Command)(imported)
    command: _Command = typer.main.get_command(app)
    command.help = lazy.help
    return command


def parameter_name(param: _Parameter, language: str) -> str:
    """Return how an option or an argument is written on a help page.

    Args:
        param: One of `params` of a command.
        language: `bg` or `en`.
    """
    metavar = say(param.metavar, language) if param.metavar else ""
    if param.param_type_name == "argument":
        return metavar or str(param.name).upper()
    name = ", ".join(param.opts)
    return name if param.is_flag else f"{name} {metavar}" + ("…" if param.multiple else "")


def _say(ctx: typer.Context, message: str, **values: object) -> str:
    return say(message, ctx.find_root().obj.language, **values)


def _usage(command: _Command, ctx: typer.Context) -> str:
    options = _say(ctx, N_("OPTIONS"))
    parts = [ctx.command_path, f"[{options}]"]
    for param in command.params:
        if param.param_type_name == "argument":
            name = parameter_name(param, ctx.find_root().obj.language)
            parts.append(name if param.required else f"[{name}]")
    if isinstance(command, Group):
        parts.append(_say(ctx, N_("COMMAND")))
    heading = _say(ctx, N_("Usage"))
    return f"{heading}: {' '.join(parts)}"


def _help(command: _Command, ctx: typer.Context) -> str:
    language = ctx.find_root().obj.language
    lines = [_usage(command, ctx), ""]
    lines += textwrap.wrap(say(command.help or "", language), _WIDEST)
    if isinstance(command, Group):
        rows = [(name, say(about, language)) for name, about in command.help_rows()]
        lines += _rows(say(N_("Commands"), language), rows)
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    rows = [(parameter_name(param, language), say(param.help or "", language)) for param in arguments]
    lines += _rows(say(N_("Arguments"), language), rows)
    options = [param for param in command.params if param.param_type_name == "option" and not param.hidden]
    rows = [(parameter_name(param, language), say(param.help or "", language)) for param in options]
    rows.append(("--help", say(N_("Show this help."), language)))
    lines += _rows(say(N_("Options"), language), rows)
    return "\n".join(lines)


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
