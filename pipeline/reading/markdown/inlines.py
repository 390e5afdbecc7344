"""Reads the parser's tokens of a paragraph into runs, links and note references with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Code, Emphasis, Inline, LineBreak, Link, NoteCall, Run, Strong
from pipeline.models.values.strings import is_web_address, with_lower_scheme
from pipeline.reading.markdown.parser import markdown_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.reading.markdown.source.positions import Columns
    from pipeline.reading.markdown.source.tokens import Token

DEEPEST: Final = 10
"""The most levels of nested emphasis."""

COMMENTS: Final = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)*\s*", re.DOTALL)
"""HTML comments: the only HTML that is dropped without a finding."""

_LIKE_A_LINK = re.compile(r"!?\[[^\[\]]*\](?:\([^()]*\)|\s\((?:https?:|mailto:|www\.)[^()]*\))")
_UNDEFINED_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”„«»`]+", re.IGNORECASE)
_UNPAIRED = re.compile(r"(?<![\d*])\*\*(?![\d*])\s?\w*|(?<![\w*])\*(?=[^\W\d_])\w+|(?<!_)__(?=[^\W\d_])\w+")
"""Signs of emphasis that close nothing: pairs of asterisks or underscores, `*` before a word."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CLOSING: Final = ".,;:!?'’*_~…"


@dataclass
class _Open:
    """An open token with the children read so far."""

    token: Token
    place: Place
    children: list[Inline] = field(default_factory=list)


def read_inlines(token: Token, columns: Columns) -> tuple[tuple[Inline, ...], list[Finding]]:
    """Read the words of a paragraph, a heading, a cell or a note.

    Args:
        token: The parser's inline token.
        columns: Finds the places of the words in the source.

    Returns:
        The words, and findings (E41, E44, E47, E59, E61, E63, W20, W26).
    """
    return _InlineReader(columns).read(token)


class _InlineReader:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._findings: list[Finding] = []
        self._links = 0

    def read(self, token: Token) -> tuple[tuple[Inline, ...], list[Finding]]:
        """Read with a stack of open tokens, so that deep nesting cannot exhaust the recursion limit."""
        stack = [_Open(token, self._columns.here())]
        previous: Token | None = None
        for child in token.children or ():
            if child.nesting == 1:
                stack.append(_Open(child, self._opening(child)))
                self._links += child.type == "link_open"
                if len(stack) == DEEPEST + 2:
                    self._findings.append(found("E47", stack[-1].place, limit=DEEPEST))
            elif child.nesting == -1:
                done = stack.pop()
                self._title_findings(done)
                self._links -= done.token.type == "link_open"
                if len(stack) > DEEPEST:
                    stack[-1].children.extend(done.children)
                else:
                    stack[-1].children.append(_wrapped(done))
            else:
                stack[-1].children.extend(self._leaf(child, previous))
            previous = child
        return _joined(stack[0].children), self._findings

    def _title_findings(self, done: _Open) -> None:
        title = str(done.token.attrGet("title") or "") if done.token.type == "link_open" else ""
        if title:
            self._findings.append(found("W20", done.place, found=_shortened(title)))

    def _opening(self, token: Token) -> Place:
        if token.type != "link_open":
            return self._columns.here()
        return self._columns.peek("<" if token.markup == "autolink" else "[")

    def _leaf(self, token: Token, previous: Token | None) -> list[Inline]:
        columns = self._columns
        match token.type:
            case "text":
                return self._text(token.content, previous)
            case "text_special":
                # An escaped character or an entity: the source has its markup.
                return [Run(_on_one_line(token.content), columns.next(token.markup))]
            case "softbreak":
                columns.turn()
                return [Run(" ", columns.here())]
            case "hardbreak":
                columns.turn()
                return [LineBreak()]
            case "code_inline":
                return [Code(token.content, columns.next(token.content))]
            case "footnote_ref":
                label = str(token.meta["label"])
                return [NoteCall(label, columns.next(f"[^{label}]"))]
            case "html_inline":
                place = columns.next(token.content.split("\n", 1)[0])
                if not COMMENTS.fullmatch(token.content):
                    self._findings.append(found("E41", place, found=_shortened(token.content)))
            case "image":
                self._findings.append(found("E61", columns.next("![")))
        return []

    def _text(self, text: str, previous: Token | None) -> list[Inline]:
        if not text:
            return []
        if previous is not None and previous.type == "image" and text.lstrip().startswith("{"):
            # One error in the braces, not also one of a picture within a text.
            self._findings[-1:] = [found("E59", self._columns.peek("{"), found=_shortened(text), guess="")]
        for match in _LIKE_A_LINK.finditer(text):
            self._findings.append(found("E63", self._columns.peek(match[0]), found=_shortened(match[0])))
        for match in _UNDEFINED_REFERENCE.finditer(text):
            self._findings.append(found("E44", self._columns.peek(match[0]), label=match[1][:60]))
        self._query_unpaired(text, previous)
        place = self._columns.next(text)
        if self._links:
            return [Run(_on_one_line(text), place)]
        return list(_linked(_on_one_line(text), place))

    def _query_unpaired(self, text: str, previous: Token | None) -> None:
        """Query signs of emphasis that are set as text (W26), the first of each piece of text."""
        for match in _UNPAIRED.finditer(text):
            begins_line = match.start() == 0 and (previous is None or previous.type.endswith("break"))
            if begins_line and not match[0].startswith(("**", "__")):
                continue  # it was meant as the sign of a list (W24)
            self._findings.append(found("W26", self._columns.peek(match[0]), found=_shortened(match[0])))
            return


