"""The commands: arguments in, a use case of the desk called, what it gave told.

Each returns its exit status. What a command needs is loaded when it runs, so that help and a wrong
call answer at once.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.archive import archive
from pipeline.cli.context import (
    DONE,
    INPUT_HAS_ERRORS,
    WRONG_USE,
    Call,
    edition_named,
    near,
    start_of,
    workspace_of,
)
from pipeline.cli.help import Command, Group
from pipeline.cli.importing import Files, take_in
from pipeline.cli.mail import mail
from pipeline.cli.members import members
from pipeline.findings.finding import BulletinError, errors
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import LANGUAGES, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition

_PAPERS: Final = {
    "coated": N_("paper assumed: coated, profile {identifier}, at most {ink_limit} % of ink"),
    "uncoated": N_("paper assumed: uncoated, profile {identifier}, at most {ink_limit} % of ink"),
}

app = typer.Typer(name="bulletin", cls=Group, add_completion=False, rich_markup_mode=None)
app.add_typer(archive)
app.add_typer(members)
app.add_typer(mail)


@app.callback(
    invoke_without_command=True,
    help=N_("Sets a bulletin from a folder of plain files: check it, build it, begin the next issue."),
)
def bulletin(
    ctx: typer.Context,
    *,
    workspace: Annotated[
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
    debug: Annotated[  # noqa: ARG001 - read before, where no error can escape it
        bool, typer.Option("--debug", help=N_("Show the whole trace when the program itself fails."))
    ] = False,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and finish."))] = False,
) -> int:
    """Take what holds for every command."""
    call: Call = ctx.obj
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(
            call.say(N_("“{found}” is not among the choices: {choices}"), found=language, choices="bg, en"),
            ctx,
        )
    if workspace is not None and not workspace.is_dir() and ctx.invoked_subcommand != "new":
        raise typer.BadParameter(call.say(N_("there is no folder “{found}”"), found=workspace), ctx)
    if version:
        call.terminal.line(f"bulletin {_version(call)}")
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        call.terminal.line(ctx.get_help())
        return WRONG_USE
    return DONE


_Issue = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ISSUE"),
        help=N_("The issue's folder, its date or its number (2, 2023/2); the newest when left out."),
    ),
]


@app.command(
    cls=Command,
    help=N_("Begin the next issue: its folder, number and date, and the projects that are still running."),
)
def new(
    ctx: typer.Context,
    date: Annotated[
        str | None,
        typer.Option(
            metavar=N_("DATE"), help=N_("The date of the issue, as 2023-12-20; today when left out.")
        ),
    ] = None,
) -> int:
    """Begin the next issue."""
    from pipeline.desk.intake.starting import new as begin  # noqa: PLC0415

    call: Call = ctx.obj
    started = begin(start_of(ctx), _date(ctx, date) or call.today, call.language)
    if started.publication is not None:
        text = N_("{path}: made; write the name, the address and the team of your publication in it")
        call.terminal.line(call.say(text, path=near(started.publication)))
    text = N_("{path}: issue {number} of {date} begun")
    call.terminal.line(
        call.say(text, path=near(started.folder), number=started.number, date=started.folder.name)
    )
    if started.carried:
        text = N_("carried over, to be brought up to date: {names}")
        call.terminal.line("  " + call.say(text, names=", ".join(started.carried)))
    if started.corrections:
        text = N_("corrections offered, to be kept or taken out: {names}")
        call.terminal.line("  " + call.say(text, names=", ".join(started.corrections)))
    return DONE


@app.command(
    "import",
    cls=Command,
    help=N_(
        "Make a draft issue of texts and pictures from elsewhere, or add them to one: every paragraph, "
        "picture and link is placed, or listed as not placed."
    ),
)
def import_(
    ctx: typer.Context,
    files: Files,
    *,
    date: Annotated[
        str | None,
        typer.Option(
            metavar=N_("DATE"),
            help=N_("The date of the issue, as 2023-12-20; when left out, the one the text gives."),
        ),
    ] = None,
) -> int:
    """Import texts and pictures."""
    return take_in(ctx, files, _date(ctx, date))


@app.command(
    cls=Command,
    help=N_(
        "Read an issue and tell everything that is wrong or doubtful. Only with --fix is anything written: "
        "typography that shows, and never a letter."
    ),
)
def check(
    ctx: typer.Context,
    issue: _Issue = None,
    *,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=N_("Set quotes, dashes, ranges, decimals and spaces in the files, and show what changed."),
        ),
    ] = False,
    no_spelling: Annotated[
        bool, typer.Option("--no-spelling", help=N_("Look no words up in a dictionary."))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("Give the findings as JSON, for programs."))
    ] = False,
) -> int:
    """Check an issue."""
    from pipeline.desk.intake.checking import check as look  # noqa: PLC0415

    call: Call = ctx.obj
    if fix and not as_json:
        _fixed(ctx, issue)
    findings: Iterable[Finding]
    name = ""
    try:
        workspace = workspace_of(ctx)
        folder = workspace.choose_issue(issue)
        name = folder.relative_to(workspace.root).as_posix()
        findings = look(folder, workspace, spelling=not no_spelling)
    except BulletinError as error:
        findings = error.findings
    found = tuple(findings)
    if as_json:
        call.terminal.data(found)
    else:
        call.terminal.findings(found, answer=True)
        counted = summary(found, call.language)
        call.terminal.line(f"{name}: {counted}" if name else counted)
    return INPUT_HAS_ERRORS if errors(found) else DONE


@app.command(
    cls=Command,
    help=N_(
        "Make the bulletin of an issue: for members, for the print shop, for the archive and for the mail, "
        "each judged before it is written."
    ),
)
def build(  # noqa: PLR0913 - an option of the command each
    ctx: typer.Context,
    issue: _Issue = None,
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
    call: Call = ctx.obj
    editions = _editions(ctx, edition or [])
    if imposition not in {None, "booklet"}:
        message = N_("“{found}” is not among the choices: {choices}")
        raise typer.BadParameter(call.say(message, found=imposition, choices="booklet"), ctx)
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
    with call.terminal.progress() as progress:
        built = make(request, progress)
    call.terminal.findings(built.findings, answer=False)
    for path in built.paths:
        call.terminal.line(near(path))
    if built.findings:
        call.terminal.aside(summary(built.findings, call.language))
    return DONE


@app.command(
    cls=Command,
    help=N_("Judge any PDF: what a print shop or a reader would meet. The file is only read."),
)
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
    """Judge a PDF."""
    call: Call = ctx.obj
    chosen = edition_named(ctx, edition)
    from pipeline.desk.production.preflighting import preflight_file  # noqa: PLC0415

    judged = preflight_file(file, near(file.absolute()), chosen, _workspace_or_none(ctx))
    if as_json:
        call.terminal.data(judged.findings)
    else:
        call.terminal.findings(judged.findings, answer=True)
        if judged.condition is not None:
            call.terminal.line(call.say(_PAPERS[judged.condition.paper], **judged.condition._asdict()))
        call.terminal.line(f"{file}: {summary(judged.findings, call.language)}")
    return INPUT_HAS_ERRORS if errors(judged.findings) else DONE


@app.command(
    cls=Command,
    help=N_("Print the JSON Schema of the files, with which an editor completes and checks as you write."),
)
def schema(ctx: typer.Context) -> int:
    """Print the schema."""
    from pipeline.desk.intake.schema import schema as describe  # noqa: PLC0415

    call: Call = ctx.obj
    call.terminal.line(json.dumps(describe(), ensure_ascii=False, indent=2))
    return DONE


def _date(ctx: typer.Context, written: str | None) -> dt.date | None:
    from pipeline.models.values.written_dates import date_parts  # noqa: PLC0415

    if written is None:
        return None
    year, month, day = date_parts(written.strip()) or (0, None, None)
    try:
        return dt.date(year, month or 0, day or 0)
    except ValueError:
        message = N_("“{found}” is not a date; write it as 2023-12-20 or 20.12.2023")
        call: Call = ctx.obj
        raise typer.BadParameter(call.say(message, found=written), ctx) from None


def _workspace_or_none(ctx: typer.Context) -> Workspace | None:
    """Return the workspace around, which a stranger's file can do without."""
    from pipeline.files.workspace import PUBLICATION  # noqa: PLC0415

    start = start_of(ctx)
    if not any((folder / PUBLICATION).is_file() for folder in (start, *start.parents)):
        return None
    return workspace_of(ctx)


