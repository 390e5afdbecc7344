"""The command `bulletin archive site`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from pipeline.cli.context import DONE, CommandContext, near, workspace_of
from pipeline.findings.translatable import N_

HELP = N_(
    "Make the archive a small site of plain files: every issue as a page, its PDFs, a feed and a search, "
    "with nothing from elsewhere."
)


def site(
    ctx: typer.Context,
    *,
    to: Annotated[
        Path,
        typer.Option(
            metavar=N_("FOLDER"),
            help=N_("The folder the site goes into; a site that is there already is replaced whole."),
        ),
    ],
    address: Annotated[
        str,
        typer.Option(metavar=N_("ADDRESS"), help=N_("Where the site will lie, as https://example.org/.")),
    ] = "",
) -> int:
    """Build the site."""
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415 - a house's drawn logo is looked at

    isolate_faces()
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415
    from pipeline.desk.archive.site_publishing import publish  # noqa: PLC0415

    context: CommandContext = ctx.obj
    shelf = Shelf(workspace_of(ctx))
    with context.terminal.progress() as progress:
        published = publish(shelf, to.absolute(), address, progress)
    text = N_("{path}: issues: {issues}, files: {files}")
    context.terminal.line(
        context.say(text, path=near(to.absolute()), issues=published.issues, files=published.files)
    )
    return DONE
