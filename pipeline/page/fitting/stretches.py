"""Runs of an issue in stretches, which go on from page to page, and what can be changed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.issue import Order
from pipeline.page.makeup.articles import may_stand_across
from pipeline.page.makeup.fitting import followers, liftable, movable
from pipeline.page.makeup.forms import Form, figures_of
from pipeline.page.makeup.galleries import play_of_rows
from pipeline.page.makeup.slots import Play, play_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings.place import Place
    from pipeline.page.makeup.articles import MadeUp
    from pipeline.page.makeup.issue_makeup import IssueMakeUp, MadeUpRun, MadeUpSection
    from pipeline.page.makeup.slots import PictureShape

_FULL: Final = {"bleed": 1, "wide": 1, "outer": 1, "text": 1, "margin": 0}
"""Over how many columns frames stand that do not stand in one: over all, or beside the text."""

_NO_PLAY: Final = Play(0, 0)


class Adjustable(NamedTuple):
    """A picture or quotation that the maker-up may change.

    Args:
        place: Where it was written.
        play: By how many lines it may be lower or higher than it would be.
        columns: Over how many columns what it saves is shared; 0 where it stands beside the text.
        moves: Behind how many more paragraphs it may stand.
        may_go_across: Whether it may be set to the full measure.
        lifts: Before how many paragraphs it may stand.
        inner: The name of the article that it opens, where it runs out to the edge and may be set to the text
            instead; or empty.
        follows: Whether it stands directly behind another picture, and goes up with it.
    """

    place: Place
    play: Play
    columns: int
    moves: int
    may_go_across: bool
    lifts: int = 0
    inner: str = ""
    follows: bool = False

    @property
    def name(self) -> str:
        """The name by which pages know it."""
        return f"{self.place.path}:{self.place.line}"


class RunPlan(NamedTuple):
    """A run as the maker-up sees it.

    Args:
        name: By which pages know it.
        section: The number of its section.
        begins_section: Whether it is the first of it.
        adjustable: What may be changed in it.
        free: The names of its articles, where they may change places; else none.
    """

    name: str
    section: int
    begins_section: bool
    adjustable: tuple[Adjustable, ...]
    free: tuple[str, ...]


def stretches_of(makeup: IssueMakeUp, pictures: Mapping[str, PictureShape]) -> list[tuple[RunPlan, ...]]:
    """Return the runs of an issue; each stretch begins a page, whatever stands before it.

    Args:
        makeup: Of the issue before anything is decided.
        pictures: What is known of each picture file, by source.
    """
    stretches: list[list[RunPlan]] = []
    ends_page = True
    for section in makeup.sections:
        for run in section.runs:
            if ends_page or _begins_page(section, run):
                stretches.append([])
            ends_page = run.gallery is not None and run.gallery.is_spread
            stretches[-1].append(_plan_of(section, run, pictures))
    return [tuple(stretch) for stretch in stretches]


def _begins_page(section: MadeUpSection, run: MadeUpRun) -> bool:
    if run is section.runs[0]:
        return section.begins_page
    return run.articles[0].begins_page or (run.gallery is not None and run.gallery.is_spread)


def _plan_of(section: MadeUpSection, run: MadeUpRun, pictures: Mapping[str, PictureShape]) -> RunPlan:
    is_free = section.section.order is Order.FREE and run.form in {Form.SHORT, Form.NOTICE}
    names = tuple(each.article.name for each in run.articles)
    return RunPlan(
        run.name,
        section.section.number,
        run is section.runs[0],
        tuple(each for made in run.articles for each in _adjustable(made, run, pictures)),
        names if is_free else (),
    )


def _adjustable(made: MadeUp, run: MadeUpRun, pictures: Mapping[str, PictureShape]) -> Iterator[Adjustable]:
    if run.gallery is not None and (placed := run.gallery.placed):
        play = play_of_rows(run.gallery, pictures)
        yield Adjustable(placed[0][0].place, play, 1, 0, may_go_across=False)
    if run.form in {Form.GALLERY, Form.PARTNERS, Form.EVENT, Form.NOTICE}:
        return
    is_short = run.form is Form.SHORT
    moves = movable(made.article)
    lifts = {} if is_short else liftable(made.article)
    following = followers(made.article)
    figures = {figure.picture.place: figure.picture for figure in figures_of(made.article)}
    for place, slot in made.slots.items():
        picture = figures[place]
        shape = pictures[picture.source]
        is_opening = made.opening is not None and made.opening.place == place
        # A portrait stands at the head of what it belongs to.
        keeps = is_opening or (is_short and slot.name == "portrait")
        yield Adjustable(
            place,
            play_of(slot, shape),
            _FULL.get(slot.name, made.columns),
            0 if keeps else moves.pop(place, 0),
            may_stand_across(made.form, picture, shape),
            0 if is_opening else lifts.get(place, 0),
            made.article.name if slot.name == "outer" else "",
            place in following,
        )
    for place, most in moves.items():
        if place not in figures:
            yield Adjustable(place, _NO_PLAY, made.columns, most, may_go_across=False)
