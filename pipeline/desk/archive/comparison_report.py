"""HTML report of what differs between a past issue and the same issue built again, with pictures.

Its folder has `report.html`, pictures of the pages that differ, and the PDFs as built now; it uses no script
and loads nothing else.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from pipeline.archive.comparing.causes import CauseType
from pipeline.archive.comparing.comparison import Verdict
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.archive.comparing.causes import Cause
    from pipeline.archive.comparing.comparison import Comparison
    from pipeline.archive.comparing.marked_pages import MarkedPage
    from pipeline.desk.archive.rebuilding import Difference, RebuildResult

REPORT: Final = "report.html"

VERDICTS: Final = {
    Verdict.IDENTICAL: N_("identical"),
    Verdict.SAME_PICTURE: N_("same picture"),
    Verdict.DIFFERS: N_("differs"),
}

KINDS: Final = {
    CauseType.PUBLICATION: N_("publication"),
    CauseType.TEXT: N_("text"),
    CauseType.PICTURE: N_("picture"),
    CauseType.STYLE: N_("style"),
    CauseType.TEMPLATE: N_("template"),
    CauseType.FONT: N_("font"),
    CauseType.PROFILE: N_("profile of the paper"),
    CauseType.PROGRAM: N_("program"),
    CauseType.ENGINE: N_("engine"),
}

_HIDDEN: Final = {
    "title": N_("title of the file"),
    "language": N_("language of the file"),
    "links": N_("link"),
    "bookmarks": N_("bookmark"),
    "alternatives": N_("alternative text"),
    "tags": N_("tag"),
}

_MOST_FILES: Final = 6
"""Files of the program that are named; who looks for the rest looks in the records."""

_SHEET: Final = """
:root { color-scheme: light; --ink: #1d1d1b; --petrol: #0f4c64; --rust: #b4430f; --grey: #5a5a59 }
body { font: 17px/1.5 "Source Serif 4", Georgia, serif; color: var(--ink); background: #fff;
  margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 86rem }
h1, h2, h3, th, figcaption, .verdict { font-family: "Sofia Sans", "Segoe UI", Arial, sans-serif }
h1 { font-size: 2rem; line-height: 1.15; margin: 0 0 .5rem; color: var(--petrol) }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 2px solid var(--petrol) }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem }
p, ul, dl { max-width: 44rem }
.verdict { font-size: 1.15rem; font-weight: 700 }
table { border-collapse: collapse; max-width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0;
  border-bottom: 1px solid #bbb }
td { overflow-wrap: anywhere }
del { color: var(--rust); text-decoration: line-through }
ins { color: var(--petrol); text-decoration: underline }
.pages { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.25rem }
figure { margin: 0 } img { display: block; width: 100%; height: auto; border: 1px solid #999 }
figcaption { font-size: .9rem; color: var(--grey); margin-bottom: .35rem }
@media print { body { padding: 0; font-size: 10pt } .pages { break-inside: avoid } }
"""


def report_files(rebuilt: RebuildResult, title: str, language: str) -> dict[str, bytes]:
    """Return the report on a filing that is no longer identical.

    Args:
        rebuilt: The result of building it again.
        title: Title of the issue, with number and date.
        language: `bg` or `en`.

    Returns:
        The files of the report, by name.
    """
    files = {REPORT: _report(rebuilt, title, language).encode()}
    for difference in rebuilt.differences:
        if difference.built:
            files[difference.name] = difference.built
        for page in difference.pages:
            for side, picture in (("before", page.before), ("after", page.after), ("marked", page.marked)):
                if picture:
                    files[_picture(difference.name, page.number, side)] = picture
    return files


def causes_in_words(causes: Sequence[Cause], language: str) -> list[str]:
    """Return the causes in words: a line for each, and one for all changed files of the program."""
    lines = [_cause_in_words(cause, language) for cause in causes if cause.type is not CauseType.PROGRAM]
    changed = [cause.name for cause in causes if cause.type is CauseType.PROGRAM]
    if changed:
        names = ", ".join(changed[:_MOST_FILES])
        lines.append(f"{say(KINDS[CauseType.PROGRAM], language)}: {names}")
        if (more := len(changed) - _MOST_FILES) > 0:
            lines[-1] += " " + say(N_("(and more files: {count})"), language, count=more)
    return lines


def _cause_in_words(cause: Cause, language: str) -> str:
    kind = say(KINDS[cause.type], language)
    name = f"{cause.name}:{cause.line}" if cause.line else cause.name
    line = f"{kind}: {name}"
    if cause.before or cause.after:
        line += f": {cause.before or '–'} → {cause.after or '–'}"
    if cause.more:
        line += " " + say(N_("(and more lines: {count})"), language, count=cause.more)
    return line


def _report(rebuilt: RebuildResult, title: str, language: str) -> str:
    heading = say(N_("{title}: made again"), language, title=title)
    body = "\n".join(_parts(rebuilt, language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(heading)}</title>\n<style>{_SHEET}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(heading)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _parts(rebuilt: RebuildResult, language: str) -> Iterator[str]:
    verdict = say(VERDICTS[rebuilt.verdict], language)
    pages = ", ".join(map(str, rebuilt.pages)) or "–"
    text = N_("Filing {name}: {verdict}. Pages that look different: {pages}.")
    statement = say(text, language, name=rebuilt.name, verdict=verdict, pages=pages)
    yield f'<p class="verdict">{escape(statement)}</p>'
    yield f"<h2>{escape(say(N_('What is not what it was'), language))}</h2>"
    if rebuilt.causes:
        items = "".join(f"<li>{escape(line)}</li>" for line in causes_in_words(rebuilt.causes, language))
        yield f"<ul>{items}</ul>"
    else:
        text = N_("Sources, program and libraries are all the same: please send us this account.")
        yield f"<p>{escape(say(text, language))}</p>"
    for difference in rebuilt.differences:
        yield from _of_file(difference, language)
    if rebuilt.others:
        text = say(N_("Further files whose bytes differ: {names}"), language, names=", ".join(rebuilt.others))
        yield f"<p>{escape(text)}</p>"


def _of_file(difference: Difference, language: str) -> Iterator[str]:
    comparison = difference.comparison
    yield f"<h2>{escape(difference.name)}</h2>"
    if not difference.built:
        yield f"<p>{escape(say(N_('This file is not made any more.'), language))}</p>"
    elif comparison.verdict is Verdict.SAME_PICTURE:
        text = N_("Every page looks the same and says the same; only the bytes of the file differ.")
        yield f"<p>{escape(say(text, language))}</p>"
    elif not (comparison.pages or comparison.words or comparison.hidden):
        yield f"<p>{escape(say(N_('This file was not made then.'), language))}</p>"
    yield from _words(comparison, language)
    yield from _hidden(comparison, language)
    for page in difference.pages:
        yield from _page(difference.name, page, language)


def _words(comparison: Comparison, language: str) -> Iterator[str]:
    if not comparison.words:
        return
    yield f"<h3>{escape(say(N_('Changed words'), language))}</h3>"
    heads = [say(text, language) for text in (N_("Page"), N_("Then"), N_("Now"))]
    yield _table(
        heads,
        [
            [str(change.page), _tagged("del", change.before), _tagged("ins", change.after)]
            for change in comparison.words
        ],
    )


def _hidden(comparison: Comparison, language: str) -> Iterator[str]:
    if not comparison.hidden:
        return
    yield f"<h3>{escape(say(N_('Changed, and seen on no page'), language))}</h3>"
    heads = [say(text, language) for text in (N_("Part"), N_("Then"), N_("Now"))]
    yield _table(
        heads,
        [
            [
                escape(say(_HIDDEN[change.part], language)),
                _tagged("del", change.before),
                _tagged("ins", change.after),
            ]
            for change in comparison.hidden
        ],
    )


def _page(name: str, page: MarkedPage, language: str) -> Iterator[str]:
    number = say(N_("page {number}"), language, number=page.number)
    yield f"<h3>{escape(number)}</h3>"
    yield '<div class="pages">'
    shown = (
        ("before", page.before, N_("Then")),
        ("after", page.after, N_("Now")),
        ("marked", page.marked, N_("The difference: gone is rust, new is petrol, each place in a frame")),
    )
    for side, picture, text in shown:
        if picture:
            caption = escape(say(text, language))
            source = escape(_picture(name, page.number, side))
            yield (
                f'<figure><figcaption>{caption}</figcaption><img src="{source}" '
                f'alt="{escape(number)}: {caption}"></figure>'
            )
    yield "</div>"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else "–"


def _picture(name: str, number: int, side: str) -> str:
    return f"{name.removesuffix('.pdf')}-{number}-{side}.png"
