"""Pages that LibreOffice or Word saved: heads and feet of pages and remarks, which are no text of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.model.elements import take_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pipeline.findings.finding import Finding

_REMARKS: Final = re.compile(r"mso-element\s*:\s*comment-list")
_REMARK: Final = re.compile(r"mso-element\s*:\s*comment(?!-)")
_PADDING: Final = re.compile(r"font\s*:\s*7(?:\.0)?pt\s+[\"']?Times New Roman")
_EDGES: Final = frozenset({"header", "footer"})
_SHORT: Final = 200


def is_of_office(root: Element) -> bool:
    """Return whether LibreOffice or OpenOffice saved a page, which say so.

    Args:
        root: The root of the page.
    """
    makers = [each.get("content", "") for each in root.iter("meta") if each.get("name", "") == "generator"]
    return any(maker.startswith(("LibreOffice", "OpenOffice")) for maker in makers)


def narrow_paddings_of_word(root: Element) -> None:
    """Make one space of those that Word pads the number of a heading or an item with, in place.

    Args:
        root: The root of the page.
    """
    for span in root.iter("span"):
        if _PADDING.search(span.get("style", "")) and not len(span) and not (span.text or "").strip():
            span.text = " "


def take_off_remarks_of_word(root: Element, name: str) -> list[Finding]:
    """Take the remarks off a page of Word or Outlook, in place, with their marks in the text.

    Args:
        root: The root of the page.
        name: The name of its file.

    Returns:
        A finding for each (W502).
    """
    if not any("msocom" in each.get("class", "") for each in root.iter("a")):
        return []
    findings: list[Finding] = []
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str):
                continue
            if _REMARKS.search(child.get("style", "")):
                inner = [each for each in child.iter("div") if _REMARK.search(each.get("style", ""))]
                findings += [
                    found("W502", None, name=name, found=shortened(words, _SHORT))
                    for each in inner
                    if (words := " ".join("".join(each.itertext()).split()))
                ]
                take_out(parent, child)
            elif child.get("class", "") == "msocomanchor":
                take_out(parent, child)
    return findings


def take_off_page_edges(root: Element, name: str) -> list[Finding]:
    """Take the heads and feet of pages (W506) and the remarks (W502) off a page of LibreOffice, in place.

    Args:
        root: The root of the page.
        name: The name of its file.

    Returns:
        A finding for each with words.
    """
    if not is_of_office(root):
        return []
    findings: list[Finding] = []
    body = root.find("body")
    for parent in list(body.iter() if body is not None else ()):
        for child in list(parent):
            is_remark = not isinstance(child.tag, str)
            if not is_remark and not (child.tag == "div" and child.get("title") in _EDGES):
                continue
            words = " ".join((child.text or "" if is_remark else "".join(child.itertext())).split())
            if words:
                code = "W502" if is_remark else "W506"
                findings.append(found(code, None, name=name, found=shortened(words, _SHORT)))
            take_out(parent, child)
    return findings
