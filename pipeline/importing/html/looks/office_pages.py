"""Pages that LibreOffice saved: heads and feet of its pages and remarks, which are no part of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.model.elements import take_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pipeline.findings.finding import Finding

_EDGES: Final = frozenset({"header", "footer"})
_SHORT: Final = 200


def is_of_office(root: Element) -> bool:
    """Return whether LibreOffice or OpenOffice saved a page, which say so.

    Args:
        root: The root of the page.
    """
    makers = [each.get("content", "") for each in root.iter("meta") if each.get("name", "") == "generator"]
    return any(maker.startswith(("LibreOffice", "OpenOffice")) for maker in makers)


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
