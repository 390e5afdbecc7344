"""The commands of production: `bulletin build` and `bulletin preflight`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.context import (
    DONE,
    INPUT_HAS_ERRORS,
    CommandContext,
    IssueArgument,
    edition_named,
    near,
    start_of,
    workspace_of,
)
from pipeline.findings.finding import errors
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace
    from pipeline.models.editions import Edition

_PAPERS: Final = {
    "coated": N_("paper assumed: coated, profile {identifier}, at most {ink_limit} % of ink"),
    "uncoated": N_("paper assumed: uncoated, profile {identifier}, at most {ink_limit} % of ink"),
}


def build(  # noqa: PLR0913 - an option of the command each
    ctx: typer.Context,
    issue: IssueArgument = None,
    *,
    edition: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("EDITION"),
            help=N_(
                "Which edition to make: screen, press, archive or mail; all of them when left out. May be "
                "repeated."
            ),
        ),
    ] = None,
    issue_language: Annotated[
        str | None,
        typer.Option(
            metavar=N_("LANGUAGE"),
            help=N_("Which translation to make, as en; the issue's own when left out."),
        ),
    ] = None,
    imposition: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FORM"),
            help=N_("Put the pages on sheets as well: booklet, folded once, for an office printer."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FOLDER"), help=N_("Where the files go, instead of out/ in the workspace.")),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help=N_("Mark every page as a draft."))] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help=N_("Make everything anew, take nothing from the cache."))
    ] = False,
) -> int:
    """Build an issue."""
    context: CommandContext = ctx.obj
    editions = _editions(ctx, edition or [])
    if imposition not in {None, "booklet"}:
        message = N_("“{found}” is not among the choices: {choices}")
        raise typer.BadParameter(context.say(message, found=imposition, choices="booklet"), ctx)
    # Fontconfig reads its configuration once, so this comes before anything that may load it.
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415

    isolate_faces()
    from pipeline.desk.production.build_request import BuildRequest  # noqa: PLC0415
    from pipeline.desk.production.building import build as make  # noqa: PLC0415
    from pipeline.models.editions import MAIL  # noqa: PLC0415

    workspace = workspace_of(ctx)
    folder = workspace.choose_issue(issue)
    target = out.absolute() if out is not None else workspace.root / "out"
    request = BuildRequest(
        folder,
        workspace,
        target,
        language=issue_language,
        editions=editions,
        draft=draft,
        fresh=fresh,
        booklet=imposition is not None,
        mail=not edition or MAIL in edition,
    )
    with context.terminal.progress() as progress:
        built = make(request, progress)
    context.terminal.findings(built.findings, answer=False)
    for path in built.paths:
        context.terminal.line(near(path))
    if built.findings:
        context.terminal.aside(summary(built.findings, context.language))
    return INPUT_HAS_ERRORS if errors(built.findings) else DONE


def preflight(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The PDF."))],
    *,
    edition: Annotated[
        str,
        typer.Option(metavar=N_("EDITION"), help=N_("What it is judged as: screen, press or archive.")),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("Give the findings as JSON, for programs."))
    ] = False,
) -> int:
    """Check a PDF."""
    context: CommandContext = ctx.obj
    chosen = edition_named(ctx, edition)
    from pipeline.desk.production.preflighting import preflight_file  # noqa: PLC0415

    result = preflight_file(file, near(file.absolute()), chosen, _workspace_or_none(ctx))
    if as_json:
        context.terminal.data(result.findings)
    else:
        context.terminal.findings(result.findings, answer=True)
        if result.condition is not None:
            context.terminal.line(context.say(_PAPERS[result.condition.paper], **result.condition._asdict()))
        context.terminal.line(f"{file}: {summary(result.findings, context.language)}")
        families = ", ".join(context.say(family) for family in result.not_judged)
        context.terminal.aside(context.say(N_("not judged here: {families}"), families=families))
    return INPUT_HAS_ERRORS if errors(result.findings) else DONE


def identity(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FOLDER"), help=N_("Where the files go, instead of out/ in the workspace.")),
    ] = None,
) -> int:
    """Make a specimen of the look."""
    context: CommandContext = ctx.obj
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415 - before anything loads fontconfig

    isolate_faces()
    from pipeline.desk.specimen.specimen import make_specimen  # noqa: PLC0415

    workspace = workspace_of(ctx)
    target = out.absolute() if out is not None else workspace.root / "out"
    with context.terminal.progress() as progress:
        made = make_specimen(workspace, target, progress, context.language)
    context.terminal.findings(made.findings, answer=False)
    for path in made.paths:
        context.terminal.line(near(path))
    return DONE


def _workspace_or_none(ctx: typer.Context) -> Workspace | None:
    """Return the workspace, or None: a PDF from elsewhere can be checked without one."""
    from pipeline.files.workspace import nearest_workspace  # noqa: PLC0415

    return nearest_workspace(start_of(ctx))


def _editions(ctx: typer.Context, names: list[str]) -> tuple[Edition, ...]:
    from pipeline.models.editions import EDITIONS, MAIL  # noqa: PLC0415

    chosen = dict.fromkeys(names or EDITIONS)
    return tuple(edition_named(ctx, name, MAIL) for name in chosen if name != MAIL)
