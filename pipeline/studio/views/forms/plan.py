"""The contents of an issue, and its texts in another language, as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.translatable import N_
from pipeline.studio.views.forms.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

CONSENTS: Final = (
    ("", N_("nobody said")),
    ("yes", N_("yes")),
    ("not-needed", N_("nobody can be recognised")),
    ("no", N_("no: it is not to be published")),
)
"""Whether those on a picture agreed to be shown."""

_ORDERS: Final = (
    ("", N_("not said: short pieces may change places")),
    ("free", N_("short pieces may change places")),
    ("fixed", N_("as it stands here")),
)
"""Whether the press may change the order of short pieces that stand side by side."""

FIRST_PAGE: Final = (
    Field("title", N_("Title of the issue"), required=True),
    Field("number", N_("Number"), "number", required=True),
    Field(
        "date",
        N_("Date"),
        "day",
        N_("With another date the issue moves to another folder and address, with its history."),
        required=True,
    ),
    Field("greeting", N_("Greeting"), "text"),
    Field("language", N_("Language of the issue"), "choice"),
)

COVER: Final = (
    Field("cover.article", N_("The first page leads to"), "choice"),
    Field(
        "cover.picture",
        N_("Picture on the first page"),
        "file",
        N_("Left empty, it is the first picture of that article."),
    ),
    Field("cover.alternative", N_("What is to be seen, for those who cannot see it"), "text"),
    Field("cover.credit", N_("Who made it")),
    Field("cover.consent", N_("Did those on it agree?"), "choice", choices=CONSENTS),
)

CORRECTION: Final = (
    Field(
        "correction.of",
        N_("Which filing of this issue it corrects"),
        "number",
        N_("1 for the first one that was filed."),
    ),
    Field("correction.text", N_("What was wrong"), "text"),
)

MASTHEAD: Final = (*FIRST_PAGE, *COVER, *CORRECTION)
"""All of the issue but its sections, which have buttons of their own."""

SECTION: Final = (
    Field("title", N_("Title of the section"), required=True),
    Field("lead", N_("Sentence below it")),
    Field("order", N_("Order of its articles"), "choice", choices=_ORDERS),
)

TEXTS: Final = (
    Field("title", N_("Title of the issue"), required=True),
    Field("greeting", N_("Greeting"), "text"),
    Field(
        "cover_alternative", N_("What is to be seen on the first page, for those who cannot see it"), "text"
    ),
    Field("correction", N_("What was wrong"), "text"),
)

SECTION_TEXTS: Final = tuple(field for field in SECTION if not field.choices)
"""What is said of a section in another language."""


def texts_of(sections: Iterable[object]) -> tuple[Field, ...]:
    """Return the fields of an issue's texts in another language.

    Args:
        sections: Those of the issue, in order.
    """
    numbers = range(len(list(sections)))
    return (
        *TEXTS,
        *(each._replace(name=f"sections.{at}.{each.name}") for at in numbers for each in SECTION_TEXTS),
    )
