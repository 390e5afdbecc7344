"""Takes off a page what is struck out, and writes out what only its look says: signs, letters of lists.

What is taken off is no part of the page's inventory; a finding lists it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import SubElement

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.html.elements import text_of
from pipeline.importing.model.elements import take_out
from pipeline.importing.model.formulas import formula_pieces
from pipeline.importing.model.numerals import numeral
from pipeline.importing.model.symbol_fonts import PRIVATE, sign_of, symbol_font

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STRUCK: Final = frozenset({"s", "strike", "del"})
_LINE_THROUGH: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_UNSEEN: Final = re.compile(
    r"visibility\s*:\s*hidden|font-size\s*:\s*(?:0|1)(?:\.\d+)?\s*(?:px|pt)?\s*(?:!important\s*)?(?:;|$)"
    r"|(?<![-\w])color\s*:\s*transparent|(?<![-\w])opacity\s*:\s*0(?:\.0+)?\s*(?:!important\s*)?(?:;|$)"
    r"|(?<![-\w])(?:left|text-indent)\s*:\s*-\d{3,}(?:\.\d+)?\s*(?:px|em|pt)"
    r"|(?<![-\w])max-height\s*:\s*0(?:px)?\s*(?:;|$)(?=.*overflow\s*:\s*hidden|$)",
    re.IGNORECASE,
)
_FAMILY: Final = re.compile(r"font(?:-family)?\s*:\s*[^;]*", re.IGNORECASE)
_NAME: Final = re.compile(r"wingdings(?: [23])?|webdings|(?<![\w ])symbol(?![\w ])", re.IGNORECASE)
_TYPES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES: Final = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))\b")
_UPPERCASE: Final = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_SMALL_CAPITALS: Final = re.compile(r"font-variant(?:-caps)?\s*:\s*small-caps", re.IGNORECASE)
_NUMERALS: Final = re.compile(r"\W*[ivxlcdm]+(?:\W+[ivxlcdm]+)*\W*")
_SHORT: Final = 200


def take_off_unprinted(root: Element, name: str) -> list[Finding]:
    """Take off a page what is struck out or made unreadable, and write out signs and letters, in place.

    Args:
        root: The root of the page.
        name: The name of its file.

    Returns:
        A finding for each: hidden (W523), struck out (W524), a sign that no face has (W525).
    """
    findings: list[Finding] = []
    stack: list[tuple[Element, str]] = [(root, "")]
    while stack:
        parent, font = stack.pop()
        _with_signs(parent, font, name, findings)
        _write_out(parent)
        for child in list(parent):
            if not isinstance(child.tag, str):
                continue
            if code := _code_of(child):
                if words := " ".join(text_of(child).split()):
                    findings.append(found(code, None, name=name, found=shortened(words, _SHORT)))
                take_out(parent, child)
                continue
            if child.tail and font:
                child.tail = _signs(child.tail, font, name, findings)
        stack += [(child, _font_of(child, font)) for child in reversed(parent) if isinstance(child.tag, str)]
    return list(dict.fromkeys(findings))


def _write_out(element: Element) -> None:
    """Write out what the look of an element says: letters of lists, capitals, readings, formulas."""
    if element.tag == "ol":
        _with_letters(element)
    elif element.tag == "span":
        _with_capitals(element)
    elif element.tag == "ruby":
        _with_readings(element)
    elif str(element.tag).endswith("}math"):
        _with_line(element)


def _code_of(element: Element) -> str:
    """Return the code of the finding that lists an element, or an empty text for one that is read."""
    style = element.get("style", "")
    if element.tag in _STRUCK or _LINE_THROUGH.search(style):
        return "W524"
    if not _UNSEEN.search(style):
        return ""
    # Mail programs set whole layouts at no size, and the words in them at their own.
    resized = any("font" in inner.get("style", "") for inner in element.iter() if inner is not element)
    return "" if resized else "W523"


# signs


def _font_of(element: Element, around: str) -> str:
    """Return the symbol font that the words of an element are set in, or an empty text."""
    families = " ".join(_FAMILY.findall(element.get("style", "")))
    if element.tag == "font" and element.get("face"):
        families = element.get("face", "")
    if not families:
        return around
    match = _NAME.search(families)
    return symbol_font(match[0]) if match else ""


def _with_signs(element: Element, font: str, name: str, findings: list[Finding]) -> None:
    if element.text and font:
        element.text = _signs(element.text, font, name, findings)


def _signs(text: str, font: str, name: str, findings: list[Finding]) -> str:
    written = ""
    for sign in text:
        private = PRIVATE <= ord(sign) <= PRIVATE + 0xFF
        if sign.isspace() or not (private or ord(sign) <= 0xFF):  # noqa: PLR2004 - the signs of a symbol font
            written += sign
            continue
        shown = sign_of(font, ord(sign))
        if not shown:
            findings.append(found("W525", None, name=name, found=f"{font} {ord(sign):04X}"))
        written += shown
    return written


# capitals, formulas, and readings above words


def _with_capitals(element: Element) -> None:
    """Write out capitals that words have by their look alone: abbreviations, in small ones numerals."""
    style, words = element.get("style", ""), element.text or ""
    is_upper = words.islower() and _UPPERCASE.search(style)
    if not len(element) and (is_upper or (_SMALL_CAPITALS.search(style) and _NUMERALS.fullmatch(words))):
        element.text = words.upper()


def _with_line(formula: Element) -> None:
    """Turn a formula into words on a line, where it can be written so."""
    if not (pieces := formula_pieces(formula)):
        return
    tail = formula.tail
    formula.clear()
    formula.tag, formula.tail = "span", tail
    for piece in pieces:
        SubElement(formula, piece.shift or "span").text = piece.text


def _with_readings(ruby: Element) -> None:
    """Put what stands above words behind them, in parentheses, where the page has none for it."""
    if any(each.tag == "rp" for each in ruby):
        return
    for reading in ruby:
        if reading.tag in {"rt", "rtc"} and text_of(reading).strip():
            reading.text = f" ({(reading.text or '').lstrip()}"
            if len(reading):
                reading[-1].tail = f"{(reading[-1].tail or '').rstrip()})"
            else:
                reading.text = f"{reading.text.rstrip()})"


# lists with letters


def _with_letters(ordered: Element) -> None:
    """Turn a list with letters or Roman numerals, or one that counts down, into paragraphs with these."""
    match = _LIST_STYLE.search(ordered.get("style", ""))
    form = _STYLES[match[1].lower()] if match else _TYPES.get(ordered.get("type", "").strip(), "")
    downwards = ordered.get("reversed") is not None
    if not form and not downwards:
        return
    start = ordered.get("start", "").strip()
    highest = sum(item.tag == "li" for item in ordered) if downwards else 1
    number = int(start) if start.isdecimal() and len(start) < 6 else highest  # noqa: PLR2004
    ordered.tag = "div"
    for item in ordered:
        if item.tag == "li":
            value = item.get("value", "").strip()
            number = int(value) if value.isdecimal() and len(value) < 6 else number  # noqa: PLR2004
            first = item
            while not (first.text or "").strip() and len(first) and first[0].tag in {"p", "div", "span"}:
                first = first[0]
            first.text = f"{numeral(number, form or 'decimal')}. {(first.text or '').lstrip()}"
            item.tag = "div"
            number += -1 if downwards else 1
