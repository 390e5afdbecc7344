"""What parity compares, read from the finished PDF, HTML and text: headings, figures, addresses."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.html_checks.addresses import INVISIBLE, addresses_in, canonical
from pipeline.html_checks.html_tree import Element, pieces, read_html, text_of
from pipeline.models.editions import UNSUBSCRIBE
from pipeline.pdf.text import DIVIDED, linked_addresses, texts_with_marks_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIGURE: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
"""Groups of thousands: with one group alone, the sign could as well be a decimal one."""

_GROUPED: Final = re.compile(r"(?<![\d.,:])[1-9]\d{0,2}(?:\s\d{3})+(?![\d.,:]*\d)")
_CHAIN: Final = re.compile(r"\d+(?:[.,:]\d+)*(?:\s+\d+(?:[.,:]\d+)*)+")
_CUT: Final = re.compile(r"[^\s…]+…")
"""A word that was cut short: what is left of a number or an address in it is none."""

_LINE_END: Final = f"[{DIVIDED}\ufffe]\n?"
"""What pdfium gives for a hyphen at the end of a line: one that divides a word, or one of the word's own."""

_HEADS: Final = frozenset({"h1", "h2", "h3"})
_OWN: Final = canonical(UNSUBSCRIBE)
_OBJECT: Final = "\ufffc"
"""Stands where an address was, so that what is before and behind it is not joined."""


class Figures(NamedTuple):
    """The figures of a text, counted in two ways: each group of digits by itself, and thousands joined.

    Whether a space stands between two groups because they are one number or because a line ends there cannot
    always be decided. So renditions differ only if they differ in both.
    """

    apart: Counter[str]
    joined: Counter[str]


class MailPart(NamedTuple):
    """A part of the mail.

    Args:
        text: The whole visible text.
        headings: In order.
        figures: Outside addresses.
        addresses: Every address shown or linked, once for each place, with how it is written there.
    """

    text: str
    headings: tuple[str, ...]
    figures: Figures
    addresses: tuple[tuple[str, str], ...]


class Pages(NamedTuple):
    """The PDF.

    Args:
        bare: Its text without what renditions may differ in.
        figures: Every figure that can be read in it.
        addresses: The targets of its links.
    """

    bare: str
    figures: frozenset[str]
    addresses: frozenset[str]


def read_html_part(html: str, left_out: Iterable[str] = ()) -> MailPart:
    """Read the HTML part; what is not displayed, such as the preheader, is left out.

    Args:
        html: The document.
        left_out: Sentences whose figures are not counted.
    """
    root = read_html(html)
    _remove_undisplayed(root)
    headings = tuple(text_of(element) for element in root.elements() if element.tag in _HEADS)
    text, linked = _visible(root)
    rest, shown = _without_addresses(_without(left_out, INVISIBLE.sub("", text)))
    return MailPart(text.replace(_OBJECT, " "), headings, _figures(rest), (*linked, *shown))


def read_text_part(text: str, left_out: Iterable[str] = ()) -> MailPart:
    """Read the plain text part: headings have a line of `=` or `-` below them, or begin with an asterisk.

    Args:
        text: The part.
        left_out: Sentences whose figures are not counted.
    """
    rest, shown = _without_addresses(_without(left_out, INVISIBLE.sub("", text)))
    return MailPart(text, tuple(_text_headings(text)), _figures(rest), tuple(shown))


def read_pages(pdf: bytes) -> Pages:
    """Read the PDF.

    A hyphen at the end of a line may be the word's own, or divide it. Between digits it is the number's own:
    none is divided with a hyphen.
    """
    text = INVISIBLE.sub("", "\n".join(texts_with_marks_apart(pdf)))
    text = re.sub(rf"(?<=\d){_LINE_END}(?=\d)", "-", text)
    text = re.sub(_LINE_END, "", text)
    figures = set(_normal_figures(text))
    for chain in _CHAIN.findall(text):
        figures |= set(_joins(chain.split()))
    return Pages(bare(text), frozenset(figures), frozenset(map(canonical, linked_addresses(pdf))))


def bare(text: str) -> str:
    """Return a text without what renditions may differ in: spaces, hyphens, colons, case, invisible signs."""
    return re.sub(
        r"[\s:\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff\u2010\u2011-]+", "", text
    ).casefold()


def _joins(groups: list[str]) -> Iterator[str]:
    """Yield every number that groups of digits side by side could be."""
    for start in range(len(groups)):
        joined = groups[start]
        for group in groups[start + 1 : start + 8]:
            joined += group
            yield joined


def _figures(text: str) -> Figures:
    whole = _CUT.sub(" ", text)
    joined = _GROUPED.sub(lambda match: "".join(match[0].split()), whole)
    return Figures(Counter(_normal_figures(whole)), Counter(_normal_figures(joined)))


def _normal_figures(text: str) -> Iterator[str]:
    for figure in _FIGURE.findall(text):
        yield re.sub("[.,]", "", figure) if _THOUSANDS.fullmatch(figure) else figure


def _without(sentences: Iterable[str], text: str) -> str:
    """Return a text without some sentences, wherever their lines end."""
    for sentence in sentences:
        words = map(re.escape, INVISIBLE.sub("", sentence).split())
        text = re.sub(r"\s+".join(words), " ", text) if sentence.strip() else text
    return text


def _without_addresses(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text without its addresses, and these: in canonical form, and as written."""
    rest, found, at = "", [], 0
    for start, end in addresses_in(text):
        is_cut = text.startswith("…", end)
        if not is_cut and canonical(text[start:end]) != _OWN:
            found.append((canonical(text[start:end]), text[start:end]))
        rest += text[at:start] + _OBJECT
        at = end
    return rest + text[at:], found


def _visible(root: Element) -> tuple[str, list[tuple[str, str]]]:
    """Return the text of a page without links that show their own address, and all links' addresses.

    An address that may be broken between its parts is several links side by side, with one target.
    """
    text = ""
    links: list[tuple[str, str]] = []
    shown, href = "", ""
    for piece in pieces(root):
        target = next(
            (each.attributes["href"] for each in piece.element.chain() if "href" in each.attributes), ""
        )
        if target != href:
            text += _link_text(shown, href, links)
            shown, href = "", target
        shown += piece.text
    return text + _link_text(shown, href, links), links


def _link_text(shown: str, href: str, links: list[tuple[str, str]]) -> str:
    """Return what remains of a link's words, and enter its address in `links`."""
    address = canonical(href)
    if not href or address == _OWN:
        return shown
    links.append((address, href))
    return _OBJECT if canonical(shown) == address else shown


def _remove_undisplayed(root: Element) -> None:
    for element in list(root.elements()):
        style = re.sub(r"\s", "", element.attributes.get("style", "").casefold())
        if element.parent is not None and ("display:none" in style or "hidden" in element.attributes):
            element.parent.children.remove(element)


def _text_headings(text: str) -> Iterator[str]:
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if len(lines) > 1 and re.fullmatch("=+|-+", lines[-1]):
            yield " ".join(lines[:-1])
        for line in lines:
            if line.startswith("* "):
                yield line[2:]


def count_differences(these: Iterable[str], those: Iterable[str]) -> list[str]:
    """Return what is in `these` more often than in `those`, each once, sorted."""
    return sorted(Counter(these) - Counter(those))
