"""The command `bulletin import`, and its output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.context import DONE, CommandContext, near, start_of
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.desk.intake.importing import ImportResult

_COUNTS: Final = {
    "paragraph": N_("paragraphs: {came} came, {placed} placed whole, {listed} listed below"),
    "cell": N_("cells of tables: {came} came, {placed} placed whole, {listed} listed below"),
    "note": N_("footnotes: {came} came, {placed} placed whole, {listed} listed below"),
    "link": N_("links: {came} came, {placed} placed, {listed} listed below"),
    "picture": N_("pictures: {came} came, {placed} placed, {listed} listed below"),
}

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar=N_("FILE…"),
        help=N_(
            "Word files (.docx), Markdown, text, HTML, mail (.eml), invitations (.ics), tables (.xlsx, "
            ".csv), pictures, or folders of these; .odt, .doc and .rtf where LibreOffice is installed."
        ),
    ),
]


def take_in(ctx: typer.Context, files: list[Path], date: dt.date | None) -> int:
    """Import files, and print what was placed, merged or left out."""
    from pipeline.desk.intake.importing import import_files  # noqa: PLC0415 - help and a wrong call answer at once

    context: CommandContext = ctx.obj
    with context.terminal.progress() as progress:
        imported = import_files(
            files, start_of(ctx), date, context.language, today=context.today, progress=progress
        )
    lines = _output_lines(imported, context)
    for line in lines:
        context.terminal.line(line)
    context.terminal.findings(imported.findings, answer=True, is_whole=True)
    context.terminal.line(summary(imported.findings, context.language))
    return DONE


def _output_lines(imported: ImportResult, context: CommandContext) -> list[str]:
    from pipeline.importing.model.inventory import ItemType  # noqa: PLC0415 - as above

    folder = near(imported.folder)
    lines: list[str] = []
    if imported.publication is not None:
        text = N_("{path}: made; write the name, the address and the team of your publication in it")
        if imported.whole:
            text = N_("{path}: made from the masthead; read it over and complete it")
        lines.append(context.say(text, path=near(imported.publication)))
    outcome = N_("{path}: issue begun as a draft") if imported.begun else N_("{path}: merged into this issue")
    lines.append(context.say(outcome, path=folder))
    for title, names in imported.sections:
        lines.append(f"  {title}: {', '.join(names)}")
    for name, count in imported.offered.items():
        text = N_("{path}: facts offered from the text: {count}; accept them in the file's first lines")
        lines.append("  " + context.say(text, path=name, count=count))
    if not imported.written:
        lines.append("  " + context.say(N_("nothing new came; nothing was changed")))
    report = imported.report
    for kind, wording in _COUNTS.items():
        counts = report.counts[ItemType(kind)]
        if counts.total:
            listed = counts.total - counts.placed
            lines.append(context.say(wording, came=counts.total, placed=counts.placed, listed=listed))
    share = f"{int(report.share * 1000) / 10:g}"
    text = N_("words: {came} came, {placed} are in the draft or made by the page: {share} %")
    lines.append(context.say(text, came=report.words_total, placed=report.words_placed, share=share))
    return lines
