"""How a whole issue is made up for a style of format 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.makeup.articles import MadeUp, made_up
from pipeline.page.makeup.calendars import FEWEST_OF_A_PAGE
from pipeline.page.makeup.contents_room import ContentsRoom
from pipeline.page.makeup.covers import CoverMakeUp, cover_of
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.page.makeup.forms import Form, figures_of, logos_of, runs_of
from pipeline.page.makeup.galleries import GalleryMakeUp, gallery_of, play_of_rows
from pipeline.page.makeup.slots import cropped, has_pixels, seen_of, tallest
from pipeline.page.pictures.picture_info import DOUBTFUL_ON_PAPER, MILLIMETRES_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pipeline.models.issue import Issue, Section
    from pipeline.models.text import Picture
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.makeup.slots import PictureShape, Slot

_STRIP: Final = 54.0
_GROWN_STRIP: Final = 132.0
_STRIP_OF: Final = 3
"""Millimetres of the width of each photograph on the page of contents, how high it may be drawn where the
contents leave room (page.engine.filled_pages), and how many there are."""

_LEAST_IN_STRIP: Final = 0.2
"""The share of a photograph that is seen there, at least."""

_LOGO_HEIGHT: Final = 10.0
_LOGO_WIDTHS: Final = ((12, 20.0), (6, 34.0), (0, 44.0))
"""Millimetres: the most a partner's logo may be high, and wide where there are more partners than so many."""


class MadeUpRun(NamedTuple):
    """A run of articles that are set alike.

    Args:
        form: How they are set.
        articles: In order.
        gallery: The pictures of a gallery in rows or on a spread; None for any other form.
        name: By which it is known where it stands on the pages.
    """

    form: Form
    articles: tuple[MadeUp, ...]
    gallery: GalleryMakeUp | None = None
    name: str = ""

    @property
    def begins_page(self) -> bool:
        """Whether it begins a page."""
        is_page = self.form is Form.EVENT and len(self.articles) >= FEWEST_OF_A_PAGE
        return (
            is_page or self.articles[0].begins_page or (self.gallery is not None and self.gallery.is_spread)
        )


class MadeUpSection(NamedTuple):
    """A section and its runs.

    Args:
        section: The section.
        runs: In order.
        begins: Whether it begins here; else its runs continue it.
        is_fresh: Whether the maker-up begins a page with it.
    """

    section: Section
    runs: tuple[MadeUpRun, ...]
    begins: bool = True
    is_fresh: bool = False

    @property
    def begins_page(self) -> bool:
        """Whether it begins a page, because its first article does, or to fill pages better."""
        return self.is_fresh or self.runs[0].begins_page


class IssueMakeUp(NamedTuple):
    """How an issue is made up.

    Args:
        cover: The first page.
        sections: In order.
        strip: Photographs that a page of contents shows: three, or none.
        grown_strip: How high they may be drawn where the contents leave room, in millimetres.
        lists_titles: Whether a page of contents has the room to give each title a line beside its section.
        columns_of_titles: Whether it gives each title a line of its own below its section, in two columns,
            for they are too many to stand beside them.
        notes: Pages for notes before the last one.
        back_cover: Whether the colophon has the last page to itself.
    """

    cover: CoverMakeUp
    sections: tuple[MadeUpSection, ...]
    strip: tuple[tuple[Picture, Slot], ...] = ()
    grown_strip: float = 0.0
    lists_titles: bool = False
    columns_of_titles: bool = False
    notes: tuple[int, ...] = ()
    back_cover: bool = False

    def part(self, names: Collection[str]) -> IssueMakeUp:
        """Return only some of its runs, to be laid out alone."""
        sections = []
        for section in self.sections:
            runs = tuple(run for run in section.runs if run.name in names)
            if runs:
                begins = runs[0] is section.runs[0]
                sections.append(section._replace(runs=runs, begins=begins))
        return self._replace(sections=tuple(sections), notes=())

    @property
    def articles(self) -> Iterator[MadeUp]:
        """All articles, in the order of the pages."""
        return (each for section in self.sections for run in section.runs for each in run.articles)


def issue_makeup(
    issue: Issue, pictures: Mapping[str, PictureShape], fitting: Fitting = UNFITTED
) -> IssueMakeUp:
    """Return how an issue is made up.

    Args:
        issue: As read or typeset; both give the same.
        pictures: What is known of each picture file, by source.
        fitting: What the maker-up decided to fill the pages; the issue is rearranged by it already.
    """
    sections = tuple(_made_up_section(section, issue, pictures, fitting) for section in issue.sections)
    projects = [each for each in issue.articles if each.head.presentation.comparison is not None]
    entries = len(issue.sections) + (len(projects) > 1)
    cover = cover_of(issue, pictures, entries)
    room = ContentsRoom(issue, has_greeting=bool(issue.greeting) and not cover.holds_greeting)
    strips = (_strip(issue, sections, pictures, height) for height in room.strip_heights())
    # What a corrected edition mends stands where photographs would.
    strip = next(filter(None, strips), ()) if issue.correction is None else ()
    lists_titles = not strip and room.holds_titles()
    return IssueMakeUp(
        cover,
        sections,
        strip,
        _grown(strip, pictures),
        lists_titles,
        not strip and not lists_titles and room.holds_columns_of_titles(),
        tuple(range(fitting.notes)),
        fitting.back_cover,
    )


