"""Lines that begin like a list, a heading or a table, and are set as running text.

CommonMark reads a paragraph's lines as one text unless a mark of markup interrupts it. A number other than 1,
a mark without a space behind it and a bullet of a word processor do not: the line is joined to the one above.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.reading.markdown.source.source_lines import WrittenLine

SHORT: Final = 50
"""Characters of a line that surely was ended by hand, and not where an editor wraps lines."""

BULLETS: Final = "•·∙▪▫●○◦‣⁃■□◆◇➢➤►▶\uf0b7\uf0a7\uf0d8\uf0fc"
"""Signs before items of a list, as word processors set them; the last four are of Wingdings and Symbol."""

_OPENING: Final = re.compile(r"<!--|`+")
_BULLET: Final = re.compile(rf"[{BULLETS}]\s*(?=\S)")
_WORD: Final = r"(?=[„“]?[«\"(]?[^\W\d_])"
_NO_SPACE: Final = re.compile(rf"[-+*]{_WORD}")
_DASH: Final = re.compile(rf"[–—](?:\s+(?=\S)|{_WORD})")
_NUMBER: Final = re.compile(
    rf"(?P<number>\d{{1,3}})(?P<sign>[.)])(?:\s+|(?=[^\W\d_])(?![IVXІХ]{{1,4}}(?!\w))){_WORD}"
)
"""A number of an item; with a Roman one directly behind it is a day: 9.III.2024."""

_LETTER: Final = re.compile(r"(?P<number>[а-яa-z])(?P<sign>\))\s+(?=\S)")
_HEADING: Final = re.compile(r"#{2,6}(?=[^\s#])")
_ROW: Final = re.compile(r"\|.*\|\s*$")
_BAR: Final = re.compile(r"(?<!\\)\s\|\s")
_ENDS: Final = r"[:;,.!?…][“”»\")]*$"
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(])[^\W\d_]{1,4}\.$")
_HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)$")


def line_findings(lines: Sequence[WrittenLine]) -> Iterator[Finding]:
    """Query the lines of a paragraph that seem to be meant as items, headings or rows.

    Args:
        lines: Those of one paragraph.

    Yields:
        W23 for an item with a number or a letter; W24 for one with another sign, or without a space; W25 for
        a heading; W28 for the row of a table.
    """
    texts = _without_comments_and_code([line.text for line in lines])
    for at, wanted in _marked_items(texts, within_item=lines[0].is_item):
        yield found("W24", lines[at].place, found=_beginning(texts[at]), wanted=_beginning(wanted))
    for at in _numbered_items(texts):
        yield found("W23", lines[at].place, found=_beginning(texts[at]))
    for at, text in enumerate(texts):
        if match := _HEADING.match(text):
            wanted = f"{match[0]} {text[match.end() :]}"
            yield found("W25", lines[at].place, found=_shortened(text), wanted=_shortened(wanted))
    if (row := _row_of_a_table(texts)) is not None:
        yield found("W28", lines[row].place, found=_shortened(texts[row]))


def with_mark(text: str) -> str | None:
    """Return a line with the mark of a list that its sign stands for; None where it has none.

    Args:
        text: As written, from its first sign on.
    """
    if match := _BULLET.match(text) or _DASH.match(text) or _NO_SPACE.match(text):
        return f"- {text[match.end() :]}"
    if (match := _NUMBER.match(text)) and match[0] == match[0].rstrip():
        return f"{match[0]} {text[match.end() :]}"
    return None


def _without_comments_and_code(lines: list[str]) -> list[str]:
    """Return lines whose comments and code hold nothing that looks like markup."""
    text = "\n".join(lines)
    pieces: list[str] = []
    at = 0
    for start, end in _comments_and_code(text):
        pieces += [text[at:start], re.sub(r"[^\n]", "x", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]]).split("\n")


def _comments_and_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each comment and span of code (CommonMark 6.1, 6.6), in one pass."""
    openings = [match.span() for match in _OPENING.finditer(text)]
    ends: dict[int, list[int]] = defaultdict(list)
    for start, end in reversed(openings):
        if text[start] == "`":
            ends[end - start].append(end)
    last_comment = text.rfind("-->")
    behind = 0
    for start, end in openings:
        if start < behind:
            continue
        closed = -1
        if text[start] == "`":
            same = ends[end - start]
            while same and same[-1] <= end:
                same.pop()
            closed = same[-1] if same else -1
        elif end <= last_comment:
            closed = text.index("-->", end) + len("-->")
        if closed > 0:
            behind = closed
            yield start, closed


