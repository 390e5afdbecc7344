"""Writes pieces as the Markdown of an article, reading it back so that no character turns into markup."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.files.yaml_nodes import Source
from pipeline.importing.model.pieces import (
    FlatRun,
    Inline,
    Inlines,
    ListPiece,
    Paragraph,
    PicturePiece,
    Piece,
    QuotePiece,
    TablePiece,
    plain,
)
from pipeline.models.text import Code, LineBreak, NoteCall, Ornament, Run
from pipeline.models.tree import nodes_of
from pipeline.models.values.strings import is_email_address, is_web_address
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST: Final = 8
"""The most levels of lists and quotes that are written; the reader allows ten."""

_HIGHEST: Final = 2
_MANY: Final = 20
_LOWEST: Final = 4
_SIGNS: Final = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_FRONT: Final = re.compile(
    r"(?:#{1,6}|[-+>]|={1,}|~{3,})(?=\s|$|[-=~>])|(?:-{2,}|_{3,})\s*$|>|:?-+:?\s*\||\|"
)
_COUNTED: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_FIGURE: Final = re.compile(r"[-–]?\d[\d\s.,]*\s?[%€]?")


class MarkdownWriter:
    """Writes one article.

    Args:
        pictures: The file name of each picture, by its key.
        notes: The footnotes of the imported text, by label.
    """

    def __init__(self, pictures: Mapping[str, str], notes: Mapping[str, Inlines]) -> None:
        self._pictures = pictures
        self._notes = notes
        self._referenced: list[str] = []
        self.lost_links: list[tuple[str, str]] = []

    def article(self, pieces: list[Piece]) -> str:
        """Return the text below the front matter: a line for each paragraph, notes at the end."""
        blocks = list(self._blocks(_levelled(_with_moved_references(pieces)), 0))
        written: list[str] = []
        for label in self._referenced:
            if label not in written:
                written.append(label)
                note = self._words(_without_references(self._notes.get(label, ())), turn=" ")
                blocks.append(f"[^{label}]: {note or '…'}")
        return "\n\n".join(blocks) + "\n" if blocks else ""

    def _blocks(self, pieces: list[Piece], depth: int) -> Iterator[str]:
        before: Piece | None = None
        for piece in pieces:
            text = self._block(piece, depth)
            if text and isinstance(piece, ListPiece) and isinstance(before, ListPiece):
                # Without it two adjacent lists would become one.
                yield "<!-- -->"
            if text:
                yield text
                before = piece

    def _block(self, piece: Piece, depth: int) -> str:
        match piece:
            case Paragraph(level=0):
                return self._words(piece.inlines)
            case Paragraph():
                if depth:
                    return self._words(
                        tuple(replace(e, bold=True) if isinstance(e, FlatRun) else e for e in piece.inlines)
                    )
                return f"{'#' * piece.level} {self._words(piece.inlines, turn=' ')}"
            case ListPiece():
                return self._list(piece, depth)
            case TablePiece():
                return self._table(piece)
            case QuotePiece():
                inner = "\n\n".join(self._blocks(list(piece.pieces), depth + 1))
                return _prefixed(inner, "> ", "> ") if depth < DEEPEST else inner
            case PicturePiece():
                return self._picture(piece)
            case Ornament():
                return "***"
        return ""

    def _list(self, piece: ListPiece, depth: int) -> str:
        lines: list[str] = []
        loose = any(sum(not isinstance(each, ListPiece) for each in item) > 1 for item in piece.items)
        for number, item in enumerate(piece.items, piece.start or 0):
            pictures = [each for each in item if isinstance(each, PicturePiece)]
            blocks = list(
                self._blocks([each for each in item if not isinstance(each, PicturePiece)], depth + 1)
            )
            inner = ("\n\n" if loose else "\n").join(blocks)
            marker = "- " if piece.start is None else f"{number}. "
            if inner and depth < DEEPEST:
                lines.append(_prefixed(inner, marker, " " * len(marker)))
            elif inner:
                lines.append(inner)
            lines += [f"\n{self._picture(each)}\n" for each in pictures]
        return ("\n\n" if loose or depth >= DEEPEST else "\n").join(lines)

    def _table(self, piece: TablePiece) -> str:
        rows = [[self._words(cell, turn=" ", bar=True) for cell in row] for row in piece.rows]
        columns = range(len(rows[0]))
        figures = [
            len(rows) > 1
            and all(_FIGURE.fullmatch(row[at].replace("\\", "")) for row in rows[1:] if row[at])
            and any(row[at] for row in rows[1:])
            for at in columns
        ]
        rule = ["---:" if figures[at] else "---" for at in columns]
        return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))

    def _picture(self, piece: PicturePiece) -> str:
        name = self._pictures.get(piece.name)
        if name is None:
            return ""
        caption = f' "{_quoted(piece.caption)}"' if piece.caption else ""
        alternative = "" if piece.alternative == piece.caption else piece.alternative
        return f"![{_escaped(alternative)}]({name}{caption})" + '{credit=""}'

    # words

    def _words(self, inlines: Inlines, turn: str = "\\\n", *, bar: bool = False) -> str:
        """Return inlines as Markdown; without emphasis where that could not be read back."""
        if not inlines:
            return ""
        for inner in (inlines, _plainer(inlines)):
            text = _protected(self._faces(inner, turn, frozenset()))
            if text.count("\\[") > _MANY:
                # The reader refuses so many open brackets.
                text = text.replace("\\[", "&#91;").replace("\\]", "&#93;")
            if bar:
                text = text.replace("|", "\\|")
            if _reads_back(text, inner, turn):
                break
        self._referenced += [each.label for each in inlines if isinstance(each, NoteCall)]
        return text

    def _faces(self, inlines: Inlines, turn: str, within: frozenset[str]) -> str:
        pieces: list[str] = []
        for face in ("anchor", "bold", "italic"):
            if face in within or not any(
                isinstance(each, FlatRun) and getattr(each, face) for each in inlines
            ):
                continue
            for value, group in groupby(
                inlines, key=lambda each: isinstance(each, FlatRun) and (getattr(each, face) or None)
            ):
                inner = tuple(group)
                text = self._faces(inner, turn, within | {face})
                pieces.append(self._in_face(face, value, inner, text))
            return "".join(pieces)
        return "".join(self._leaf(each, turn) for each in inlines)

    def _in_face(self, face: str, value: object, inner: Inlines, text: str) -> str:
        bare = text.strip(" ")
        if not value or not bare:
            return text
        front, back = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        if face != "anchor":
            sign = "**" if face == "bold" else "*"
            return f"{front}{sign}{bare}{sign}{back}"
        target = usable_target(getattr(value, "target", ""))
        words = plain(inner)
        if not target:
            self.lost_links.append((words, getattr(value, "target", "")))
            return text
        if target in {words, f"mailto:{words}"}:
            return f"{front}<{words}>{back}"
        wrapped = f"<{target}>" if re.search(r"[()\s]", target) else target
        return f"{front}[{bare}]({wrapped}){back}"

    def _leaf(self, each: Inline, turn: str) -> str:
        if isinstance(each, NoteCall):
            return f"[^{each.label}]" if each.label in self._notes else ""
        if isinstance(each, LineBreak):
            return turn
        text = _CONTROL.sub("", each.text.replace("\u2028", " ").replace("\u2029", " "))
        if each.code and text.strip() and "`" not in text:
            return f"`{text}`"
        return _escaped(text)


def usable_target(target: str) -> str:
    """Return a link's target in a form allowed in an issue, or an empty text where it has none."""
    if is_web_address(target):
        return target
    if target.lower().startswith("mailto:"):
        address = target[7:].partition("?")[0]
        return f"mailto:{address}" if is_email_address(address) else ""
    if re.match(r"www\.[\w-]+\.", target) and is_web_address(f"https://{target}"):
        return f"https://{target}"
    return ""


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda match: "\\" + match[0], text)


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _protected(text: str) -> str:
    """Return a paragraph with escapes where the start of a line would be read as another block."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        bare = line.lstrip(" \t")
        if match := _COUNTED.match(bare):
            bare = f"{match[1]}\\{match[2]}{bare[match.end() :]}"
        elif _FRONT.match(bare):
            bare = f"\\{bare}"
        lines[at] = bare
    return "\n".join(lines)


def _reads_back(text: str, inlines: Inlines, turn: str) -> bool:
    """Return whether the words of a written paragraph, read back, are those it was written from."""
    notes = "\n\n".join(f"[^{each.label}]: x" for each in inlines if isinstance(each, NoteCall))
    table = f"| {text} | x |\n| --- | --- |" if turn == " " and "\\|" in text else text
    read = read_manuscript(Source("", f"---\n---\n{table}\n\n{notes}\n"))
    text_read = "".join(
        " " if isinstance(node, LineBreak) else getattr(node, "text", "")
        for node in nodes_of(Run | Code | LineBreak | NoteCall, read.body)  # type: ignore[arg-type]
    )
    expected = plain(
        tuple(replace(e, text=_CONTROL.sub("", e.text)) if isinstance(e, FlatRun) else e for e in inlines)
    )
    if table != text:
        text_read = text_read.removesuffix("x")
    return " ".join(text_read.split()) == expected and not [
        f for f in read.findings if f.code not in {"E50", "E62", "W03", "E49"}
    ]


def _plainer(inlines: Inlines) -> Inlines:
    return tuple(
        replace(e, bold=False, italic=False, code=False) if isinstance(e, FlatRun) else e for e in inlines
    )


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *((others + line).rstrip() if line else others.rstrip() for line in lines[1:])]
    )


def _without_references(inlines: Inlines) -> Inlines:
    return tuple(each for each in inlines if not isinstance(each, NoteCall))


def _with_moved_references(pieces: list[Piece]) -> list[Piece]:
    """Join a paragraph of note references alone, as left by a title, to the end of the paragraph after it."""
    result: list[Piece] = []
    waiting: Inlines = ()
    for piece in pieces:
        if (
            isinstance(piece, Paragraph)
            and piece.inlines
            and all(isinstance(each, NoteCall) for each in piece.inlines)
        ):
            waiting += piece.inlines
        elif waiting and isinstance(piece, Paragraph) and not piece.level:
            result.append(replace(piece, inlines=(*piece.inlines, *waiting)))
            waiting = ()
        else:
            result.append(piece)
    return result + ([Paragraph(waiting)] if waiting else [])


def _levelled(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with headings at levels allowed in an article: from 2 to 4, none skipped."""
    used = sorted({piece.level for piece in pieces if isinstance(piece, Paragraph) and piece.level})
    levels = {level: min(_HIGHEST + at, _LOWEST) for at, level in enumerate(used)}
    result: list[Piece] = []
    last = _HIGHEST - 1
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.level:
            last = min(levels[piece.level], last + 1)
            result.append(replace(piece, level=last))
        else:
            result.append(piece)
    return result
