"""The deposit letter: the particulars of an issue for the national library, as plain text.

A publication is deposited under the law of the country it appears in. Of Bulgaria's the library and the law
are named; elsewhere the officer knows the library; the particulars are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.editions import TRIM
from pipeline.pdf.companions.job_ticket import Printed, file_and_size, slip
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import country_name, label, language_name
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Issue

_BULGARIA = "BG"


def deposit(issue: Issue, printed: Printed) -> str:
    """Return the deposit letter in the language of the issue.

    It depends on the issue and the file only; its date is that of the issue.

    Args:
        issue: The issue that is deposited.
        printed: The archive edition, PDF/A-3a (ISO 19005-3).
    """
    return slip(label("Legal deposit", issue.language), _rows(issue, printed))


def _rows(issue: Issue, printed: Printed) -> Iterator[tuple[str, str]]:
    language, publication = issue.language, issue.publication
    publisher = publication.publisher
    if publication.country == _BULGARIA:
        yield label("Recipient", language), label("SS. Cyril and Methodius National Library, Sofia", language)
        yield (
            label("Legal basis", language),
            label(
                "Act on the Mandatory Deposit of Printed and Other Works and on the Announcement"
                " of Distributors and Providers of Media Services",
                language,
            ),
        )
    title = set_text(f'{publication.title}, "{issue.title}"', language)
    yield label("Publication", language), title
    yield label("Number", language), f"{issue.number}/{issue.date.year}"
    yield label("Date of issue", language), full_date(issue.date, language)
    if issue.correction is not None:
        replaces = label(
            "This corrected edition of issue {number} replaces the earlier one.",
            language,
            number=issue.number,
        )
        yield label("Correction", language), f"{issue.correction.text} {replaces}".strip()
    if publication.issn.print:
        yield label("ISSN (print)", language), publication.issn.print
    if publication.issn.online:
        yield label("ISSN (online)", language), publication.issn.online
    yield label("Publisher", language), f"{publisher.name}, {publisher.address}"
    contacts = (publisher.email, publisher.phone, publisher.site)
    yield label("Contact", language), ", ".join(filter(None, contacts))
    yield label("Country", language), country_name(publication.country, language)
    yield label("Language", language), language_name(language, language)
    yield label("Pages", language), str(printed.pages)
    size = label("A4, {width} × {height} mm, upright", language, width=f"{TRIM[0]:g}", height=f"{TRIM[1]:g}")
    yield label("Format", language), size
    yield label("File", language), file_and_size(printed, language)
    yield label("Standard", language), "PDF/A-3a (ISO 19005-3), PDF/UA-1 (ISO 14289-1)"
    yield "SHA-256", printed.sha256
    yield label("Attached within", language), label("all that the file was made from", language)
