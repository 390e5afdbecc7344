"""An article's Markdown → blocks with places; the only door to the Markdown library.

CommonMark 0.31 with tables and footnotes, pictures with attributes, `<!-- page break -->`; HTML is
never taken over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.findings import Finding, found
from pipeline.models.text import (
    Alignment,
    Block,
    Cell,
    Code,
    Consent,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Measure,
    Note,
    NoteCall,
    Ornament,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
    Table,
)
from pipeline.places import Place
from pipeline.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from pipeline.sources import Source

DEEPEST: Final = 10
"""Levels lists and quotes may be nested."""

_PAGE_BREAK = re.compile(r"\s*<!--\s*page\s*break\s*-->\s*", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)*\s*", re.DOTALL)
_BROKEN = re.compile(r"!?\[[^\[\]]*\]\s?\([^()]*\)")
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:img|dsc|dscn|pic|photo|image|picture|снимка|изображение|картинка|фото)?[\s_-]*\d*"
    r"(?:\.(?:jpe?g|png|gif|webp|tiff?|svg))?",
    re.IGNORECASE,
)


class Manuscript(NamedTuple):
    """An article as written.

    Args:
        front: The text of its fields, or None where it has none.
        front_line: The line of the file the fields begin on.
        body: The blocks.
        notes: Its footnotes, in the order of their first calls.
        findings: What is wrong with the text.
    """

    front: str | None
    front_line: int
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]


def read_manuscript(source: Source) -> Manuscript:
    """Read an article's file.

    Args:
        source: The file's text.

    Returns:
        Fields, blocks, notes and findings (E40 to E62); nothing that was written is left out
        without a finding, comments apart.
    """
    lines = source.text.split("\n")
    if not lines or lines[0].rstrip() != "---":
        finding = found("E40", Place(source.path, 1, 1))
        return Manuscript(None, 1, (), (), (finding,))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Manuscript(None, 1, (), (), (found("E40", Place(source.path, 1, 1)),))
    setter = _Compositor(source.path, lines, end + 1)
    body, notes = setter.read("\n".join(lines[end + 1 :]))
    return Manuscript("\n".join(lines[1:end]), 2, body, notes, tuple(setter.findings))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table")
    parser.use(footnote_plugin, inline=False)
    parser.use(attrs_plugin, after=("image",))
    # Every target is let through, for a link that is silently left as text would be no finding.
    parser.validateLink = lambda _url: True  # type: ignore[method-assign]
    return parser


@dataclass
class _Cursor:
    """Where the search for the next run begins; runs follow one another in the source."""

    line: int
    column: int = 0
    last: int = 0


@dataclass
class _Open:
    """A token that was opened and gathers what stands in it."""

    token: Token
    children: list[Any] = field(default_factory=list)


class _Compositor:
    """Turns tokens into blocks."""

    def __init__(self, path: str, lines: list[str], first: int) -> None:
        self.findings: list[Finding] = []
        self._path = path
        self._lines = lines
        self._first = first
        self._level = 1

    def read(self, text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
        environment: dict[str, Any] = {}
        tokens = _parser().parse(text, environment)
        deep = next((token for token in tokens if token.level > 2 * DEEPEST), None)
        if deep is not None:
            self.findings.append(found("E47", self._line_place(deep), limit=DEEPEST))
            return (), ()
        body_tokens, note_tokens = _divided(tokens)
        body = self._blocks(body_tokens)
        notes = self._notes(note_tokens)
        refs = environment.get("footnotes", {}).get("refs", {})
        for label, number in refs.items():
            if number < 0:
                name = label.removeprefix(":")
                self.findings.append(found("W03", self._label_place(name), label=name))
        return body, notes

    # blocks

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Build blocks with a stack of opened tokens; no recursion, so no depth can break it."""
        root = _Open(tokens[0]) if tokens else None
        if root is None:
            return ()
        stack = [root]
        for token in tokens:
            if token.nesting == 1:
                stack.append(_Open(token))
            elif token.nesting == -1:
                done = stack.pop()
                stack[-1].children.extend(self._closed(done))
            else:
                stack[-1].children.extend(self._leaf(token))
        return tuple(child for child in root.children if isinstance(child, Block))

    def _leaf(self, token: Token) -> list[Any]:
        match token.type:
            case "inline":
                return [token]
            case "hr":
                return [Ornament()]
            case "html_block":
                return self._html_block(token)
            case "code_block" | "fence":
                return [self._listing(token)]
        return []

    def _closed(self, opened: _Open) -> list[Any]:
        token, children = opened.token, opened.children
        match token.type:
            case "paragraph_open":
                return self._paragraph(children[0]) if children else []
            case "heading_open":
                return self._heading(token, children)
            case "bullet_list_open":
                return [ListBlock(None, tuple(children))]
            case "ordered_list_open":
                start = token.attrGet("start")
                return [ListBlock(1 if start is None else int(start), tuple(children))]
            case "list_item_open":
                return [tuple(child for child in children if isinstance(child, Block))]
            case "blockquote_open":
                return [Quote(tuple(child for child in children if isinstance(child, Block)))]
            case "th_open" | "td_open":
                return [(token, self._cell(children))]
            case "table_open":
                return self._table(token, children)
        return children

    def _paragraph(self, token: Token) -> list[Block]:
        content = [child for child in token.children or [] if not _is_blank(child)]
        if content and all(child.type == "image" for child in content):
            return self._figures(token, content)
        place = self._line_place(token)
        for child, after in zip(content, [*content[1:], None], strict=True):
            if child.type != "image":
                continue
            where = self._found_at(child.content, place)
            if after is not None and after.content.startswith("{"):
                self.findings.append(found("E59", where, found=_shortened(after.content), guess=""))
            else:
                self.findings.append(found("E61", where))
        children = self._inlines(token)
        return [Paragraph(children)] if children else []

    def _heading(self, token: Token, children: list[Any]) -> list[Block]:
        level = int(token.tag[1:])
        place = self._line_place(token)
        if level == 1:
            self.findings.append(found("E43", place))
            return []
        if level > self._level + 1 or level > 4:  # noqa: PLR2004 - ####, the third below the title
            wanted = "#" * min(self._level + 1, 4)
            before = "#" * self._level if self._level > 1 else "–"
            self.findings.append(found("E42", place, found="#" * level, before=before, wanted=wanted))
        self._level = level
        return [Heading(level, self._inlines(children[0]) if children else (), place)]

    def _html_block(self, token: Token) -> list[Block]:
        if _PAGE_BREAK.fullmatch(token.content):
            return [PageBreak()]
        if not _COMMENTS.fullmatch(token.content):
            self.findings.append(found("E41", self._line_place(token), found=_shortened(token.content)))
        return []

    def _listing(self, token: Token) -> Block:
        place = self._line_place(token)
        if token.type == "code_block":
            self.findings.append(found("W09", place))
        children: list[Inline] = []
        for number, line in enumerate(token.content.rstrip("\n").split("\n")):
            if number:
                children.append(LineBreak())
            children.append(Code(line, Place(place.path, place.line + number, 1)))
        return Paragraph(tuple(children))

    def _cell(self, children: list[Any]) -> Cell:
        return self._inlines(children[0]) if children else ()

    def _table(self, token: Token, cells: list[tuple[Token, Cell]]) -> list[Block]:
        heads = [cell for opened, cell in cells if opened.type == "th_open"]
        body = [cell for opened, cell in cells if opened.type == "td_open"]
        alignments = tuple(_alignment(opened) for opened, _ in cells if opened.type == "th_open")
        width = len(heads)
        rows = tuple(tuple(body[at : at + width]) for at in range(0, len(body), width))
        return [Table(tuple(heads), rows, alignments, self._line_place(token))]

    # pictures

    def _figures(self, token: Token, images: list[Token]) -> list[Block]:
        cursor = _Cursor(self._line(token), 0, self._last_line(token))
        return [Figure(self._picture(image, cursor)) for image in images]

    def _picture(self, image: Token, cursor: _Cursor) -> Picture:
        place = self._next("![", cursor)
        source = unquote(str(image.attrGet("src") or ""))
        alternative = _plain_text(image).strip()
        caption = str(image.attrGet("title") or "").strip() or None
        self._check_picture(source, alternative, caption, place)
        credit = str(image.attrGet("credit") or "").strip()
        if not credit:
            self.findings.append(found("E53", place))
        return Picture(
            source=source,
            alternative=alternative,
            credit=credit,
            caption=caption,
            measure=self._measure(image, place),
            consent=self._consent(image, place),
            place=place,
        )

    def _check_picture(self, source: str, alternative: str, caption: str | None, place: Place) -> None:
        if _REMOTE.match(source):
            self.findings.append(found("E54", place, name=_shortened(source)))
        if not alternative:
            self.findings.append(found("E51", place))
        elif caption and alternative.casefold().strip(" .") == caption.casefold().strip(" ."):
            self.findings.append(found("E52", place))
        elif _SAYS_NOTHING.fullmatch(alternative) or alternative == source.rsplit("/", 1)[-1]:
            self.findings.append(found("W10", place, found=alternative))

    def _measure(self, image: Token, place: Place) -> Measure:
        chosen = Measure.TEXT
        for name in str(image.attrGet("class") or "").split():
            if name in {Measure.WIDE, Measure.MARGIN}:
                chosen = Measure(name)
            else:
                guess = nearest(name, [Measure.WIDE, Measure.MARGIN])
                self.findings.append(
                    found("E59", place, found=f".{name}", guess=f".{guess}" if guess else "")
                )
        known = {"src", "alt", "title", "class", "credit", "consent"}
        for name in image.attrs:
            if name not in known:
                guess = nearest(name, ["credit", "consent"])
                self.findings.append(found("E59", place, found=name, guess=guess))
        return chosen

    def _consent(self, image: Token, place: Place) -> Consent | None:
        written = image.attrGet("consent")
        if written is None:
            return None
        word = {"да": "yes", "не": "no"}.get(str(written), str(written))
        if word not in set(Consent):
            choices = ", ".join(Consent)
            guess = nearest(word, list(Consent))
            self.findings.append(found("E26", place, found=word, choices=choices, guess=guess))
            return None
        if word == Consent.NO:
            self.findings.append(found("E57", place))
        return Consent(word)

    # inlines

    def _inlines(self, token: Token) -> tuple[Inline, ...]:
        cursor = _Cursor(self._line(token), 0, self._last_line(token))
        stack = [_Open(token)]
        for child in token.children or []:
            if child.nesting == 1:
                opened = _Open(child)
                if child.type == "link_open":
                    # The link's own place is where its bracket opens.
                    child.meta = {**child.meta, "place": self._next("[", cursor, stay=True)}
                stack.append(opened)
            elif child.nesting == -1:
                done = stack.pop()
                stack[-1].children.append(self._wrapped(done))
            else:
                self._inline_leaf(child, stack[-1].children, cursor)
        return tuple(stack[0].children)

    def _wrapped(self, opened: _Open) -> Inline:
        children = tuple(opened.children)
        match opened.token.type:
            case "em_open":
                return Emphasis(children)
            case "strong_open":
                return Strong(children)
        target = str(opened.token.attrGet("href") or "")
        if not re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            target = unquote(target)
        return Link(target, children, opened.token.meta["place"])

    def _inline_leaf(self, token: Token, into: list[Any], cursor: _Cursor) -> None:
        match token.type:
            case "text" | "text_special" | "softbreak":
                text = " " if token.type == "softbreak" else token.content
                if not text:
                    return
                if token.type != "softbreak":
                    self._check_text(text, cursor)
                if into and isinstance(into[-1], Run):
                    into[-1] = Run(into[-1].text + text, into[-1].place)
                    if text.strip():
                        self._next(text, cursor)
                else:
                    into.append(Run(text, self._next(text, cursor) if text.strip() else self._here(cursor)))
            case "hardbreak":
                into.append(LineBreak())
            case "code_inline":
                into.append(Code(token.content, self._next(token.content, cursor)))
            case "footnote_ref":
                label = str(token.meta.get("label", token.meta.get("id", "")))
                into.append(NoteCall(label, self._next(f"[^{label}]", cursor)))
            case "html_inline":
                if not _COMMENTS.fullmatch(token.content):
                    place = self._next(token.content, cursor)
                    self.findings.append(found("E41", place, found=_shortened(token.content)))
            case "image":
                self._next("![", cursor)

    def _check_text(self, text: str, cursor: _Cursor) -> None:
        for match in _BROKEN.finditer(text):
            place = self._next(match[0], cursor, stay=True)
            self.findings.append(found("E63", place, found=_shortened(match[0])))
        for match in _CALL.finditer(text):
            place = self._next(match[0], cursor, stay=True)
            self.findings.append(found("E44", place, label=match[1]))

    # notes

    def _notes(self, tokens: Sequence[Token]) -> tuple[Note, ...]:
        notes: list[Note] = []
        label, place = "", Place(self._path)
        gathered: list[Token] = []
        odd = False
        for token in tokens:
            if token.type == "footnote_open":
                label, gathered, odd = str(token.meta.get("label", "")), [], False
                place = self._label_place(label)
            elif token.type == "inline":
                gathered.append(token)
            elif token.type in {"bullet_list_open", "ordered_list_open", "table_open", "blockquote_open"}:
                odd = True
            elif token.type == "footnote_close":
                if odd or len(gathered) != 1:
                    self.findings.append(found("E62", place))
                children = tuple(child for inline in gathered for child in self._inlines(inline))
                notes.append(Note(label, children, place))
        return tuple(notes)

    # places

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self._first + 1

    def _last_line(self, token: Token) -> int:
        return max(self._line(token), (token.map[1] if token.map else 0) + self._first)

    def _line_place(self, token: Token) -> Place:
        number = self._line(token)
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        indent = len(line) - len(line.lstrip())
        return Place(self._path, number, indent + 1, max(1, len(line.strip())))

    def _label_place(self, label: str) -> Place:
        opening = f"[^{label}]:"
        for number, line in enumerate(self._lines[self._first :], self._first + 1):
            if (at := line.find(opening)) >= 0:
                return Place(self._path, number, at + 1, len(opening) - 1)
        return Place(self._path)

    def _here(self, cursor: _Cursor) -> Place:
        return Place(self._path, cursor.line, cursor.column + 1)

    def _found_at(self, text: str, place: Place) -> Place:
        return self._next(text, _Cursor(place.line, 0, place.line + 50))

    def _next(self, text: str, cursor: _Cursor, *, stay: bool = False) -> Place:
        """Find a run from the cursor on; where escapes hide it, its line's place must do."""
        for wanted in (text, *text.split(maxsplit=1)[:1]):
            for number in range(cursor.line, min(cursor.last, len(self._lines)) + 1):
                start = cursor.column if number == cursor.line else 0
                at = self._lines[number - 1].find(wanted, start)
                if at >= 0:
                    if not stay:
                        cursor.line, cursor.column = number, at + len(wanted)
                    return Place(self._path, number, at + 1, len(wanted))
        return self._here(cursor)


def _divided(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Part the text from the block of notes that the parser moves to its end."""
    at = next(
        (index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens)
    )
    return tokens[:at], tokens[at:]


def _is_blank(token: Token) -> bool:
    if token.type == "html_inline":
        return bool(_COMMENTS.fullmatch(token.content))
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


def _plain_text(token: Token) -> str:
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content or _plain_text(child)
        for child in token.children or []
    )


def _alignment(token: Token) -> Alignment:
    style = str(token.attrGet("style") or "")
    if "center" in style:
        return Alignment.CENTRE
    return Alignment.END if "right" in style else Alignment.START


def _shortened(text: str) -> str:
    return " ".join(text.split())[:60]
