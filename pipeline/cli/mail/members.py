"""Commands for the list of members: `bulletin members check`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, CommandContext, command_group
from pipeline.cli.help import Command
from pipeline.findings.finding import errors
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.delivery.members.reader import MemberList

members = command_group("members")

_COUNTED: Final = {
    "active": N_("active: {count}"),
    "paused": N_("paused: {count}"),
    "unsubscribed": N_("unsubscribed: {count}"),
}


@members.command(
    cls=Command,
    help=N_("Read a list row by row and tell everything that is wrong or doubtful; the list is only read."),
)
def check(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar=N_("FILE"), help=N_("The list: a CSV file or an Excel workbook (.xlsx).")),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("Give the findings as JSON, for programs."))
    ] = False,
) -> int:
    """Check a list."""
    from pipeline.delivery.members.reader import read_members  # noqa: PLC0415

    context: CommandContext = ctx.obj
    listed = read_members(file, str(file))
    if as_json:
        context.terminal.data(listed.findings)
    else:
        context.terminal.findings(listed.findings, answer=True)
        for line in _counts(listed, context):
            context.terminal.line(line)
        context.terminal.line(f"{file}: {summary(listed.findings, context.language)}")
    return INPUT_HAS_ERRORS if errors(listed.findings) else DONE


def _counts(listed: MemberList, context: CommandContext) -> Iterator[str]:
    """Yield how many members the list has, by status, language and group."""
    states = Counter(member.status.value for member in listed.members)
    parts = [context.say(text, count=states[status]) for status, text in _COUNTED.items()]
    yield context.say(N_("members: {count} ({parts})"), count=len(listed.members), parts=", ".join(parts))
    languages = Counter(member.language for member in listed.active if member.language)
    if languages:
        yield context.say(N_("active, by language: {told}"), told=_listed(languages))
    groups = Counter(group for member in listed.active for group in member.groups)
    if groups:
        yield context.say(N_("active, by group: {told}"), told=_listed(groups))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
