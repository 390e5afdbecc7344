"""The numbers of lists as Word and LibreOffice print them (ECMA-376 part 1, 17.9).

Numbers are not in the text: each paragraph names a list (`w:num`) and a level; lists that name one definition
(`w:abstractNum`) count on from each other, unless one restarts it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.model.numerals import numeral
from pipeline.importing.word.names import MC, W, is_on, value_of
from pipeline.importing.word.styles import left_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pipeline.importing.word.styles import Styles

LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_LONGEST_CHAIN: Final = 5


class Level(NamedTuple):
    """A level of a list.

    Args:
        form: How its number is written: `decimal`, `upperRoman`, `bullet`.
        text: The label, in which `%1` is the number of the first level.
        start: The first number.
        restart: The level whose next number restarts this one, from 1; 0 for none, None for any above.
        legal: Whether all numbers of the label are decimal.
        style: The identifier of the style of paragraphs that belong to it, or None.
        left: How far its words are indented, in twips, or None.
    """

    form: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str | None
    left: int | None = None


class Label(NamedTuple):
    """What is printed before a paragraph of a list.

    Args:
        level: Its level, from 0.
        text: The label, as `3.1.`; empty for a dash or a bullet, and where nothing is printed.
        bullet: Whether it is a dash or a bullet.
        known: Whether its form of numbers is known; otherwise the numbers are decimal.
        left: How far the words behind it are indented, in twips.
    """

    level: int
    text: str
    bullet: bool
    known: bool = True
    left: int = 0


@dataclass(slots=True)
class _List:
    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and where each of them has counted to.

    Args:
        definitions: The levels of each definition.
        linked: The style that a definition takes its list from, by definition.
        lists: Each list.
        styles: The styles of the file.
    """

    definitions: dict[str, dict[int, Level]]
    linked: dict[str, str]
    lists: dict[str, _List]
    styles: Styles
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label_of(self, paragraph: Element) -> Label | None:
        """Count a paragraph, and return its label; None where it belongs to no list.

        Args:
            paragraph: Each of a file is given once, in document order.
        """
        place = self._place_of(paragraph)
        if place is None:
            return None
        number, at = place
        chosen = self._resolved(number)
        if chosen is None:
            return None
        levels = self.definitions.get(chosen.definition, {}) | chosen.levels
        known = at in levels
        if not known:
            # What a definition does not define is numbered with figures.
            levels[at] = Level("decimal", f"%{at + 1}.", 1, None, legal=False, style=None)
        counts = self._counted(number, chosen, levels, at)
        left = self._left_of(paragraph, levels[at].left)
        if levels[at].form == "bullet":
            return Label(at, "", bullet=True, left=left)
        label = _label(levels, counts, at)._replace(left=left)
        return label if known else label._replace(known=False)

    def _left_of(self, paragraph: Element, of_level: int | None) -> int:
        """Return how far the words of an item are indented: a list by itself is stronger than a style."""
        own = paragraph.find(f"{W}pPr/{W}ind") is not None
        listed = paragraph.find(f"{W}pPr/{W}numPr") is not None
        styled = self.styles.left_of(paragraph)
        sources = (of_level, styled) if listed and not own else (styled, of_level)
        return next((each for each in sources if each is not None), 0)

    def _counted(self, number: str, chosen: _List, levels: dict[int, Level], at: int) -> list[int | None]:
        counts = self._counts.setdefault(chosen.definition, [None] * LEVELS)
        for above in range(at):
            if counts[above] is None and above in levels:
                # A level that is passed over counts as if it had been there.
                counts[above] = levels[above].start
        if at in chosen.starts and (number, at) not in self._begun:
            self._begun.add((number, at))
            counts[at] = chosen.starts[at]
        else:
            before = counts[at]
            counts[at] = levels[at].start if before is None else before + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                counts[deeper] = None
        return counts

    def _place_of(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, by itself or by its style."""
        properties = paragraph.find(W + "pPr")
        direct = properties.find(W + "numPr") if properties is not None else None
        number, level = value_of(direct, "numId"), value_of(direct, "ilvl")
        for identifier, style in self._styles_of(paragraph):
            if number is not None and level is not None:
                break
            own = style.find(W + "numPr") if style is not None else None
            inherited = value_of(own, "numId")
            if number is None and inherited is not None:
                number = inherited
                level = level or self._level_of_style(inherited, identifier)
            level = level or value_of(own, "ilvl")
        if number in {None, "0"}:
            return None
        at = int(level) if level and level.isdecimal() else 0
        return (str(number), at) if at < LEVELS else None

    def _styles_of(self, paragraph: Element) -> list[tuple[str, Element | None]]:
        found: list[tuple[str, Element | None]] = []
        identifier = self.styles.style_of(paragraph)
        for style in self.styles.chain(identifier):
            found.append((identifier or "", style.paragraph))
            identifier = style.parent
        return found

    def _level_of_style(self, number: str, identifier: str) -> str | None:
        chosen = self._resolved(number)
        levels = self.definitions.get(chosen.definition, {}) if chosen else {}
        return next((str(at) for at, level in levels.items() if level.style == identifier), None)

    def _resolved(self, number: str) -> _List | None:
        """Return a list, by way of the style that its definition takes it from."""
        chosen = self.lists.get(number)
        for _ in range(_LONGEST_CHAIN):
            if chosen is None or chosen.definition not in self.linked:
                break
            style = self.styles.by_id.get(self.linked[chosen.definition])
            properties = style.paragraph if style else None
            own = properties.find(W + "numPr") if properties is not None else None
            other = self.lists.get(value_of(own, "numId") or "")
            if other is None:
                break
            chosen = _List(other.definition, chosen.starts | other.starts, chosen.levels | other.levels)
        return chosen


def _label(levels: dict[int, Level], counts: list[int | None], at: int) -> Label:
    level = levels[at]
    known = True

    def written(match: re.Match[str]) -> str:
        nonlocal known
        each = int(match[1]) - 1
        count = counts[each]
        if count is None:
            return ""
        form = levels[each].form if each in levels else "decimal"
        text = numeral(count, "decimal" if level.legal and form != "decimalZero" else form)
        known = known and text is not None
        return str(count) if text is None else text

    text = _PLACEHOLDER.sub(written, level.text)
    return Label(at, " ".join(text.split()), bullet=False, known=known)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Return the lists of a file.

    Args:
        root: The root of its part of lists, or None.
        styles: Its styles.
    """
    definitions: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    lists: dict[str, _List] = {}
    for element in root.findall(W + "abstractNum") if root is not None else ():
        identifier = element.get(W + "abstractNumId", "")
        definitions[identifier] = dict(map(_level, element.findall(W + "lvl")))
        if link := value_of(element, "numStyleLink"):
            linked[identifier] = link
    for element in root.findall(W + "num") if root is not None else ():
        chosen = _List(value_of(element, "abstractNumId") or "")
        for override in element.findall(W + "lvlOverride"):
            at = _number(override.get(W + "ilvl"), 0)
            replaced = override.find(W + "lvl")
            if replaced is not None:
                chosen.levels[at] = _level(replaced)[1]
            start = value_of(override, "startOverride")
            if start is not None:
                chosen.starts[at] = _number(start, 1)
        lists[element.get(W + "numId", "")] = chosen
    return Numbering(definitions, linked, lists, styles)


def _level(element: Element) -> tuple[int, Level]:
    restart = value_of(element, "lvlRestart")
    form = element.find(W + "numFmt")
    if form is None:
        # Word writes a form of its own as an alternative to one that all programs know.
        form = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    written = form.get(W + "val", "decimal") if form is not None else "decimal"
    if written == "custom" and form is not None:
        written = form.get(W + "format", "custom")
    return _number(element.get(W + "ilvl"), 0), Level(
        written,
        value_of(element, "lvlText") or "",
        _number(value_of(element, "start"), 0),
        None if restart is None else _number(restart, 0),
        is_on(element.find(W + "isLgl")),
        value_of(element, "pStyle"),
        left_in(element.find(W + "pPr")),
    )


def _number(written: str | None, otherwise: int) -> int:
    """Return a number, or another where it is none."""
    bare = (written or "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < LEVELS else otherwise
