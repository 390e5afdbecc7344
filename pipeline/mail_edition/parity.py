"""Parity: PDF, HTML and plain text of an issue must have the same headings, figures and links.

Each of the three is read from its final form, not from the content it was composed from.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.models.editions import UNSUBSCRIBE
from pipeline.pdf.text import DIVIDED, page_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HTML: Final = "HTML"
TEXT: Final = N_("plain text")
PDF: Final = "PDF"

_FIGURE: Final = re.compile(r"\d+(?:[.,:]\d+)*")
"""Groups of digits: whether a space or none stands between thousands may differ between renditions."""

_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SET_ASIDE: Final = frozenset({"style", "script", "title"})
_HEADS: Final = frozenset({"h1", "h2", "h3"})


def parity(pdf: bytes, html: str, text: str, about_the_file: Iterable[str]) -> list[Finding]:
    """Compare the three renditions with one another.

    Args:
        pdf: The screen edition.
        html: The HTML part of the mail.
        text: Its plain text part.
        about_the_file: Texts of the mail about the PDF itself, as its size, whose figures the PDF lacks.

    Returns:
        An error for each heading, figure or link that one has and another lacks (E321, E322), and for a part
        without exactly one unsubscribe link (E344).
    """
    page = _Page(html)
    pages = " ".join(page_texts(pdf)).replace(f"{DIVIDED}\n", "").replace(DIVIDED, "")
    findings = [
        found("E344", Place(name), part=name, count=part.count(UNSUBSCRIBE), address=UNSUBSCRIBE)
        for name, part in ((HTML, html), (TEXT, text))
        if part.count(UNSUBSCRIBE) != 1
    ]
    for heading in page.headings:
        findings += [
            found("E321", Place(name), face=name, found=" ".join(heading.split()))
            for name, part in ((PDF, pages), (TEXT, text))
            if _bare(heading) not in _bare(part)
        ]
    other_text = " ".join(about_the_file)
    shown, written = page.figures(other_text), _figures(text, other_text)
    findings += _missing(shown - _figures(pages, ""), HTML, PDF)
    findings += _missing(shown - written, HTML, TEXT)
    findings += _missing(written - shown, TEXT, HTML)
    links = page.links
    written_links = {match.rstrip(".,)") for match in _ADDRESS.findall(text)}
    findings += _missing(_addresses(links) - _addresses(written_links), HTML, TEXT)
    findings += _missing(_addresses(written_links) - _addresses(links), TEXT, HTML)
    return findings


class _Page(HTMLParser):
    """Reader of the HTML part: its headings, links and visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.links: set[str] = set()
        self._shown: list[str] = []
        self._open: list[str] = []
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._shown.append(" ")
            return
        self._open.append(tag)
        if tag in _HEADS:
            self.headings.append("")
        href = dict(attrs).get("href")
        if href:
            self.links.add(href)
            self._href = href

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        self._shown.append("" if tag in _WITHIN_LINES else " ")

    def handle_data(self, data: str) -> None:
        if _SET_ASIDE & set(self._open):
            return
        # A link's own address as its text, without the scheme, is not searched for figures.
        is_address = "a" in self._open and data == _without_scheme(self._href)
        self._shown.append(" " if is_address else data)
        if _HEADS & set(self._open):
            self.headings[-1] += data

    def figures(self, other_text: str) -> set[str]:
        """Return the figures of the visible text."""
        return _figures("".join(self._shown), other_text)


_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_WITHIN_LINES: Final = frozenset({"a", "span", "em", "strong", "b", "i"})


def _figures(text: str, other_text: str) -> set[str]:
    """Return the figures of a text, without those in addresses and in another text."""
    part = _ADDRESS.sub(" ", text)
    return set(_FIGURE.findall(part)) - set(_FIGURE.findall(other_text))


def _bare(text: str) -> str:
    """Return a text without what renditions may differ in: spaces, letters' case, soft hyphens."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text).casefold()


def _addresses(links: Iterable[str]) -> set[str]:
    own = _bare(UNSUBSCRIBE)
    addresses = map(_without_scheme, links)
    return {address for address in addresses if _bare(address) not in own}


def _without_scheme(link: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)", "", link).removesuffix("/")


def _missing(figures: set[str], name: str, other: str) -> Iterator[Finding]:
    for figure in sorted(figures):
        yield found("E322", Place(name), face=name, found=figure, other=other)
