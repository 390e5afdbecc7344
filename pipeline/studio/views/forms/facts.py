"""The facts of each kind of article, as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.translatable import N_
from pipeline.studio.views.forms.fields import Column, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: Final = {
    "article": N_("Article"),
    "project": N_("Project"),
    "event": N_("Event"),
    "notice": N_("Notice"),
    "member_news": N_("News of a member"),
    "gallery": N_("Gallery"),
    "partners": N_("Partners"),
}
"""The kinds of articles, in the words of the interface."""

WEIGHTS: Final = (
    ("", N_("automatic")),
    ("lead", N_("lead of the issue")),
    ("feature", N_("feature")),
    ("standard", N_("standard")),
    ("short", N_("short")),
    ("notice", N_("notice")),
)

OTHER_FORMS: Final = {
    "event": N_("among the events"),
    "gallery": N_("as a gallery"),
    "partners": N_("as a wall of logos"),
}
"""What the flatplan says of forms (`page.makeup.forms.Form`) that are no weight."""

_URL: Final = Field("url", N_("Website"), "url")
_COMMON: Final = (
    Field("title", N_("Title"), required=True),
    Field("standfirst", N_("Standfirst"), "text", N_("A sentence or two between title and text.")),
    Field("author", N_("Author")),
)
_WEIGHT: Final = Field("weight", N_("Weight on the page"), "choice", choices=WEIGHTS)

_KIND: Final = Field(
    "kind",
    N_("Kind of article"),
    "choice",
    N_("It decides which facts there are; those that the new kind does not have are taken out."),
    choices=tuple(KINDS.items()),
)

_FACTS: Final[dict[str, tuple[Field, ...]]] = {
    "project": (
        _URL,
        Field("programme", N_("Programme")),
        Field("partners.organisations", N_("How many partners"), "number"),
        Field("partners.countries", N_("Countries of the partners"), "countries"),
        Field(
            "partners.country_count",
            N_("How many countries, where not all are named"),
            "number",
        ),
        Field("budget.total", N_("Whole budget"), "money"),
        Field("budget.share", N_("Our share of it"), "money"),
        Field("period.start", N_("Begins"), "month"),
        Field("period.end", N_("Ends"), "month"),
    ),
    "event": (
        Field("start", N_("Begins"), "moment", required=True),
        Field("end", N_("Ends"), "moment"),
        Field("place", N_("Place"), hint=N_("The venue and the town, as one needs them."), required=True),
        _URL,
        Field(
            "registration",
            N_("Registration"),
            hint=N_("A web address, an e-mail address or a telephone number."),
        ),
        Field("deadline", N_("Last day to register"), "day"),
    ),
    "notice": (
        Field("deadline", N_("Last day"), "day"),
        Field("contact", N_("Whom to ask")),
    ),
    "member_news": (
        Field("member", N_("The member"), required=True),
        _URL,
    ),
    "partners": (
        Field(
            "organisations",
            N_("Organisations"),
            "rows",
            columns=(
                Column("name", N_("Name")),
                Column("country", N_("Country"), "country"),
                Column("url", N_("Website")),
                Column("logo", N_("Logo (a picture of the issue)"), "file"),
            ),
        ),
    ),
}


def facts_of(kind: str, funders: Iterable[tuple[str, str]] = ()) -> tuple[Field, ...]:
    """Return the fields of a kind of article.

    Args:
        kind: The kind.
        funders: Key and name of each funder of the publication.
    """
    fields = [*_COMMON, *_FACTS.get(kind, ()), _WEIGHT, _KIND]
    if kind == "project":
        choices = (("", N_("none")), *funders)
        fields.insert(len(_COMMON) + 2, Field("funder", N_("Funder"), "choice", choices=choices))
    return tuple(fields)


def is_fact_of(kind: str, name: str) -> bool:
    """Return whether articles of a kind have a field of that name, by its first step."""
    return name in {field.name.partition(".")[0] for field in facts_of(kind)}
