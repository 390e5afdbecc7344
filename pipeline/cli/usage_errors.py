"""Messages for wrong arguments of a command, in the language of its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.cli.help import parameter_name
from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import visible
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    import typer


def usage_message(error: typer.TyperException, language: str) -> str:
    """Return the message for wrong arguments, in one line.

    typer exports only some of the exceptions it raises, so that they are known here by the names of their
    classes, which are those of click's documentation.

    Args:
        error: As typer raised it, or a `typer.BadParameter` with a message of ours.
        language: `bg` or `en`.

    Raises:
        TypeError: typer raises an exception that has no wording here; the message names it.
    """
    untyped: Any = error
    match type(error).__name__:
        case "NoSuchOption":
            message = say(N_("there is no option “{found}”"), language, found=visible(untyped.option_name))
            if untyped.possibilities:
                guess = min(untyped.possibilities)
                message += "; " + say(N_("perhaps “{guess}” is meant"), language, guess=guess)
            return message
        case "BadOptionUsage":
            if _is_flag(untyped):
                return say(N_("the option “{found}” takes no value"), language, found=untyped.option_name)
            return say(N_("the option “{found}” wants a value"), language, found=untyped.option_name)
        case "MissingParameter":
            return say(N_("{name} is missing"), language, name=parameter_name(untyped.param, language))
        case "BadParameter":
            if untyped.param is None:
                return error.message
            # Numbers are the only values whose conversion by typer can fail.
            name = parameter_name(untyped.param, language)
            return say(N_("{name} wants a whole number"), language, name=name)
        case unknown:
            message = f"typer raised {unknown}, which has no wording: {error.message}"
            raise TypeError(message)


def context_of(error: typer.TyperException) -> typer.Context | None:
    """Return the context of the command whose arguments are wrong, or None where it is not known."""
    context: typer.Context | None = getattr(error, "ctx", None)
    return context


def _is_flag(error: Any) -> bool:  # noqa: ANN401 - a class of typer's that it does not export
    params = error.ctx.command.params if error.ctx else ()
    return any(error.option_name in param.opts and param.is_flag for param in params)
