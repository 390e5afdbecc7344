"""The command `bulletin studio`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.context import DONE, CommandContext, near, refuse_missing_folder, start_of
from pipeline.findings.translatable import N_


def studio(
    ctx: typer.Context,
    *,
    port: Annotated[
        int,
        typer.Option(
            metavar=N_("PORT"),
            min=0,
            max=65535,
            help=N_("The port on this machine, as 8620; any that is free when left out."),
        ),
    ] = 0,
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help=N_("Open no browser, and print the link on a line of its own.")),
    ] = False,
    install: Annotated[
        bool,
        typer.Option(
            "--install",
            help=N_("Put an icon on the desktop that opens the studio of this folder, and finish."),
        ),
    ] = False,
) -> int:
    """Open the studio."""
    from pipeline.files.workspace import workspace_unless_new  # noqa: PLC0415 - help and a wrong call answer at once
    from pipeline.files.writing.atomic import make_folder  # noqa: PLC0415
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415
    from pipeline.studio.serving.studio import StudioRequest, put_icon, run_studio  # noqa: PLC0415

    context: CommandContext = ctx.obj
    # An icon is put where the bulletin is to be; a studio is not opened where its folder has gone.
    if install:
        make_folder(start_of(ctx))
    refuse_missing_folder(ctx)
    workspace = workspace_unless_new(start_of(ctx))
    root = workspace.root if workspace is not None else start_of(ctx)
    is_asked = ctx.find_root().params.get("language") is not None
    if install:
        for path in put_icon(root, context.language, is_asked=is_asked):
            context.terminal.line(context.say(N_("{path}: written"), path=near(path)))
        return DONE
    isolate_faces()
    request = StudioRequest(
        root,
        port,
        opens_browser=not no_browser,
        language=context.language,
        is_asked=is_asked,
        today=context.today,
        shows_traces=bool(ctx.find_root().params.get("debug")),
    )
    if run_studio(request, context.terminal.line):
        raise KeyboardInterrupt
    return DONE
