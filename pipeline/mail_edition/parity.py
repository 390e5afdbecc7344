"""Parity: PDF, HTML and plain text of an issue must have the same headings, figures and links.

Each of the three is read from its final form, not from the content it was composed from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.html_checks.addresses import canonical
from pipeline.mail_edition.finished_parts import (
    Figures,
    MailPart,
    Pages,
    bare,
    count_differences,
    read_html_part,
    read_pages,
    read_text_part,
)
from pipeline.models.editions import UNSUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HTML: Final = "HTML"
TEXT: Final = N_("plain text")
PDF: Final = "PDF"


class OnlyInMail(NamedTuple):
    """What the mail has and the PDF has not.

    Args:
        texts: Sentences about the PDF itself, as its size.
        addresses: Of the site, the PDF on it, and whom to answer.
    """

    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def parity(
    pdf: bytes,
    html: str,
    text: str,
    only_in_mail: OnlyInMail,
    place_of: Callable[[str], Place | None] = lambda _: None,
) -> list[Finding]:
    """Compare the three renditions with one another.

    Args:
        pdf: The screen edition.
        html: The HTML part of the mail.
        text: Its plain text part.
        only_in_mail: What is not looked for in the PDF.
        place_of: Returns where a text was written, or None.

    Returns:
        An error for each heading, figure or link that one has and another lacks or has more often (E321,
        E322), and for a part without exactly one unsubscribe link (E344).
    """
    pages = read_pages(pdf)
    shown, written = read_html_part(html, only_in_mail.texts), read_text_part(text, only_in_mail.texts)
    differences = [
        *_headings(pages, shown, written),
        *_figures(pages, shown, written),
        *_addresses(pages, shown, written, only_in_mail.addresses),
    ]
    findings = [
        found("E344", Place(name), part=name, count=part.count(UNSUBSCRIBE), address=UNSUBSCRIBE)
        for name, part in ((HTML, html), (TEXT, text))
        if part.count(UNSUBSCRIBE) != 1
    ]
    for code, face, words, other in dict.fromkeys(differences):
        place = place_of(words) or Place(face)
        if code == "E321":
            findings.append(found(code, place, face=face, found=words))
        else:
            findings.append(found(code, place, face=face, found=words, other=other))
    return findings


class _Difference(NamedTuple):
    """A difference: its code, the rendition the finding names, the words, and the other rendition."""

    code: str
    face: str
    words: str
    other: str


def _headings(pages: Pages, shown: MailPart, written: MailPart) -> Iterator[_Difference]:
    """Yield headings of the HTML that PDF or text lack, in order, and of the text that the HTML lacks."""
    for heading in shown.headings:
        if bare(heading) not in pages.bare:
            yield _Difference("E321", PDF, " ".join(heading.split()), HTML)
    for heading in _missing_in_order(shown.headings, bare(written.text)):
        yield _Difference("E321", TEXT, heading, HTML)
    for heading in _missing_in_order(written.headings, bare(shown.text)):
        yield _Difference("E321", HTML, heading, TEXT)


def _missing_in_order(headings: Sequence[str], text: str) -> Iterator[str]:
    """Yield the headings that a bare text does not have behind those before them."""
    at = 0
    for heading in headings:
        start = text.find(bare(heading), at)
        if start < 0:
            yield " ".join(heading.split())
        else:
            at = start + len(bare(heading))


def _figures(pages: Pages, shown: MailPart, written: MailPart) -> Iterator[_Difference]:
    for figure in sorted(shown.figures.apart.keys() - pages.figures):
        yield _Difference("E322", HTML, figure, PDF)
    for figure in _more(shown.figures, written.figures):
        yield _Difference("E322", HTML, figure, TEXT)
    for figure in _more(written.figures, shown.figures):
        yield _Difference("E322", TEXT, figure, HTML)


def _more(these: Figures, those: Figures) -> list[str]:
    """Return the figures that one rendition has more often than another, however thousands are grouped."""
    joined = count_differences(these.joined.elements(), those.joined.elements())
    return joined if count_differences(these.apart.elements(), those.apart.elements()) else []


def _addresses(
    pages: Pages, shown: MailPart, written: MailPart, only_in_mail: Iterable[str]
) -> Iterator[_Difference]:
    own = set(map(canonical, only_in_mail))
    forms = dict((*shown.addresses, *written.addresses))
    html = [address for address, _ in shown.addresses]
    text = [address for address, _ in written.addresses]
    for address in sorted(set(html) - own - pages.addresses):
        if bare(address) not in pages.bare:
            yield _Difference("E322", HTML, forms[address], PDF)
    for address in count_differences(html, text):
        yield _Difference("E322", HTML, forms[address], TEXT)
    for address in count_differences(text, html):
        yield _Difference("E322", TEXT, forms[address], HTML)
