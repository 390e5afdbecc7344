"""The commands of the archive: `bulletin archive …`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from pipeline.cli.archive.repairing import HELP as REPAIR_HELP
from pipeline.cli.archive.repairing import repair
from pipeline.cli.archive.search import history, search
from pipeline.cli.archive.site import HELP, site
from pipeline.cli.archive.withdrawal import WITHDRAW, print_withdrawals, withdraw
from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, CommandContext, command_group, near, workspace_of
from pipeline.cli.help import Command
from pipeline.findings.finding import errors
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

archive = command_group("archive")


@archive.command(
    cls=Command,
    help=N_(
        "Put an issue into the archive for good: every edition in every language, and all it was made from."
    ),
)
def file(
    ctx: typer.Context,
    issue: Annotated[
        str,
        typer.Argument(
            metavar=N_("ISSUE"), help=N_("The issue's folder, its date or its number (2, 2023/2).")
        ),
    ],
) -> int:
    """File an issue."""
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415

    isolate_faces()
    from pipeline.desk.archive.filing import file_issue  # noqa: PLC0415

    context: CommandContext = ctx.obj
    workspace = workspace_of(ctx)
    folder = workspace.choose_issue(issue)
    with context.terminal.progress() as progress:
        filed = file_issue(folder, workspace, context.today, progress)
    context.terminal.findings(filed.findings, answer=False)
    text = N_("{path}: filed") if filed.is_new else N_("{path}: filed already, and nothing has changed since")
    context.terminal.line(context.say(text, path=near(filed.folder)))
    if filed.findings:
        context.terminal.aside(summary(filed.findings, context.language))
    return DONE


@archive.command("list", cls=Command, help=N_("List what is filed, in the order it was filed."))
def listed(ctx: typer.Context) -> int:
    """List the filings."""
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415

    context: CommandContext = ctx.obj
    shelf = Shelf(workspace_of(ctx))
    filings = shelf.filings
    for filing in filings:
        pages = filing.pages.get(filing.pdf(), 0)
        line = context.say(
            N_("{name}  no. {number}, {pages} p., {languages}, filed {filed}: {title}"),
            name=filing.name,
            number=filing.number,
            pages=pages,
            languages=", ".join(filing.languages),
            filed=filing.filed.isoformat(),
            title=filing.title,
        )
        context.terminal.line(line)
        print_withdrawals(context, shelf, filing)
        if filing.correction is not None:
            text = N_("    corrects filing {of}: {text}")
            context.terminal.line(context.say(text, of=filing.correction.of, text=filing.correction.text))
    if not filings:
        context.terminal.line(context.say(N_("nothing is filed yet; “bulletin archive file ISSUE” does it")))
    return DONE


@archive.command(
    cls=Command, help=N_("See whether the archive is, to the last byte, what was filed; nothing is written.")
)
def verify(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("Give the findings as JSON, for programs."))
    ] = False,
) -> int:
    """Verify the archive."""
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415
    from pipeline.archive.verifying import verify as look  # noqa: PLC0415

    context: CommandContext = ctx.obj
    verified = look(Shelf(workspace_of(ctx)))
    if as_json:
        context.terminal.data(verified.findings)
    else:
        context.terminal.findings(verified.findings, answer=True)
        text = N_("filings: {filings}, files: {files}; {verdict}")
        verdict = summary(verified.findings, context.language)
        context.terminal.line(
            context.say(text, filings=verified.filings, files=verified.files, verdict=verdict)
        )
    return INPUT_HAS_ERRORS if errors(verified.findings) else DONE


@archive.command(
    cls=Command,
    help=N_(
        "Make past issues again from what was filed with them, and hold each against what was filed: "
        "identical, the same picture, or what differs and why. Nothing filed is written to."
    ),
)
def rebuild(  # noqa: PLR0913 - an option of the command each
    ctx: typer.Context,
    issues: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("ISSUE"), help=N_("The issues, by folder, date or number.")),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help=N_("Every filing of the archive."))] = False,
    from_workspace: Annotated[
        bool,
        typer.Option(
            "--from-workspace",
            help=N_("Make them from today's files, style and faces, and name what has changed since."),
        ),
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help=N_("Make each anew, even where its hashes say it is unchanged."))
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar=N_("NUMBER"),
            min=1,
            max=64,
            help=N_("Processes side by side; as many as the machine has, four at most, when left out."),
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar=N_("ADDRESS"), help=N_("A Dask scheduler whose workers do it, as tcp://machine:8786.")
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FOLDER"), help=N_("Where the files go, instead of out/ in the workspace.")),
    ] = None,
) -> int:
    """Build past issues again."""
    context: CommandContext = ctx.obj
    if bool(issues) == every:
        raise typer.BadParameter(context.say(N_("name the issues, or write --all")), ctx)
    if workers is not None and cluster is not None:
        raise typer.BadParameter(context.say(N_("write --workers or --cluster, not both")), ctx)
    from pipeline.cli.archive.output import RebuildOptions, rebuild_and_report  # noqa: PLC0415

    workspace = workspace_of(ctx)
    target = out.absolute() if out is not None else workspace.root / "out"
    options = RebuildOptions(from_workspace, fresh, workers, cluster)
    return rebuild_and_report(context, workspace, issues, out=target, options=options)


@archive.command(
    cls=Command,
    help=N_(
        "Unpack the workspace that an archive PDF carries: its files, style and faces, from which "
        "“bulletin build --fresh” makes the same PDF again."
    ),
)
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The archive PDF."))],
    *,
    to: Annotated[
        Path,
        typer.Option(
            metavar=N_("FOLDER"), help=N_("The folder to unpack into; it must not exist or be empty.")
        ),
    ],
) -> int:
    """Restore a workspace from an archive PDF."""
    from pipeline.desk.archive.restoring import restore_from  # noqa: PLC0415

    context: CommandContext = ctx.obj
    restored = restore_from(file, near(file.absolute()), to.absolute())
    text = N_("{path}: {count} files of issue {issue} restored")
    context.terminal.line(
        context.say(text, path=near(to.absolute()), count=restored.files, issue=restored.issue)
    )
    return DONE


archive.command(
    cls=Command, help=N_("Find pages of past issues on which all the words stand, in whatever form.")
)(search)
archive.command(
    cls=Command, help=N_("Tell what was said of a project, issue by issue, and its figures over time.")
)(history)
archive.command(cls=Command, help=REPAIR_HELP)(repair)
archive.command(cls=Command, help=HELP)(site)
archive.command(cls=Command, help=WITHDRAW)(withdraw)
