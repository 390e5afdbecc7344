"""The commands of intake: `bulletin new`, `import`, `check` and `schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import (
    DONE,
    INPUT_HAS_ERRORS,
    CommandContext,
    IssueArgument,
    near,
    start_of,
    workspace_of,
)
from pipeline.cli.importing import Files, take_in
from pipeline.findings.finding import BulletinError, errors
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pipeline.findings.finding import Finding


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

    context: CommandContext = ctx.obj
    started = begin(start_of(ctx), _date(ctx, date) or context.today, context.language)
    if started.publication is not None:
        text = N_("{path}: made; write the name, the address and the team of your publication in it")
        context.terminal.line(context.say(text, path=near(started.publication)))
    text = N_("{path}: issue {number} of {date} begun")
    context.terminal.line(
        context.say(text, path=near(started.folder), number=started.number, date=started.folder.name)
    )
    if started.carried:
        text = N_("carried over, to be brought up to date: {names}")
        context.terminal.line("  " + context.say(text, names=", ".join(started.carried)))
    if started.corrections:
        text = N_("corrections offered, to be kept or taken out: {names}")
        context.terminal.line("  " + context.say(text, names=", ".join(started.corrections)))
    return DONE


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


def check(
    ctx: typer.Context,
    issue: IssueArgument = None,
    *,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=N_(
                "Set quotes, dashes, ranges, decimals and spaces in the files, take out of pictures what "
                "they tell besides what they show, and say what changed."
            ),
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

    context: CommandContext = ctx.obj
    if fix and not as_json:
        _fix(ctx, issue)
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
        context.terminal.data(found)
    else:
        context.terminal.findings(found, answer=True)
        counted = summary(found, context.language)
        context.terminal.line(f"{name}: {counted}" if name else counted)
    return INPUT_HAS_ERRORS if errors(found) else DONE


def schema(ctx: typer.Context) -> int:
    """Print the schema."""
    from pipeline.desk.intake.schema import schema as describe  # noqa: PLC0415

    context: CommandContext = ctx.obj
    context.terminal.line(json.dumps(describe(), ensure_ascii=False, indent=2))
    return DONE


def _date(ctx: typer.Context, written: str | None) -> dt.date | None:
    from pipeline.models.values.date_notations import whole_day  # noqa: PLC0415

    if written is None:
        return None
    day = whole_day(written)
    if day is None:
        message = N_("“{found}” is not a day in the calendar; write it as 2023-12-20 or 20.12.2023")
        context: CommandContext = ctx.obj
        raise typer.BadParameter(context.say(message, found=written), ctx)
    return day


def _fix(ctx: typer.Context, issue: str | None) -> None:
    """Set the typography of the files, and show each line before and after."""
    from pipeline.desk.intake.fixing import fix, fix_pictures  # noqa: PLC0415
    from pipeline.findings.wording.excerpts import differing  # noqa: PLC0415

    context: CommandContext = ctx.obj
    workspace = workspace_of(ctx)
    folder = workspace.choose_issue(issue)
    for picture in fix_pictures(folder, workspace):
        what = "; ".join(context.say(each) for each in picture.what)
        context.terminal.line(context.say(N_("{path}: taken out: {what}"), path=picture.path, what=what))
    fixed = fix(folder, workspace)
    for each in fixed:
        for number, old, new in each.lines:
            before, after = differing(old, new)
            context.terminal.line(f"{each.path}:{number}:\n  - {before}\n  + {after}")
    count = sum(len(each.lines) for each in fixed)
    context.terminal.line(context.say(N_("lines changed: {count}"), count=count))