def _fixed(ctx: typer.Context, issue: str | None) -> None:
    """Set the typography of the files, and show each line before and after."""
    from pipeline.desk.intake.fixing import fix  # noqa: PLC0415
    from pipeline.findings.wording.excerpts import differing  # noqa: PLC0415

    call: Call = ctx.obj
    workspace = workspace_of(ctx)
    mended = fix(workspace.choose_issue(issue), workspace)
    for each in mended:
        for number, old, new in each.lines:
            before, after = differing(old, new)
            call.terminal.line(f"{each.path}:{number}:\n  - {before}\n  + {after}")
    count = sum(len(each.lines) for each in mended)
    call.terminal.line(call.say(N_("lines changed: {count}"), count=count))


def _editions(ctx: typer.Context, wanted: list[str]) -> tuple[Edition, ...]:
    from pipeline.models.editions import EDITIONS, MAIL  # noqa: PLC0415

    named = dict.fromkeys(wanted or EDITIONS)
    return tuple(edition_named(ctx, name, MAIL) for name in named if name != MAIL)


def _version(call: Call) -> str:
    from importlib import metadata  # noqa: PLC0415

    try:
        return metadata.version("bulletin-press")
    except metadata.PackageNotFoundError:
        return call.say(N_("(run from its sources)"))
