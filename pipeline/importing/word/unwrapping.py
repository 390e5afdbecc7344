"""Opens what wraps the words of a story: choices, content controls, simple fields, shapes, drawings."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.model.formulas import formula_pieces
from pipeline.importing.word.cropping import Crop, crop_of, vml_crop_of
from pipeline.importing.word.fields import PROMPT, unwrapped_field
from pipeline.importing.word.names import MC, PIC, WP, A, M, R, V, W, is_on, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.importing.model.formulas import FormulaPiece

    AddLink = Callable[[str], str]
    MakeCrop = Callable[[str, Crop], str]

_WRAPPERS: Final = frozenset(
    {
        W + "dir",
        W + "bdo",
        W + "smartTag",
        W + "customXml",
        W + "moveTo",
        W + "ins",
        M + "oMathPara",
    }
)
_CELLS: Final = frozenset({W + "tc", W + "sdt"})
_MOST_COLUMNS: Final = 63
"""As many as Word allows in a table."""

_TELLING: Final = frozenset({W + "t", W + "sym", A + "blip", V + "imagedata", V + "textpath"})
_SHIFTS: Final = {"sup": "superscript", "sub": "subscript"}
_RENAMED: Final = {W + "cr": W + "br", W + "ptab": W + "tab"}
_SHAPES: Final = frozenset(
    {
        V + each
        for each in (
            "oval",
            "line",
            "polyline",
            "curve",
            "arc",
            "image",
            "rect",
            "roundrect",
            "shape",
            "group",
        )
    }
)


def stand_by_themselves(root: Element) -> None:
    """Let words and cells stand apart where Word does it by a break or a gap of its own, in place.

    A break of a page or a column within a paragraph becomes one of a line; columns of a table that a row
    leaves out at either side (17.4.15, 17.4.14) become cells without words.

    Args:
        root: A story.
    """
    for line_break in root.iter(W + "br"):
        line_break.attrib.pop(W + "type", None)
    for row in root.iter(W + "tr"):
        properties = row.find(W + "trPr")
        before, after = (_gap(properties, name) for name in ("gridBefore", "gridAfter"))
        if before is not None:
            row.insert(next((at for at, each in enumerate(row) if each.tag in _CELLS), len(row)), before)
        if after is not None:
            row.append(after)


def _gap(row: Element | None, name: str) -> Element | None:
    """Return a cell without words for the columns that a row leaves out, or None where it leaves out none."""
    written = value_of(row, name) or "0"
    if not written.isdecimal() or not 0 < int(written) <= _MOST_COLUMNS:
        return None
    cell = Element(W + "tc")
    SubElement(SubElement(cell, W + "tcPr"), W + "gridSpan", {W + "val": written})
    SubElement(cell, W + "p")
    return cell


def opened(element: Element, add_link: AddLink, crop: MakeCrop) -> list[Element]:
    """Return what stands in the place of an element, with everything in it opened.

    Args:
        element: An element of a story; it is changed.
        add_link: Returns the identifier of a relationship to an address outside of the file.
        crop: Returns the identifier of a relationship to a picture with a part cut away.
    """
    if element.tag == MC + "AlternateContent":
        return [each for child in _chosen(element) for each in opened(child, add_link, crop)]
    if element.tag == W + "drawing":
        return [each for made in _drawn(element, crop) for each in opened_children(made, add_link, crop)]
    if element.tag == M + "oMath":
        return list(map(_run_of, formula_pieces(element))) or [element]
    opened_children(element, add_link, crop)
    if element.tag == W + "sdt":
        return _controlled(element)
    if element.tag == W + "fldSimple":
        return unwrapped_field(element, add_link)
    if element.tag == W + "ruby":
        base, reading = element.find(W + "rubyBase"), element.find(W + "rt")
        return [each for part in (base, reading) if part is not None for each in part]
    if element.tag in _WRAPPERS:
        # What describes the wrapper is no word of the line.
        return [child for child in element if not str(child.tag).endswith("Pr")]
    if element.tag == W + "rt":
        _put_in_brackets(element)
    if element.tag in _SHAPES:
        return _shape(element, crop)
    element.tag = _RENAMED.get(element.tag, element.tag)
    return [element]


def _run_of(piece: FormulaPiece) -> Element:
    """Return words of a formula as a run."""
    run = Element(W + "r")
    if piece.shift:
        SubElement(SubElement(run, W + "rPr"), W + "vertAlign", {W + "val": _SHIFTS[piece.shift]})
    text = SubElement(run, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = piece.text
    return run


def _controlled(control: Element) -> list[Element]:
    """Return what a content control holds, its prompt marked where it holds nothing else."""
    content = control.find(W + "sdtContent")
    if content is None:
        return []
    if is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
        for run in content.iter(W + "r"):
            run.set(PROMPT, "1")
    return list(content)


def opened_children(element: Element, add_link: AddLink, crop: MakeCrop) -> list[Element]:
    """Open everything within an element, and return the element alone in a list."""
    element[:] = [each for child in element for each in opened(child, add_link, crop)]
    return [element]


def _chosen(choices: Element) -> list[Element]:
    """Return the alternative to be read: the first with words or pictures, as all say the same."""
    alternatives = list(choices)
    said = [each for each in alternatives if any(inner.tag in _TELLING for inner in each.iter())]
    return list((said or alternatives or [choices])[0])


def _drawn(drawing: Element, crop: MakeCrop) -> list[Element]:
    """Return the pictures and the text boxes of a drawing, of groups too, each as one that stands alone."""
    properties = drawing.find(f".//{WP}docPr")
    if properties is not None and _is_hidden(properties):
        return []
    boxes = list(drawing.iter(W + "txbxContent"))
    within = {each for box in boxes for each in box.iter()}
    holders = [each for each in drawing.iter() if each.find(A + "blip") is not None and each not in within]
    turns = {id(child): each.find(f"{PIC}spPr/{A}xfrm") for each in drawing.iter() for child in each}
    pictures = [_picture(holder, properties, turns.get(id(holder)), crop) for holder in holders]
    return [*pictures, *map(_box, boxes)] or [drawing]


def _is_hidden(properties: Element) -> bool:
    return properties.get("hidden", "0") in {"1", "true", "on"}


def _picture(holder: Element, properties: Element | None, turn: Element | None, crop: MakeCrop) -> Element:
    blip = holder.find(A + "blip")
    assert blip is not None  # noqa: S101 - holders are chosen by it
    cut = crop_of(holder.find(A + "srcRect")).turned(turn)
    if cut.changes and (whole := blip.get(R + "embed")):
        blip.set(R + "embed", crop(whole, cut))
    drawing = Element(W + "drawing")
    inline = SubElement(drawing, WP + "inline")
    if properties is not None:
        inline.append(properties)
    data = SubElement(SubElement(inline, A + "graphic"), A + "graphicData")
    SubElement(SubElement(data, PIC + "pic"), PIC + "blipFill").append(blip)
    return drawing


def _box(content: Element) -> Element:
    picture = Element(W + "pict")
    SubElement(SubElement(picture, V + "shape"), V + "textbox").append(content)
    return picture


def _shape(shape: Element, crop: MakeCrop) -> list[Element]:
    """Return a shape of VML as one that is read, with the words of WordArt as text."""
    if "visibility:hidden" in shape.get("style", "").replace(" ", ""):
        return []
    for art in shape.findall(V + "textpath"):
        if (words := art.get("string", "").strip()) and _is_shown(art):
            content = Element(W + "txbxContent")
            for line in words.splitlines():
                run = SubElement(SubElement(content, W + "p"), W + "r")
                SubElement(run, W + "t").text = line
            SubElement(shape, V + "textbox").append(content)
    for data in shape.findall(V + "imagedata"):
        cut = vml_crop_of(data).turned_by_style(shape.get("style", ""))
        if cut.changes and (whole := data.get(R + "id")):
            data.set(R + "id", crop(whole, cut))
    if shape.tag != V + "group":
        shape.tag = V + "shape"
    return [shape]


def _is_shown(art: Element) -> bool:
    return art.get("on", "t") not in {"f", "false"}


def _put_in_brackets(reading: Element) -> None:
    """Put the reading of characters, which stands above them, in brackets behind them."""
    for text in reading.iter(W + "t"):
        text.text = f" ({text.text or ''})"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def join_initials(root: Element) -> None:
    """Join a large first letter, which is a paragraph in a frame, to the paragraph it begins (17.3.1.11).

    Args:
        root: A story; it is changed.
    """
    for parent in list(root.iter()):
        children = list(parent)
        for initial, rest in pairwise(children):
            frame = (
                initial.find(f"{W}pPr/{W}framePr") if initial.tag == W + "p" and rest.tag == W + "p" else None
            )
            if frame is not None and frame.get(W + "dropCap", "none") != "none":
                properties = first_properties(rest)
                at = list(rest).index(properties) + 1
                for offset, child in enumerate(child for child in initial if child.tag != W + "pPr"):
                    rest.insert(at + offset, child)
                parent.remove(initial)


def first_properties(paragraph: Element) -> Element:
    """Return the properties of a paragraph, made where it has none."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = Element(W + "pPr")
        paragraph.insert(0, properties)
    return properties