def _marked_items(lines: list[str], *, within_item: bool) -> Iterator[tuple[int, str]]:
    """Yield the first line of each kind that begins with a sign of a list, and how it is to be written."""
    kinds = (
        [at for at, line in enumerate(lines) if _BULLET.match(line)],
        [at for at, line in enumerate(lines) if _is_mark_without_space(line)],
        _dashes(lines, within_item=within_item),
        [at for at in _numbers(lines, _NUMBER) if with_mark(lines[at]) is not None],
    )
    for items in kinds:
        for at in items[:1]:
            if wanted := with_mark(lines[at]):
                yield at, wanted


def _is_mark_without_space(line: str) -> bool:
    # A pair of asterisks is emphasis.
    return _NO_SPACE.match(line) is not None and (not line.startswith("*") or line.count("*") % 2 == 1)


def _dashes(lines: list[str], *, within_item: bool) -> list[int]:
    """Return the lines with a dash that begin an item, or what somebody says.

    A dash within a sentence may stand at the beginning of a line, too; then the line above has no end, or the
    comma before “– he said”, and is as long as lines are that an editor wraps.
    """
    if within_item:
        return [at for at in _dashes([f"– {lines[0]}", *lines[1:]], within_item=False) if at]
    items = [at for at, line in enumerate(lines) if _DASH.match(line) and (at == 0 or _is_apart(lines, at))]
    after_colon = [at for at in items if at and lines[at - 1].rstrip().endswith(":")]
    return items if len(items) > 1 or after_colon else []


def _is_apart(lines: list[str], at: int) -> bool:
    before = lines[at - 1]
    text = before.rstrip()
    if _HARD_BREAK.search(before):
        return False
    if re.search(_ENDS, text) is None:
        return len(text) < SHORT and _DASH.match(before) is not None
    return not text.endswith(",") or len(text) < SHORT


def _numbered_items(lines: list[str]) -> list[int]:
    """Return the lines that begin an item of a list, with a number or a letter, within a paragraph."""
    numbered = [at for at in _numbers(lines, _NUMBER) if at and with_mark(lines[at]) is None]
    lettered = _numbers(lines, _LETTER)
    return [*numbered[:1], *(at for at in lettered if at)]


def _numbers(lines: list[str], pattern: re.Pattern[str]) -> list[int]:
    """Return the lines with numbers (or letters) of items, one following another, or one surely an item."""
    items: list[tuple[int, int, bool]] = []
    for at, line in enumerate(lines):
        match = pattern.match(line)
        if match is not None and _is_item(lines, at, match):
            items.append((at, _value(match), line[match.end() :].lstrip('„“«"(')[:1].isupper()))
    values = {value for _, value, _ in items}
    follow = [at for at, value, _ in items if value - 1 in values or value + 1 in values]
    return follow or ([at for at, _, is_large in items if is_large] if pattern is _NUMBER else [])


def _is_item(lines: list[str], at: int, match: re.Match[str]) -> bool:
    """Return whether a line that begins with a number is an item, not a sentence that was wrapped there."""
    if at == 0:
        return True
    before = lines[at - 1]
    text = before.rstrip()
    if _HARD_BREAK.search(before) or _ABBREVIATION.search(text) or _is_counted_within(lines[:at], match):
        return False
    is_large = lines[at][match.end() :].lstrip('„“«"(')[:1].isupper()
    is_next = (above := match.re.match(before)) is not None and _value(match) == _value(above) + 1
    return re.search(_ENDS, text) is not None or ((is_large or is_next) and len(text) < SHORT)


def _value(match: re.Match[str]) -> int:
    """Return the number of an item, or the place of its letter in the alphabet."""
    number = match["number"]
    return int(number) if number.isdigit() else ord(number)


def _is_counted_within(lines: list[str], match: re.Match[str]) -> bool:
    """Return whether the sentence counts “1) …, 2) …”, the number before this one within a line."""
    number = match["number"]
    before = str(int(number) - 1) if number.isdigit() else chr(ord(number) - 1)
    counted = re.compile(rf"(?<=\S)\s+\(?{before}{re.escape(match['sign'])}\s")
    return any(counted.search(f"{line} ") for line in lines)


def _row_of_a_table(lines: list[str]) -> int | None:
    rows = [at for at, line in enumerate(lines) if _ROW.match(line)]
    bars = [at for at, line in enumerate(lines) if _BAR.search(line)]
    if len(rows) > 1:
        return rows[0]
    counts = {len(_BAR.findall(lines[at])) for at in bars}
    return bars[0] if len(bars) > 1 and len(counts) == 1 else None


def _beginning(text: str) -> str:
    """Return a line's sign and its first word."""
    return (
        _shortened(" ".join(text.split()[:2]).rstrip(".,:;!?…")) if " " in text.strip() else _shortened(text)
    )


def _shortened(text: str) -> str:
    return " ".join(text.split())[:60]
