"""The settings of a publication and of its house style, as fields in groups."""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.findings.translatable import N_
from pipeline.studio.views.forms.fields import Column, Field


class Group(NamedTuple):
    """Fields that belong together.

    Args:
        title: A message of the catalogue.
        fields: The fields.
        hint: A message of the catalogue, or empty.
    """

    title: str
    fields: tuple[Field, ...]
    hint: str = ""


PUBLICATION: Final = (
    Group(
        N_("The bulletin"),
        (
            Field("title", N_("What the bulletin is called"), required=True),
            Field("issn.print", N_("ISSN of the printed bulletin")),
            Field("issn.online", N_("ISSN of the online bulletin")),
            Field(
                "languages",
                N_("Languages of the issues"),
                "lines",
                N_("Two letters a line, the own one first."),
            ),
            Field("country", N_("Country of the publisher"), "country"),
        ),
    ),
    Group(
        N_("The publisher"),
        (
            Field("publisher.name", N_("Name"), required=True),
            Field("publisher.short_name", N_("Short name for narrow places")),
            Field("publisher.address", N_("Address"), required=True),
            Field("publisher.site", N_("Website"), "url", required=True),
            Field("publisher.email", N_("E-mail"), "email", required=True),
            Field("publisher.phone", N_("Telephone")),
        ),
    ),
    Group(
        N_("The editorial team"),
        (
            Field(
                "team",
                N_("Team"),
                "rows",
                columns=(Column("role", N_("Role")), Column("name", N_("Name"))),
            ),
        ),
    ),
    Group(
        N_("Who pays for projects"),
        (
            Field(
                "funders",
                N_("Funders"),
                "rows",
                columns=(
                    Column("key", N_("Key")),
                    Column("name", N_("Name")),
                    Column("logo", N_("Logo")),
                    Column("statement", N_("Statement, word by word"), "text"),
                    Column("disclaimer", N_("Disclaimer, word by word"), "text"),
                ),
            ),
        ),
        N_("A project names its funder by the key. The emblem of the European Union is called eu-emblem."),
    ),
    Group(
        N_("The mail"),
        (
            Field("sender.name", N_("In whose name it is sent")),
            Field("sender.email", N_("From which address"), "email"),
            Field("sender.reply_to", N_("Where answers are read"), "email"),
            Field("sender.online", N_("Where the site of the archive lies"), "url"),
        ),
    ),
    Group(
        N_("The print shop"),
        (
            Field(
                "press.paper",
                N_("Paper"),
                "choice",
                choices=(
                    ("", N_("not said: coated")),
                    ("coated", N_("coated")),
                    ("uncoated", N_("uncoated")),
                ),
            ),
            Field("press.copies", N_("Copies"), "number"),
            Field("press.grammage", N_("Grams a square metre"), "number"),
            Field("press.due", N_("Wanted on"), "day"),
            Field(
                "press.qr",
                N_("QR codes on paper"),
                "choice",
                choices=(
                    ("", N_("none")),
                    ("registrations", N_("for registrations")),
                    ("addresses", N_("for all addresses")),
                ),
            ),
        ),
    ),
)

_QUOTATIONS: Final = ("„“", "„”", "«»", "“”", "‘’", "»«")

HOUSE: Final = (
    Group(
        N_("Names"),
        tuple(
            Field(
                name,
                label,
                "rows",
                columns=(
                    Column("name", N_("As it is written")),
                    Column("also", N_("Also right, with commas"), "lines"),
                ),
            )
            for name, label in (
                ("people", N_("People")),
                ("organisations", N_("Organisations")),
                ("projects", N_("Projects")),
            )
        ),
        N_("A name that is written otherwise is asked about."),
    ),
    Group(
        N_("Words"),
        (
            Field(
                "terms",
                N_("Words the house has chosen"),
                "rows",
                columns=(
                    Column("use", N_("We write")),
                    Column("instead_of", N_("and not, with commas"), "lines"),
                ),
            ),
            Field(
                "words",
                N_("Words that are right, though no dictionary knows them"),
                "lines",
                N_("One a line; a stem is known with any ending."),
            ),
        ),
    ),
    Group(
        N_("Marks and questions"),
        (
            Field(
                "quotation",
                N_("Quotation marks"),
                "choice",
                choices=(
                    ("", N_("as the language has them")),
                    *((marks, marks) for marks in _QUOTATIONS),
                ),
            ),
            Field(
                "consent",
                N_("Consent of those on photographs"),
                "choice",
                choices=(
                    ("", N_("is not asked about")),
                    ("ask", N_("is asked about")),
                    ("require", N_("has to be there before an issue is filed")),
                ),
            ),
            Field("accepted", N_("Questions that were answered: it is right as it stands"), "lines"),
        ),
    ),
)

LOOK: Final = (
    Field("identity.main", N_("Main colour"), "colour"),
    Field("identity.accent", N_("Second colour"), "colour"),
    Field("identity.type", N_("Pair of faces"), "choice"),
)
