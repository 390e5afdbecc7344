"""The changes that somebody makes to the plan of an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value


class SetField(NamedTuple):
    """A field of the masthead, as `("greeting",)` or `("cover", "article")`; None takes it out."""

    field: Field
    value: Value


class RenameSection(NamedTuple):
    """A section's head; sections are named by their position when the plan was opened."""

    section: str
    title: str


class SetLead(NamedTuple):
    """The sentence below a section's head; an empty one takes it out."""

    section: str
    lead: str


class SetOrder(NamedTuple):
    """Whether short pieces of a section may change places: `free`, `fixed`, or empty for what is usual."""

    section: str
    order: str


class AddSection(NamedTuple):
    """A new section, at a position from 0; the following changes name it `name`."""

    title: str
    position: int
    name: str = "new"


class MoveSection(NamedTuple):
    """A section moved to a position, from 0, counted without it."""

    section: str
    position: int


class TakeOutSection(NamedTuple):
    """A section without articles taken out."""

    section: str


class AddArticle(NamedTuple):
    """A new article of a kind, at a position in a section, from 0; its file is named after the title."""

    section: str
    position: int
    kind: str
    title: str


class PutBackArticle(NamedTuple):
    """An article that no section lists, put into one; its file comes from the history where it is gone."""

    name: str
    section: str
    position: int


class MoveArticle(NamedTuple):
    """An article moved to a position in a section, from 0, counted without it."""

    name: str
    section: str
    position: int


class TakeOutArticle(NamedTuple):
    """An article taken out, with its translations; the history keeps them."""

    name: str


PlanChange = (
    SetField
    | RenameSection
    | SetLead
    | SetOrder
    | AddSection
    | MoveSection
    | TakeOutSection
    | AddArticle
    | PutBackArticle
    | MoveArticle
    | TakeOutArticle
)
