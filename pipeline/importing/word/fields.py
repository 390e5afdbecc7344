"""Fields and form fields, each as what it shows (ECMA-376 part 1, 17.16).

A field is code and its last result, set between characters of runs; the code is taken out, a link becomes a
link, and what has no result in the text – ticked boxes, chosen entries – is written out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.model.symbol_fonts import sign_of
from pipeline.importing.word.names import R, W, is_on

if TYPE_CHECKING:
    from collections.abc import Callable

PROMPT: Final = "bulletin-prompt"
"""The attribute of runs that ask for what a field is to hold: nobody filled it in (ECMA-376, 17.5.2.39)."""

TICKED: Final = "☑"
UNTICKED: Final = "⬜"
_HYPERLINK: Final = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_ARGUMENT: Final = re.compile(r'\\(\w)|"((?:[^"\\]|\\.)*)"|(\S+)')
_WITH_ARGUMENT: Final = frozenset("lot")
_MERGED: Final = re.compile(r"\s*MERGEFIELD\b", re.IGNORECASE)
_UNMERGED: Final = re.compile(r"\s*«.*»\s*", re.DOTALL)
_COUNTED: Final = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)
_SYMBOL: Final = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(.*)", re.IGNORECASE)
_FONT: Final = re.compile(r'\\f\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_BUTTON: Final = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_FORMULA: Final = re.compile(r"\s*EQ\s", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    begin: Element
    code: str = ""
    in_result: bool = False
    shown: bool = field(default=False)
    runs: list[Element] = field(default_factory=list)


class FieldReader:
    """Takes the code of fields out of a story.

    Args:
        add_link: Returns the identifier of a relationship to an address outside of the file.
    """

    def __init__(self, add_link: Callable[[str], str]) -> None:
        self._add_link = add_link
        self._open: list[_Field] = []
        self.formulas: list[str] = []

    def read(self, root: Element) -> None:
        """Replace the fields of a story by what they show, in place.

        Args:
            root: Its root. Where a field has no end, its text stays as it is.
        """
        kinds = [each.get(W + "fldCharType") for each in root.iter(W + "fldChar")]
        if kinds.count("begin") != kinds.count("end"):
            return
        parents = {child: parent for parent in root.iter() for child in parent}
        for run in [each for each in root.iter(W + "r")]:  # noqa: C416 - the tree changes
            self._read_run(run, parents)

    def _read_run(self, run: Element, parents: dict[Element, Element]) -> None:
        kept: list[Element] = []
        link = ""
        for child in run:
            if child.tag == W + "fldChar":
                kept += self._turn(child)
            elif child.tag in {W + "instrText", W + "delInstrText"}:
                if self._open and not self._open[-1].in_result and child.tag == W + "instrText":
                    self._open[-1].code += child.text or ""
            elif all(each.in_result for each in self._open) or child.tag == W + "rPr":
                if child.tag != W + "rPr":
                    for each in self._open:
                        each.shown = True
                        each.runs.append(run)
                    link = link or self._link()
                kept.append(child)
            elif self._open and child.tag == W + "t":
                # A field within the code of another is a part of that code.
                self._open[0].code += child.text or ""
        run[:] = kept
        if link and (parent := parents.get(run)) is not None and parent.tag != W + "hyperlink":
            around = Element(W + "hyperlink", _target(link, self._add_link))
            parent[list(parent).index(run)] = around
            around.append(run)
            parents[run], parents[around] = around, parent

    def _turn(self, mark: Element) -> list[Element]:
        """Heed a mark of a field, and return what is to be shown in its place."""
        match mark.get(W + "fldCharType"):
            case "begin":
                self._open.append(_Field(mark))
            case "separate" if self._open:
                self._open[-1].in_result = True
            case "end" if self._open:
                ended = self._open.pop()
                _mark_unmerged(ended.code, ended.runs)
                if all(each.in_result for each in self._open):
                    return self._shown_by(ended)
        return []

    def _shown_by(self, ended: _Field) -> list[Element]:
        """Return what a field shows that has no result in the text."""
        text = _form_value(ended)
        if match := _SYMBOL.match(ended.code):
            font = _FONT.search(match[2])
            sign = sign_of((font[1] or font[2]) if font else "Symbol", int(match[1], 0))
            return [] if ended.shown else _text(sign)
        if not ended.shown and (match := _BUTTON.match(ended.code)):
            return _text(" ".join(match[1].split()))
        if not ended.shown and _FORMULA.match(ended.code):
            self.formulas.append(" ".join(ended.code.split()))
        return _text(text)

    def _link(self) -> str:
        codes = (each.code for each in reversed(self._open))
        return next((code for code in codes if _HYPERLINK.match(code)), "")


def counted_days(root: Element) -> list[str]:
    """Return the days and hours in a story that are those of whoever opens or converts the file.

    Args:
        root: Its root.
    """
    days: list[str] = []
    code = result = ""
    for element in root.iter():
        if element.tag == W + "fldSimple" and _COUNTED.match(element.get(W + "instr", "")):
            days.append("".join(each.text or "" for each in element.iter(W + "t")))
        elif element.tag == W + "fldChar" and element.get(W + "fldCharType") == "begin":
            code = result = ""
        elif element.tag == W + "instrText":
            code += element.text or ""
        elif element.tag == W + "t" and _COUNTED.match(code):
            result += element.text or ""
        elif element.tag == W + "fldChar" and element.get(W + "fldCharType") == "end":
            days += [result] if result else []
            code = result = ""
    return days


def unwrapped_field(element: Element, add_link: Callable[[str], str]) -> list[Element]:
    """Return what a simple field shows: its runs, within a link if it is one.

    Args:
        element: A `w:fldSimple`.
        add_link: As for `FieldReader`.
    """
    code = element.get(W + "instr", "")
    children = [child for child in element if child.tag != W + "fldData"]
    if not _HYPERLINK.match(code):
        _mark_unmerged(code, [run for child in children for run in child.iter(W + "r")])
        return children
    around = Element(W + "hyperlink", _target(code, add_link))
    around.extend(children)
    return [around]


def _mark_unmerged(code: str, runs: list[Element]) -> None:
    """Mark what stands where a letter was to have a name or an address of each recipient: «Name»."""
    if not _MERGED.match(code):
        return
    runs = list(dict.fromkeys(runs))
    if _UNMERGED.fullmatch("".join(text.text or "" for run in runs for text in run.iter(W + "t"))):
        for run in runs:
            run.set(PROMPT, "1")


def _target(code: str, add_link: Callable[[str], str]) -> dict[str, str]:
    r"""Return the attributes of a link: `HYPERLINK "address" \l "anchor" \o "tip" \n`."""
    address = anchor = switch = ""
    for match in _ARGUMENT.finditer(_HYPERLINK.sub("", code, count=1)):
        if match[1]:
            switch = match[1].lower()
            continue
        value = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        if switch == "l":
            anchor = value
        elif not address and switch not in _WITH_ARGUMENT:
            address = value
        switch = ""
    if not address:
        return {W + "anchor": anchor}
    return {R + "id": add_link(address + (f"#{anchor}" if anchor else ""))}


def _form_value(ended: _Field) -> str:
    """Return the value of a field of a form that is not in its result: a box, or an entry of a list."""
    form = ended.begin.find(W + "ffData")
    if form is None:
        return ""
    if (box := form.find(W + "checkBox")) is not None:
        checked = box.find(W + "checked")
        return TICKED if is_on(checked if checked is not None else box.find(W + "default")) else UNTICKED
    entries = form.find(W + "ddList")
    if entries is None or ended.shown:
        return ""
    named = [each.get(W + "val", "") for each in entries.findall(W + "listEntry")]
    for name in ("result", "default"):
        chosen = entries.find(W + name)
        if chosen is not None and chosen.get(W + "val", "").isdecimal():
            at = int(chosen.get(W + "val", "0"))
            return named[at] if at < len(named) else ""
    return named[0] if named else ""


def _text(text: str) -> list[Element]:
    if not text:
        return []
    holder = Element(W + "r")
    SubElement(holder, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = text
    return list(holder)
