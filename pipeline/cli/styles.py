"""The commands of styles: `bulletin style …`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.context import DONE, CommandContext, command_group, near, workspace_of
from pipeline.cli.help import Command
from pipeline.findings.translatable import N_

style = command_group("style")


@style.command(
    cls=Command,
    help=N_("Begin a style of your own in styles/: it has everything of another style but what you change."),
)
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Its name, as our-style."))],
    *,
    on: Annotated[
        str | None,
        typer.Option(
            metavar=N_("STYLE"),
            help=N_("The style to build on, as bulletin/1; that of the publication when left out."),
        ),
    ] = None,
) -> int:
    """Begin a style."""
    from pipeline.desk.intake.style_starting import new_style  # noqa: PLC0415

    context: CommandContext = ctx.obj
    begun = new_style(workspace_of(ctx), name, context.language, _base(ctx, on))
    text = N_("{path}: begun; it builds on {base}")
    base = "{} {}".format(*begun.base)
    context.terminal.line(context.say(text, path=near(begun.folder), base=base))
    text = N_(
        "write “style: {{name: {name}, version: 1}}” in issues/publication.yaml, then see it with "
        "“bulletin identity”"
    )
    context.terminal.line("  " + context.say(text, name=begun.name))
    return DONE


def _base(ctx: typer.Context, named: str | None) -> tuple[str, int] | None:
    if named is None:
        return None
    name, _, version = named.partition("/")
    if not name or not version.isdecimal():
        context: CommandContext = ctx.obj
        text = N_("“{found}” is no style; write name and version, as bulletin/1")
        raise typer.BadParameter(context.say(text, found=named), ctx)
    return name, int(version)