def _made_up_section(
    section: Section, issue: Issue, pictures: Mapping[str, PictureShape], fitting: Fitting
) -> MadeUpSection:
    fillers = {article.name: article for article in issue.fillers}
    placed = {after: fillers[name] for after, name in fitting.fillers}
    runs = []
    for number, run in enumerate(runs_of(section, issue, pictures), 1):
        articles = [made_up(each, run.form, pictures, fitting) for each in run.articles]
        made = _made_up_run(run.form, articles, pictures, fitting)
        runs.append(made._replace(name=f"{section.number}.{number}"))
        filler = placed.get(run.articles[-1].name)
        if filler is not None:
            filling = made_up(filler, Form.FILLER, pictures)
            runs.append(MadeUpRun(Form.FILLER, (filling,), name=f"{section.number}.{number}+"))
    return MadeUpSection(section, tuple(runs), is_fresh=section.number in fitting.fresh)


def _grown(strip: Sequence[tuple[Picture, Slot]], pictures: Mapping[str, PictureShape]) -> float:
    """Return how high the photographs of a page of contents may be drawn, by their pixels."""
    heights = [_GROWN_STRIP] if strip else []
    for picture, _ in strip:
        shape = pictures[picture.source]
        heights.append(shape.pixels * MILLIMETRES_AN_INCH / DOUBTFUL_ON_PAPER / shape.proportion)
    return round(min(heights, default=0.0), 1)


def _strip(
    issue: Issue,
    sections: tuple[MadeUpSection, ...],
    pictures: Mapping[str, PictureShape],
    height: float,
) -> tuple[tuple[Picture, Slot], ...]:
    """Return three photographs of three articles, none of them that of the cover or of the lead."""
    chosen: list[tuple[Picture, Slot]] = []
    used = {issue.cover.source} if issue.cover is not None else set()
    for each in (each for section in sections for run in section.runs for each in run.articles):
        for figure in figures_of(each.article):
            picture = figure.picture
            shape = pictures.get(picture.source)
            if shape is None or picture.source in used or each.form in {Form.LEAD, Form.PARTNERS}:
                continue
            slot = cropped("strip", (_STRIP, height), shape, picture.focus)
            is_shown = seen_of(_STRIP, height, shape) >= _LEAST_IN_STRIP
            if shape.is_photograph and is_shown and has_pixels(shape, slot.set_width):
                chosen.append((picture, slot))
                used.add(picture.source)
                break
        if len(chosen) == _STRIP_OF:
            return tuple(chosen)
    return ()


def _made_up_run(
    form: Form, articles: list[MadeUp], pictures: Mapping[str, PictureShape], fitting: Fitting
) -> MadeUpRun:
    if form is Form.GALLERY:
        article = articles[0].article
        lines = sum(fitting.heights.get(figure.picture.place, 0) for figure in figures_of(article))
        may_spread = article.name not in fitting.in_rows
        gallery = gallery_of(article, pictures, may_spread=may_spread, lines=lines)
        slots = {picture.place: slot for picture, slot in gallery.placed}
        return MadeUpRun(form, (articles[0]._replace(slots=slots),), gallery)
    if form is Form.PARTNERS:
        logos = logos_of(articles[0].article)
        width = next(width for most, width in _LOGO_WIDTHS if len(logos) > most)
        slots = {
            logo.place: cropped("logo", (width, _LOGO_HEIGHT), shape._replace(is_photograph=False), None)
            for logo in logos
            if logo is not None and (shape := pictures.get(logo.source)) is not None
        }
        return MadeUpRun(form, (articles[0]._replace(slots={**articles[0].slots, **slots}),))
    return MadeUpRun(form, tuple(articles))


def widths_made_up(issue: Issue, pictures: Mapping[str, PictureShape]) -> Iterator[tuple[Picture, float]]:
    """Yield every picture of an issue with the widths in millimetres that the whole of it may be set to.

    Args:
        issue: The issue.
        pictures: What is known of each picture file, by source; a picture that is not in it is left out.
    """
    makeup = issue_makeup(issue, pictures)
    if issue.cover is not None and makeup.cover.slot is not None:
        yield issue.cover, makeup.cover.slot.set_width
    for picture, slot in makeup.strip:
        grown = (slot.width, max(slot.height, makeup.grown_strip))
        yield picture, cropped(slot.name, grown, pictures[picture.source], slot.focus).set_width
    yield from _widths_in_articles(makeup, pictures)
    for filler in issue.fillers:
        for place, slot in made_up(filler, Form.FILLER, pictures).slots.items():
            pictured = (figure.picture for figure in figures_of(filler))
            yield next(picture for picture in pictured if picture.place == place), slot.set_width


def _widths_in_articles(
    makeup: IssueMakeUp, pictures: Mapping[str, PictureShape]
) -> Iterator[tuple[Picture, float]]:
    for each in makeup.articles:
        for figure in figures_of(each.article):
            picture, slot = figure.picture, each.slots.get(figure.picture.place)
            if slot is not None:
                yield picture, tallest(slot, pictures[picture.source]).set_width
        if each.form is Form.GALLERY:
            in_rows = gallery_of(each.article, pictures, may_spread=False)
            higher = play_of_rows(in_rows, pictures).higher
            in_rows = gallery_of(each.article, pictures, may_spread=False, lines=higher)
            yield from ((picture, slot.set_width) for picture, slot in in_rows.placed)
        for logo in each.article.logos:
            if logo is not None and logo.place in each.slots:
                yield logo, each.slots[logo.place].set_width
