"""The commands `bulletin archive search` and `bulletin archive history`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipeline.cli.context import DONE, CommandContext, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.archive.filing_record import Filing
    from pipeline.archive.search.article_history import HistoryEntry
    from pipeline.archive.search.catalogue import Catalogue
    from pipeline.archive.search.query import Hit
    from pipeline.archive.shelf import Shelf

_MOST: Final = 20

AsJson = Annotated[bool, typer.Option("--json", help=N_("Give the answer as JSON, for programs."))]


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=N_("WORDS"),
            help=N_("What to look for: words, “a phrase” in quotation marks, or a beginning with a star*."),
        ),
    ],
    *,
    every: Annotated[bool, typer.Option("--all", help=N_("Every page, not only the best ones."))] = False,
    as_json: AsJson = False,
) -> int:
    """Find pages of past issues that contain all words, in any inflected form."""
    from pipeline.archive.search.query import nearest_words, parse_query  # noqa: PLC0415
    from pipeline.archive.search.query import search as look  # noqa: PLC0415

    context: CommandContext = ctx.obj
    # A phrase in quotation marks comes from the shell as one argument without them.
    terms = parse_query(" ".join(f'"{word}"' if " " in word else word for word in words))
    shelf, catalogue = _opened(ctx)
    hits = look(catalogue, shelf.filings, terms)
    shown = hits if every else hits[:_MOST]
    if as_json:
        _json(context, [_hit_record(hit, shelf) for hit in shown])
        return DONE
    for hit in shown:
        _print_hit(context, hit)
    if not hits:
        context.terminal.line(context.say(N_("nothing in the archive has all of this")))
        if guesses := nearest_words(catalogue, terms):
            context.terminal.line(context.say(N_("perhaps: {words}"), words=", ".join(guesses)))
    elif len(hits) > len(shown):
        context.terminal.line(
            context.say(N_("and more pages: {count}; --all shows them"), count=len(hits) - _MOST)
        )
    return DONE


def history(
    ctx: typer.Context,
    name: Annotated[
        list[str], typer.Argument(metavar=N_("NAME"), help=N_("The project's name, or a part of it."))
    ],
    *,
    as_json: AsJson = False,
) -> int:
    """Print the articles about a title, issue by issue, and how their figures changed."""
    from pipeline.archive.search.article_history import article_history, nearest_title  # noqa: PLC0415

    context: CommandContext = ctx.obj
    shelf, catalogue = _opened(ctx)
    found = article_history(catalogue, shelf.newest(), " ".join(name))
    if as_json:
        chapters = [_entry_record(entry, shelf) for entry in found.entries]
        _json(
            context, {"chapters": chapters, "mentions": [_hit_record(hit, shelf) for hit in found.mentions]}
        )
        return DONE
    for entry in found.entries:
        _print_entry(context, entry)
    if found.entries and found.mentions:
        context.terminal.line("")
        context.terminal.line(context.say(N_("named elsewhere:")))
    for hit in found.mentions:
        _print_hit(context, hit)
    if not found.entries and not found.mentions:
        context.terminal.line(context.say(N_("the archive does not name “{name}”"), name=" ".join(name)))
        if guess := nearest_title(catalogue, " ".join(name)):
            context.terminal.line(context.say(N_("perhaps: {words}"), words=guess))
    return DONE


def _opened(ctx: typer.Context) -> tuple[Shelf, Catalogue]:
    from pipeline.archive.search.catalogue import Catalogue  # noqa: PLC0415
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415

    context: CommandContext = ctx.obj
    shelf = Shelf(workspace_of(ctx))
    with context.terminal.progress(is_batch=True) as progress:
        return shelf, Catalogue(shelf, progress)


def _head(context: CommandContext, filing: Filing, language: str, page: int) -> str:
    from pipeline.typography.dates import full_date  # noqa: PLC0415

    text = N_("no. {number} of {date}, p. {page} ({spoken}): {title}")
    issued = full_date(filing.date, context.language)
    return context.say(
        text, number=filing.number, date=issued, page=page, spoken=language, title=filing.title
    )


def _print_hit(context: CommandContext, hit: Hit) -> None:
    context.terminal.line(_head(context, hit.filing, hit.language, hit.page))
    if hit.mended_by:
        text = N_("    as it stood before the correction {name}")
        context.terminal.line(context.say(text, name=hit.mended_by))
    context.terminal.line(f"    {context.terminal.marked(hit.quote, hit.marks)}")


def _print_entry(context: CommandContext, entry: HistoryEntry) -> None:
    from pipeline.archive.search.fact_sheets import figure_text  # noqa: PLC0415

    context.terminal.line(_head(context, entry.filing, entry.language, entry.sheet.page))
    context.terminal.line(f"    {entry.sheet.title}: {entry.quote}")
    for name, label, value in entry.figures:
        if value is not None or name in entry.changed:
            mark = context.say(N_(" (changed)")) if name in entry.changed else ""
            text = figure_text(value, context.language) if value is not None else "–"
            context.terminal.line(f"    {context.say(label)}: {text}{mark}")


def _hit_record(hit: Hit, shelf: Shelf) -> dict[str, Any]:
    record = _record(hit.filing, hit.language, page=hit.page, quote=hit.quote, shelf=shelf)
    return record | {"mended_by": hit.mended_by or None}


def _entry_record(entry: HistoryEntry, shelf: Shelf) -> dict[str, Any]:
    page = entry.sheet.page
    record = _record(entry.filing, entry.language, page=page, quote=entry.quote, shelf=shelf)
    return record | {"facts": entry.sheet.record(), "changed": list(entry.changed)}


def _record(filing: Filing, language: str, *, page: int, quote: str, shelf: Shelf) -> dict[str, Any]:
    file = shelf.path(filing, filing.pdf(language=language))
    return {
        "filing": filing.name,
        "number": filing.number,
        "language": language,
        "file": shelf.named(file),
        "page": page,
        "quote": quote,
    }


def _json(context: CommandContext, record: object) -> None:
    context.terminal.line(json.dumps(record, ensure_ascii=False, indent=1))
