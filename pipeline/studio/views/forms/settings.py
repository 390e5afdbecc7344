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
            Field("title", N_("What the bulletin is called"), required=True, translated=True),
            Field("issn.print", N_("ISSN of the printed bulletin")),
            Field("issn.online", N_("ISSN of the online bulletin")),
            Field("country", N_("Country of the publisher"), "country"),
            Field(
                "languages",
                N_("Languages of the issues"),
                "languages",
                N_("The main language first: texts that are given once are in it."),
                required=True,
            ),
        ),
    ),
    Group(
        N_("The publisher"),
        (
            Field("publisher.name", N_("Name"), required=True, translated=True),
            Field("publisher.short_name", N_("Short name for narrow places"), translated=True),
            Field("publisher.address", N_("Address"), required=True, translated=True),
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
                columns=(
                    Column("role", N_("Role"), translated=True),
                    Column("name", N_("Name"), translated=True),
                ),
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
                    Column("name", N_("Name"), translated=True),
                    Column("logo", N_("Logo"), "file"),
                    Column("logo_cmyk", N_("Logo for the press, where it is another"), "file"),
                    Column("statement", N_("Statement, word by word"), "text", translated=True),
                    Column("disclaimer", N_("Disclaimer, word by word"), "text", translated=True),
                    Column("key", N_("Short name in the files; left empty, it is made from the name")),
                ),
            ),
        ),
        N_(
            "Projects choose their funder from this list. The program has the emblem of the European Union: "
            "write eu-emblem as the logo."
        ),
    ),
    Group(
        N_("The mail"),
        (
            Field("sender.name", N_("In whose name it is sent"), translated=True),
            Field("sender.email", N_("From which address"), "email"),
            Field("sender.reply_to", N_("Where answers are read"), "email"),
            Field("sender.online", N_("Where the site of the archive lies"), "url"),
            Field(
                "sender.pdf",
                N_("How members get the PDF"),
                "choice",
                N_("A link leads to the site of the archive, so its address has to be given."),
                choices=(
                    ("", N_("not said: attached")),
                    ("attached", N_("attached")),
                    ("link", N_("as a link")),
                ),
            ),
        ),
    ),
    Group(
        N_("The pages"),
        (
            Field(
                "style",
                N_("Style of the pages"),
                "parts",
                N_("It holds for all issues to come; what was filed stays as it was printed."),
                columns=(
                    Column("name", N_("Style"), "choice"),
                    Column("version", N_("Version"), "choice"),
                ),
                required=True,
            ),
            Field(
                "pages",
                N_("How many pages an issue may have"),
                "choice",
                choices=(
                    ("", N_("not said: any number")),
                    ("any", N_("any number")),
                    ("multiple-of-4", N_("4, 8, 12 and so on, as a stapled bulletin needs")),
                ),
            ),
            Field(
                "fillers",
                N_("Pieces of the house that fill the foot of a page"),
                "lines",
                N_("Files among those of the bulletin, one a line, as fillers/library.md."),
            ),
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
            Field(
                "press.profile",
                N_("Colour profile of the print shop"),
                "file",
                N_("A file .icc, which the print shop sends; uncoated paper needs one."),
            ),
            Field(
                "press.ink_limit",
                N_("Most ink on one spot, in per cent"),
                "number",
                N_("From 200 to 400; left empty it follows from the paper."),
            ),
            Field("press.copies", N_("Copies"), "number"),
            Field("press.grammage", N_("Grams a square metre"), "number"),
            Field(
                "press.thickness",
                N_("Thickness of a leaf in millimetres"),
                "number",
                N_("As 0.1; left empty it is reckoned from the weight of the paper."),
            ),
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
            Field(
                "press.spine",
                N_("Pictures at the spine end"),
                "choice",
                choices=(
                    ("", N_("not said: at the fold")),
                    ("trim", N_("at the fold, as stapled bulletins need it")),
                    ("bleed", N_("beyond the fold, where the template of the print shop has room")),
                ),
            ),
            Field(
                "press.marks",
                N_("Crop marks and colour bar"),
                "choice",
                choices=(("", N_("not said: yes")), ("true", N_("yes")), ("false", N_("no"))),
            ),
            Field(
                "press.spot.main",
                N_("Mixed ink for the main colour"),
                hint=N_("As print shops order it, such as PANTONE 348 C; left empty, four inks print it."),
            ),
            Field("press.spot.accent", N_("Mixed ink for the second colour")),
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

_COLOUR: Final = (
    Column("srgb", N_("On screens"), "colour"),
    Column("cmyk", N_("In inks"), hint=N_("Cyan, magenta, yellow, black in per cent: 75/40/70/60")),
)

LOOK: Final = (
    Field("identity.main", N_("Main colour"), "parts", columns=_COLOUR, short="srgb"),
    Field("identity.accent", N_("Second colour"), "parts", columns=_COLOUR, short="srgb"),
    Field(
        "identity.type",
        N_("Faces"),
        "parts",
        N_("Choose a pair, or a face for each use."),
        columns=(
            Column("pair", N_("Pair of faces"), "choice"),
            Column("text", N_("Text"), "choice"),
            Column("head", N_("Headings"), "choice"),
            Column("small", N_("Captions and tables"), "choice"),
        ),
        short="pair",
    ),
    Field("identity.logo", N_("Logo"), "file"),
    Field("identity.logo_cmyk", N_("Logo for the press, where it is another"), "file"),
)
"""The colours, faces and logos of the house, all of it optional."""
