"""The command `bulletin` with all its commands.

Each command takes arguments, calls a use case of the desk, prints the result and returns its exit status.
Modules a command needs are imported when it runs, so that help and usage errors appear without delay.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated, ClassVar, Final

import typer

from pipeline.cli.context import DONE, WRONG_USE, CommandContext, refuse_missing_folder
from pipeline.cli.help import Group, LazyCommand
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import LANGUAGES


class _Bulletin(Group):
    lazy_commands: ClassVar = {
        "studio": LazyCommand(
            "pipeline.cli.studio",
            "studio",
            N_("Open the studio: write the bulletin and see its pages, in the browser of this machine."),
        ),
        "new": LazyCommand(
            "pipeline.cli.intake",
            "new",
            N_("Begin the next issue: its folder, number and date, and the projects that are still running."),
        ),
        "import": LazyCommand(
            "pipeline.cli.intake",
            "import_",
            N_(
                "Make a draft issue of texts and pictures from elsewhere, or add them to one: every "
                "paragraph, picture and link is placed, or listed as not placed."
            ),
        ),
        "check": LazyCommand(
            "pipeline.cli.intake",
            "check",
            N_(
                "Read an issue and tell everything that is wrong or doubtful. Only with --fix is anything "
                "written: typography that shows, and never a letter."
            ),
        ),
        "build": LazyCommand(
            "pipeline.cli.production",
            "build",
            N_(
                "Make the bulletin of an issue: for members, for the print shop, for the archive and for the "
                "mail, each judged before it is written."
            ),
        ),
        "preflight": LazyCommand(
            "pipeline.cli.production",
            "preflight",
            N_("Judge any PDF: what a print shop or a reader would meet. The file is only read."),
        ),
        "identity": LazyCommand(
            "pipeline.cli.production",
            "identity",
            N_(
                "Make a specimen of the look: colours and faces of the publication, a sample issue, letter "
                "and site, as a PDF and a picture."
            ),
        ),
        "style": LazyCommand(
            "pipeline.cli.styles",
            "style",
            N_("Styles of your own: begin one that builds on another, with what differs alone."),
        ),
        "schema": LazyCommand(
            "pipeline.cli.intake",
            "schema",
            N_("Print the JSON Schema of the files, with which an editor completes and checks as you write."),
        ),
        "archive": LazyCommand(
            "pipeline.cli.archive.commands",
            "archive",
            N_("Past issues: file them, make them again, verify and search them, bring them back."),
        ),
        "members": LazyCommand(
            "pipeline.cli.mail.members", "members", N_("The list of members, as the office keeps it.")
        ),
        "mail": LazyCommand(
            "pipeline.cli.mail.commands",
            "mail",
            N_("The mail: look at it, send a filed issue to every member once, and see what became of it."),
        ),
    }


_THEIR_OWN_FOLDER: Final = ("new", "studio")
"""Commands that begin a workspace, and may make its folder."""

app = typer.Typer(name="bulletin", cls=_Bulletin, add_completion=False, rich_markup_mode=None)


@app.callback(
    invoke_without_command=True,
    help=N_("Sets a bulletin from a folder of plain files: check it, build it, begin the next issue."),
)
def bulletin(
    ctx: typer.Context,
    *,
    workspace: Annotated[  # noqa: ARG001 - read where it is needed
        Path | None,
        typer.Option(
            metavar=N_("FOLDER"),
            help=N_(
                "The folder that holds issues/publication.yaml; otherwise the nearest one upward from here."
            ),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            metavar=N_("LANGUAGE"),
            help=N_("The language of messages: bg or en; otherwise that of the system."),
        ),
    ] = None,
    debug: Annotated[  # noqa: ARG001 - read in `main`, before any error can occur
        bool, typer.Option("--debug", help=N_("Show the whole trace when the program itself fails."))
    ] = False,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and finish."))] = False,
) -> int:
    """Check the options that hold for every command."""
    context: CommandContext = ctx.obj
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(
            context.say(
                N_("“{found}” is not among the choices: {choices}"), found=language, choices="bg, en"
            ),
            ctx,
        )
    if ctx.invoked_subcommand not in _THEIR_OWN_FOLDER:
        refuse_missing_folder(ctx)
    if version:
        context.terminal.line(f"bulletin {_version(context)}")
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        context.terminal.line(ctx.get_help())
        return WRONG_USE
    return DONE


def _version(context: CommandContext) -> str:
    from importlib import metadata  # noqa: PLC0415

    try:
        return metadata.version("bulletin-press")
    except metadata.PackageNotFoundError:
        return context.say(N_("(run from its sources)"))
