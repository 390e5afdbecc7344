"""`house.yaml`: how this house writes names and terms, and which of the editor's queries are answered."""

from typing import Literal

from pydantic import Field

from pipeline.models.values.base import Frozen
from pipeline.models.values.strings import FileFormat, WrittenLine


class Name(Frozen):
    """A person, an organisation or a project.

    Args:
        name: As it is written in full.
        also: Other forms that are right too.
    """

    name: WrittenLine
    also: tuple[WrittenLine, ...] = ()


class Term(Frozen):
    """A word the house has chosen.

    Args:
        use: What it writes.
        instead_of: What it does not write.
    """

    use: WrittenLine
    instead_of: tuple[WrittenLine, ...] = Field(min_length=1)


Quotation = Literal["„“", "„”", "«»", "“”", "‘’", "»«"]


class House(Frozen):
    """`house.yaml`, file format 1.

    Args:
        format: Of the file.
        people: How people are called.
        organisations: How organisations are called.
        projects: How projects are called.
        terms: Which words are chosen.
        words: Words that are right though no dictionary knows them; a stem is known with any ending.
        quotation: The marks the house sets words in, opening and closing: „“, «» or “”.
        accepted: Queries that were answered: what they name is right as it stands.
        consent: Whether it is asked of each photograph if those shown agreed (`ask`), and an issue with one
            that is not answered is not filed (`require`); not asked when left out.
    """

    format: FileFormat
    people: tuple[Name, ...] = ()
    organisations: tuple[Name, ...] = ()
    projects: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    words: tuple[WrittenLine, ...] = ()
    quotation: Quotation | None = None
    accepted: tuple[WrittenLine, ...] = ()
    consent: Literal["ask", "require"] | None = None

    @property
    def known_forms(self) -> frozenset[str]:
        """Every form of a name that is right."""
        names = (*self.people, *self.organisations, *self.projects)
        return frozenset(form for each in names for form in (each.name, *each.also))
