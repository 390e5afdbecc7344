"""A story of a Word file as it is printed: without what is hidden or struck out, with its numbers and signs.

Word's XML says how the words are made; the reader behind this module takes the words as they stand. So each
story (the text, its notes) is rewritten first: choices are made, wrappers opened, fields replaced by what
they show. What is left out is written down, word by word, for the account of what was placed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.model.symbol_fonts import sign_of
from pipeline.importing.word.fields import PROMPT, FieldReader
from pipeline.importing.word.names import W, is_on
from pipeline.importing.word.symbols import is_symbol, signs_of
from pipeline.importing.word.unwrapping import first_properties, join_initials, opened, stand_by_themselves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.importing.word.cropping import Crop
    from pipeline.importing.word.numbering import Label, Numbering
    from pipeline.importing.word.styles import Styles

MARK: Final = "bulletin-"
"""How the names of the bookmarks begin that mark paragraphs of lists and the places of other files."""

_LONGEST_SHIFTED: Final = 12
"""Letters of a power or an index."""

_TINY: Final = 3
"""The size, in half points, up to which nobody can read anything."""

_NEAR: Final = 120
"""Twips by which a paragraph may be indented less than the item it continues: a fifth of a centimetre."""

_CONTINUING: Final = ("list continue", "list paragraph")
"""How the names of styles begin that Word sets further paragraphs of an item in."""

_LIST_STYLE: Final = re.compile(r"List (?:Bullet|Number) ([2-5])", re.IGNORECASE)
_CAPITALS: Final = ("caps", "smallCaps")
_NUMERALS: Final = re.compile(r"\W*[ivxlcdm]+(?:\W+[ivxlcdm]+)*\W*")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_HEADING: Final = ("heading ", "title")
_DELETED: Final = frozenset({W + "del", W + "moveFrom"})
_OWN_PARAGRAPHS: Final = frozenset({W + "p", W + "tbl"})


class LeftOut(NamedTuple):
    """Words that are in the file and are not printed, or not meant to be read.

    Args:
        code: Of the finding that lists them: hidden (W523), struck out (W524), a prompt (W531).
        text: The words.
    """

    code: str
    text: str


class _Frame(Enum):
    """What a paragraph is framed by: nothing, a cell or a box that may be coloured, a row that is hidden."""

    NONE = auto()
    SHOWN = auto()
    HIDDEN = auto()


@dataclass(slots=True)
class Story:
    """What becomes of a story while it is rewritten.

    Args:
        styles: Those of the file.
        numbering: Its lists; they count on from story to story.
        add_link: Returns the identifier of a relationship of the story to an address outside of the file.
        crop: Returns the identifier of a relationship to a picture with a part cut away, given that of the
            whole.
    """

    styles: Styles
    numbering: Numbering
    add_link: Callable[[str], str]
    crop: Callable[[str, Crop], str]
    left_out: list[LeftOut] = field(default_factory=list)
    lost_signs: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)
    _lefts: dict[int, int] = field(default_factory=dict)
    """How far the words of the last item are indented, and of those it stands in, by level."""

    def rewrite(self, root: Element) -> None:
        """Rewrite a story as it is printed, in place.

        Args:
            root: Its root.
        """
        stand_by_themselves(root)
        root[:] = [each for child in root for each in opened(child, self.add_link, self.crop)]
        fields = FieldReader(self.add_link)
        fields.read(root)
        self.formulas += fields.formulas
        self._mark_chunks(root)
        for paragraph, frame in _paragraphs(root):
            self._without_unprinted(paragraph, frame)
            self._with_signs(paragraph)
            self._with_capitals(paragraph)
            self._with_shifts(paragraph)
            self._numbered(paragraph)
        join_initials(root)

    # hidden and struck out

    def _without_unprinted(self, paragraph: Element, frame: _Frame) -> None:
        last = ""
        words: list[str] = []
        for parent, run in list(_runs(paragraph)):
            code = self._code_of(run, paragraph, frame)
            if code != last:
                self._leave_out(last, words)
                last, words = code, []
            if code:
                words.append("".join(_texts(run)))
                parent.remove(run)
        self._leave_out(last, words)

    def _leave_out(self, code: str, words: list[str]) -> None:
        if code and (text := " ".join("".join(words).split())):
            self.left_out.append(LeftOut(code, text))

    def _code_of(self, run: Element, paragraph: Element, frame: _Frame) -> str:
        """Return the code of the finding that lists a run, or an empty text for one that is read."""
        properties = run.find(W + "rPr")
        if run.get(PROMPT):
            return "W531"
        if frame is _Frame.HIDDEN or self._is_hidden(properties, paragraph, frame):
            return "W523"
        struck = any(self.styles.is_on(name, properties, paragraph) for name in ("strike", "dstrike"))
        return "W524" if struck else ""

    def _is_hidden(self, run: Element | None, paragraph: Element, frame: _Frame) -> bool:
        if any(self.styles.is_on(name, run, paragraph) for name in ("vanish", "webHidden")):
            return True
        size = self.styles.property_of("sz", run, paragraph)
        written = size.get(W + "val", "") if size is not None else ""
        if written.isdecimal() and int(written) <= _TINY:
            return True
        colour = self.styles.property_of("color", run, paragraph)
        if frame is not _Frame.NONE or colour is None or colour.get(W + "val", "").upper() != "FFFFFF":
            return False
        # White words can be read on a ground that is not.
        grounds = [self.styles.property_of(name, run, paragraph) for name in ("shd", "highlight")]
        sources = [
            paragraph.find(W + "pPr"),
            *(s.paragraph for s in self.styles.chain(self.styles.style_of(paragraph))),
        ]
        grounds += [source.find(W + "shd") for source in sources if source is not None]
        return all(ground is None for ground in grounds)

    # signs

    def _with_signs(self, paragraph: Element) -> None:
        for _, run in _runs(paragraph):
            fonts = self.styles.property_of("rFonts", run.find(W + "rPr"), paragraph)
            for child in list(run):
                if child.tag == W + "sym":
                    self._replace_symbol(run, child)
                elif child.tag == W + "t" and any(is_symbol(fonts, sign) for sign in child.text or ""):
                    self._replace_signs(child, fonts)

    def _with_capitals(self, paragraph: Element) -> None:
        """Write out capitals that words have by their face alone: abbreviations, in small ones numerals."""
        shown: list[tuple[str, list[Element]]] = []
        for _, run in _runs(paragraph):
            properties = run.find(W + "rPr")
            face = next((name for name in _CAPITALS if self.styles.is_on(name, properties, None)), "")
            if not shown or shown[-1][0] != face:
                shown.append((face, []))
            shown[-1][1].extend(run.iter(W + "t"))
        for face, texts in shown:
            written = "".join(text.text or "" for text in texts)
            is_lower = face == "caps" and written.islower()
            if is_lower or (face and _NUMERALS.fullmatch(written)):
                for text in texts:
                    text.text = (text.text or "").upper()

    def _with_shifts(self, paragraph: Element) -> None:
        """Mark runs as raised or lowered that a style makes so, or that are small and off their line.

        LibreOffice writes powers of a page so: a position in half-points beside a size of its own.
        """
        for _, run in _runs(paragraph):
            properties = run.find(W + "rPr")
            if (
                properties is None
                or run.find(W + "t") is None
                or properties.find(W + "vertAlign") is not None
            ):
                continue
            style = self.styles.property_of("vertAlign", properties, None)
            shift = style.get(W + "val", "") if style is not None else ""
            position = properties.find(W + "position")
            if not shift and position is not None and properties.find(W + "sz") is not None:
                offset = position.get(W + "val", "0")
                short = len("".join(_texts(run)).strip()) <= _LONGEST_SHIFTED
                is_off = short and bool(re.fullmatch(r"-?\d{1,3}", offset)) and int(offset) != 0
                shift = ("subscript" if offset.startswith("-") else "superscript") if is_off else ""
            if shift in {"superscript", "subscript"}:
                SubElement(properties, W + "vertAlign", {W + "val": shift})

    def _replace_symbol(self, run: Element, symbol: Element) -> None:
        font, written = symbol.get(W + "font", ""), symbol.get(W + "char", "")
        try:
            code = int(written, 16)
        except ValueError:
            code = 0
        sign = sign_of(font, code)
        if not sign:
            self.lost_signs.append(f"{font} {written}".strip())
        text = Element(W + "t", {_SPACE: "preserve"})
        text.text = sign
        run[list(run).index(symbol)] = text

    def _replace_signs(self, text: Element, fonts: Element | None) -> None:
        set_as = ""
        for written, sign, font in signs_of(text.text or "", fonts):
            if font and not sign:
                self.lost_signs.append(f"{font} {ord(written):04X}")
            set_as += sign
        text.text = set_as
        text.set(_SPACE, "preserve")

    # lists and other files

    def _numbered(self, paragraph: Element) -> None:
        if self._is_gone(paragraph):
            return
        label = self.numbering.label_of(paragraph)
        properties = paragraph.find(W + "pPr")
        numbers = properties.find(W + "numPr") if properties is not None else None
        if properties is not None and numbers is not None:
            # A style could bring the number back: zero is no list.
            numbers.clear()
        if label is None:
            self._mark_continued(paragraph, is_taken_out=numbers is not None)
            return
        properties = first_properties(paragraph)
        if numbers is None:
            numbers = SubElement(properties, W + "numPr")
        SubElement(numbers, W + "numId", {W + "val": "0"})
        at = list(paragraph).index(properties) + 1
        if self._is_heading(paragraph):
            if label.text:
                paragraph.insert(at, _run(f"{label.text} "))
            return
        label = self._at_level_of_style(paragraph, label)
        above = {level: left for level, left in self._lefts.items() if level < label.level}
        self._lefts = above | {label.level: label.left}
        self.labels.append(label)
        paragraph.insert(at, _bookmark(f"list-{len(self.labels) - 1}"))

    def _mark_continued(self, paragraph: Element, *, is_taken_out: bool) -> None:
        """Mark a paragraph that is indented as the words of an item, and may continue it."""
        left = self.styles.left_of(paragraph) or 0
        levels = [level for level, at in self._lefts.items() if 0 < at <= left + _NEAR]
        if not levels or self._is_heading(paragraph) or not _tells(paragraph):
            return
        style = next(self.styles.chain(self.styles.style_of(paragraph)), None)
        is_sure = is_taken_out or (style is not None and style.name.lower().startswith(_CONTINUING))
        at = list(paragraph).index(first_properties(paragraph)) + 1
        paragraph.insert(at, _bookmark(f"more-{max(levels)}-{int(is_sure)}"))

    def _at_level_of_style(self, paragraph: Element, label: Label) -> Label:
        """Return a label at the level that Word's own styles are set at: each of them is a list by itself."""
        style = next(self.styles.chain(self.styles.style_of(paragraph)), None)
        match = _LIST_STYLE.fullmatch(style.name) if style is not None else None
        return label._replace(level=max(label.level, int(match[1]) - 1)) if match else label

    def _is_heading(self, paragraph: Element) -> bool:
        style = next(self.styles.chain(self.styles.style_of(paragraph)), None)
        return style is not None and style.name.lower().startswith(_HEADING)

    def _is_gone(self, paragraph: Element) -> bool:
        """Return whether a paragraph is hidden or deleted to its end, so that it has no number."""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is None or not (is_on(mark.find(W + "vanish")) or mark.find(W + "del") is not None):
            return False
        return not any("".join(_texts(run)).strip() for _, run in _runs(paragraph))

    def _mark_chunks(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == W + "altChunk":
                    self.chunks.append(next(iter(child.attrib.values()), ""))
                    paragraph = Element(W + "p")
                    paragraph.append(_bookmark(f"file-{len(self.chunks) - 1}"))
                    parent[at] = paragraph


def _bookmark(name: str) -> Element:
    return Element(W + "bookmarkStart", {W + "id": "0", W + "name": MARK + name})


def _run(text: str) -> Element:
    run = Element(W + "r")
    SubElement(run, W + "t", {_SPACE: "preserve"}).text = text
    return run


def _paragraphs(root: Element) -> Iterator[tuple[Element, _Frame]]:
    """Yield each paragraph with what it is framed by."""
    stack: list[tuple[Element, _Frame]] = [(root, _Frame.NONE)]
    while stack:
        element, frame = stack.pop()
        if element.tag == W + "p":
            yield element, frame
        if element.tag == W + "tr" and is_on(element.find(f"{W}trPr/{W}hidden")):
            frame = _Frame.HIDDEN
        elif element.tag in {W + "tc", W + "txbxContent"} and frame is _Frame.NONE:
            frame = _Frame.SHOWN
        stack.extend((child, frame) for child in reversed(element))


def _tells(paragraph: Element) -> bool:
    """Return whether a paragraph has words or a picture."""
    return any(
        "".join(_texts(run)).strip() or run.find(W + "drawing") is not None for _, run in _runs(paragraph)
    )


def _runs(paragraph: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each run of a paragraph with its parent, without those of text boxes and of deletions."""
    stack = [(paragraph, child) for child in reversed(paragraph)]
    while stack:
        parent, element = stack.pop()
        if element.tag == W + "r":
            yield parent, element
        elif element.tag not in _DELETED | _OWN_PARAGRAPHS:
            stack.extend((element, child) for child in reversed(element))


def _texts(run: Element) -> Iterator[str]:
    for each in run.iter():
        if each.tag == W + "t":
            yield each.text or ""
        elif each.tag in {W + "tab", W + "br"}:
            yield " "