def _wrapped(opened: _Open) -> Inline:
    children = _joined(opened.children)
    match opened.token.type:
        case "em_open":
            return Emphasis(children)
        case "strong_open":
            return Strong(children)
    target = link_target(opened.token)
    return Link(target, children or (Run(target, opened.place),), opened.place)


def link_target(token: Token) -> str:
    """Return the target of a link's opening token, as `Link.target` has it."""
    return _target(str(token.attrGet("href") or ""))


def as_parsed(target: str) -> str:
    """Return a link's target in the form in which the parser gives it: punycode, and signs in per cent."""
    return _target(markdown_parser().normalizeLink(target))


def _target(parsed: str) -> str:
    return with_lower_scheme(parsed) if _SCHEME.match(parsed) else unquote(parsed)


def _joined(pieces: list[Inline]) -> tuple[Inline, ...]:
    """Join adjacent runs, so that typography is applied to whole sentences."""
    joined: list[Inline] = []
    for is_run, group in groupby(pieces, key=lambda piece: isinstance(piece, Run)):
        if not is_run:
            joined.extend(group)
            continue
        runs = [run for run in group if isinstance(run, Run)]
        first = runs[0].place
        ends = [run.place.column + run.place.length for run in runs if run.place.line == first.line]
        place = Place(first.path, first.line, first.column, max(1, max(ends) - first.column))
        joined.append(Run("".join(run.text for run in runs), place))
    return tuple(joined)


def _linked(text: str, place: Place) -> Iterator[Inline]:
    """Yield a text as runs and links: web addresses in it become links."""
    exact = place.length == len(text)
    at = 0
    for start, address in addresses_in(text):
        if start > at:
            yield Run(text[at:start], place.moved(at, start - at) if exact else place)
        where = place.moved(start, len(address)) if exact else place
        yield Link(with_lower_scheme(address), (Run(address, where),), where)
        at = start + len(address)
    if at < len(text):
        yield Run(text[at:], place.moved(at, len(text) - at) if exact else place)


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the web addresses in a text with their positions, without the signs of the sentence behind."""
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_CLOSING)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_CLOSING)
        if is_web_address(address):
            yield match.start(), address


def _on_one_line(text: str) -> str:
    return re.sub(r"[\t\n\f\r]", " ", text)


def _shortened(text: str) -> str:
    return " ".join(text.split())[:60]
