"""How each article of an issue is made up: its form, its columns, the slots of its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.text import Figure, Measure, Quote, Table
from pipeline.models.tree import nodes_of
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.page.makeup.forms import Form, figures_of, length_of, logos_of
from pipeline.page.makeup.slots import UPRIGHT, Slot, cropped, fitted, has_pixels, slot_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings.place import Place
    from pipeline.models.issue import Article
    from pipeline.models.text import Picture
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.makeup.slots import PictureShape

_LETTERS_A_LINE: Final = 62
"""Letters and figures on a line of 114 mm."""

_MOST_EMPTY: Final = 25
"""Lines for which the margin column may stand empty, at most."""

_LINES_OF_A_CARD: Final = 20
_LINES_OF_A_PICTURE: Final = 16
_LINES_OF_A_QUOTE: Final = 8
_ACROSS: Final = 1.6
"""Width over height, at least, of a drawing that may be set to the full measure."""

_WISHES: Final = {
    Measure.BLEED: "wide",
    Measure.WIDE: "wide",
    Measure.HALF: "column",
    Measure.THIRD: "third",
    Measure.MARGIN: "third",
    Measure.PAIR: "pair",
    Measure.PORTRAIT: "portrait",
}
"""The frame for each width that an author may ask for, in the text."""

_NARROW: Final = frozenset({Form.SHORT, Form.NOTICE, Form.EVENT})
"""Forms whose text has a column of 54 mm, or little more: that of an event has 63 or 70."""

LONGEST_DISPLAYED: Final = 160
"""Letters of a quotation that is displayed; a longer one is set as text."""


class MadeUp(NamedTuple):
    """How an article is made up.

    Args:
        article: The article.
        form: Its form.
        columns: How many columns its text has.
        opening: The picture that opens it, above its head or below, and is left out of its text; or None.
        slots: The slot of each picture, by its place in the files.
        credited: The places of the pictures whose credit is printed; another has that of the picture before.
    """

    article: Article
    form: Form
    columns: int
    opening: Picture | None
    slots: Mapping[Place, Slot]
    credited: frozenset[Place]

    @property
    def begins_page(self) -> bool:
        """Whether it begins a page: it opens with a picture that covers the head of the page."""
        return self.opening is not None and self.slots[self.opening.place].name == "bleed"


def made_up(
    article: Article, form: Form, pictures: Mapping[str, PictureShape], fitting: Fitting = UNFITTED
) -> MadeUp:
    """Return how an article is made up.

    Args:
        article: The article.
        form: How it is set.
        pictures: What is known of each picture file, by source; a picture that is not in it has no slot.
        fitting: What the maker-up decided.
    """
    shown = [figure.picture for figure in figures_of(article) if figure.picture.source in pictures]
    opening = _opening(article, form, shown, pictures)
    columns = _columns(article, form, shown, opening)
    slots = {}
    for picture in shown:
        shape = pictures[picture.source]
        if picture is opening:
            slot = _opening_slot(form, shape, picture, at_spine=article.name in fitting.off_spine)
        else:
            slot = _slot_of(form, columns, picture, shape, across=picture.place in fitting.across)
        slots[picture.place] = fitted(slot, shape, fitting.heights.get(picture.place, 0))
    credited = frozenset(_credited(article))
    return MadeUp(article, form, columns, opening, slots, credited)


def _opening(
    article: Article, form: Form, shown: list[Picture], pictures: Mapping[str, PictureShape]
) -> Picture | None:
    """Return the picture that opens an article: the first, where it is wide enough."""
    if form not in {Form.LEAD, Form.FEATURE, Form.STANDARD} or not shown:
        return None
    first = shown[0]
    shape = pictures[first.source]
    wished = first.measure in {Measure.WIDE, Measure.BLEED}
    if first.measure not in {Measure.TEXT, Measure.WIDE, Measure.BLEED} or shape.proportion < 1:
        return None
    if first.measure is Measure.BLEED and _stands_early(article, first):
        return first
    if form is Form.STANDARD:
        is_first = bool(article.body) and _stands_early(article, first)
        return first if wished and is_first and shape.proportion > 1.5 else None  # noqa: PLR2004
    return first if shape.is_photograph or wished else None


def _stands_early(article: Article, picture: Picture) -> bool:
    return any(isinstance(block, Figure) and block.picture is picture for block in article.body[:2])


def _opening_slot(form: Form, shape: PictureShape, picture: Picture, *, at_spine: bool) -> Slot:
    focus = picture.focus
    if picture.measure is Measure.BLEED:
        return slot_in("bleed", shape, focus, ("wide", "column"))
    if form is Form.FEATURE and picture.measure is not Measure.WIDE:
        return slot_in("text" if at_spine else "outer", shape, focus, ("text", "column"))
    if form is Form.STANDARD:
        return slot_in("wide", shape, focus)
    return slot_in("bleed" if shape.is_photograph else "wide", shape, focus, ("wide", "column"))


def may_stand_across(form: Form, picture: Picture, shape: PictureShape) -> bool:
    """Return whether a drawing may be set to the full measure to fit a page: it is far wider than high."""
    is_free = form in {Form.LEAD, Form.STANDARD} and picture.measure is Measure.TEXT
    return is_free and shape.is_drawing and shape.proportion >= _ACROSS


def _slot_of(form: Form, columns: int, picture: Picture, shape: PictureShape, *, across: bool) -> Slot:
    """Return the slot of a picture in the text."""
    focus = picture.focus
    is_one = form is Form.FEATURE and columns == 1
    name = "wide" if across else _WISHES.get(picture.measure, "")
    if name == "pair" and is_one:
        name = "couple"
    if name == "third" and is_one:
        name = "margin"
    if form is Form.FILLER:
        name = "third"
    if form in _NARROW:
        name = "portrait" if name == "portrait" else "brief"
    if not name and is_one:
        name = "margin" if shape.proportion <= UPRIGHT else "text"
    allowed = ("column", "third") if name in {"wide", "column", ""} else ("column",)
    return slot_in(name or "column", shape, focus, allowed)


def _columns(article: Article, form: Form, shown: list[Picture], opening: Picture | None) -> int:
    if form is Form.SHORT:
        return 3
    if form is not Form.FEATURE:
        return 2
    beside = [picture for picture in shown if picture is not opening and picture.measure is Measure.MARGIN]
    lines = length_of(article) / _LETTERS_A_LINE + 2 * len(article.body) / 3
    filled = _LINES_OF_A_PICTURE * len(beside)
    if article.head.presentation.card is not None:
        filled += _LINES_OF_A_CARD
    filled += _LINES_OF_A_QUOTE * sum(isinstance(block, Quote) for block in article.body)
    has_tables = any(nodes_of(Table, article.body))
    return 2 if has_tables or not filled or lines - filled > _MOST_EMPTY else 1


def _credited(article: Article) -> Iterator[Place]:
    """Yield the places of pictures whose credit is printed: the first of one maker in a row; no logos.

    A picture without a name is taken for one by the maker of the picture before.
    """
    logos = {logo.place for logo in logos_of(article) if logo is not None}
    said = ""
    for figure in figures_of(article):
        if figure.picture.place not in logos and figure.picture.credit != said:
            said = figure.picture.credit
            yield figure.picture.place


__all__ = ["LONGEST_DISPLAYED", "MadeUp", "cropped", "has_pixels", "made_up"]
