"""How a whole issue is made up for a style of format 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.makeup.articles import MadeUp, made_up
from pipeline.page.makeup.calendars import FEWEST_OF_A_PAGE
from pipeline.page.makeup.covers import CoverMakeUp, cover_of
from pipeline.page.makeup.forms import Form, figures_of, runs_of
from pipeline.page.makeup.galleries import GalleryMakeUp, gallery_of
from pipeline.page.makeup.slots import Slot, cropped, has_pixels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Picture
    from pipeline.page.makeup.slots import PictureShape

_STRIP: Final = (54.0, 64.0)
_STRIP_OF: Final = 3
"""Millimetres of each photograph on the page of contents, and how many there are."""

_LOGO: Final = (44.0, 10.0)
"""Millimetres: the most a partner's logo may be wide and high."""


class MadeUpRun(NamedTuple):
    """A run of articles that are set alike.

    Args:
        form: How they are set.
        articles: In order.
        gallery: The pictures of a gallery in rows or on a spread; None for any other form.
    """

    form: Form
    articles: tuple[MadeUp, ...]
    gallery: GalleryMakeUp | None = None

    @property
    def begins_page(self) -> bool:
        """Whether it begins a page."""
        is_page = self.form is Form.EVENT and len(self.articles) >= FEWEST_OF_A_PAGE
        return (
            is_page or self.articles[0].begins_page or (self.gallery is not None and self.gallery.is_spread)
        )


class MadeUpSection(NamedTuple):
    """A section and its runs."""

    section: Section
    runs: tuple[MadeUpRun, ...]

    @property
    def begins_page(self) -> bool:
        """Whether it begins a page, because its first article does."""
        return self.runs[0].begins_page


class IssueMakeUp(NamedTuple):
    """How an issue is made up.

    Args:
        cover: The first page.
        sections: In order.
        strip: Photographs that a page of contents shows: three, or none.
    """

    cover: CoverMakeUp
    sections: tuple[MadeUpSection, ...]
    strip: tuple[tuple[Picture, Slot], ...] = ()

    @property
    def articles(self) -> Iterator[MadeUp]:
        """All articles, in the order of the pages."""
        return (each for section in self.sections for run in section.runs for each in run.articles)


def issue_makeup(
    issue: Issue, pictures: Mapping[str, PictureShape], low: Collection[str] = ()
) -> IssueMakeUp:
    """Return how an issue is made up.

    Args:
        issue: As read or typeset; both give the same.
        pictures: What is known of each picture file, by source.
        low: The names of articles whose photographs are cropped to the least height, to save lines.
    """
    sections = tuple(
        MadeUpSection(
            section,
            tuple(
                _made_up_run(
                    run.form,
                    [made_up(each, run.form, pictures, low=each.name in low) for each in run.articles],
                    pictures,
                )
                for run in runs_of(section, issue, pictures)
            ),
        )
        for section in issue.sections
    )
    projects = [each for each in issue.articles if each.head.presentation.comparison is not None]
    entries = len(issue.sections) + (len(projects) > 1)
    return IssueMakeUp(cover_of(issue, pictures, entries), sections, _strip(issue, sections, pictures))


def _strip(
    issue: Issue, sections: tuple[MadeUpSection, ...], pictures: Mapping[str, PictureShape]
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
            slot = cropped("strip", _STRIP, shape, picture.focus)
            if shape.is_photograph and has_pixels(shape, slot.set_width):
                chosen.append((picture, slot))
                used.add(picture.source)
                break
        if len(chosen) == _STRIP_OF:
            return tuple(chosen)
    return ()


def logos_of(article: Article) -> tuple[Picture | None, ...]:
    """Return the logo of each organisation that an article lists.

    They are those its organisations name, else the pictures of its text, where there is one for each.
    """
    if any(article.logos):
        return article.logos
    pictured = tuple(figure.picture for figure in figures_of(article))
    return pictured if len(pictured) == len(article.logos) else article.logos


def _made_up_run(form: Form, articles: list[MadeUp], pictures: Mapping[str, PictureShape]) -> MadeUpRun:
    if form is Form.GALLERY:
        gallery = gallery_of(articles[0].article, pictures)
        slots = {picture.place: slot for picture, slot in gallery.placed}
        return MadeUpRun(form, (articles[0]._replace(slots=slots),), gallery)
    if form is Form.PARTNERS:
        slots = {
            logo.place: cropped("logo", _LOGO, shape._replace(is_photograph=False), None)
            for logo in logos_of(articles[0].article)
            if logo is not None and (shape := pictures.get(logo.source)) is not None
        }
        return MadeUpRun(form, (articles[0]._replace(slots={**articles[0].slots, **slots}),))
    return MadeUpRun(form, tuple(articles))


def widths_made_up(issue: Issue, pictures: Mapping[str, PictureShape]) -> Iterator[tuple[Picture, float]]:
    """Yield every picture of an issue with the width in millimetres that the whole of it is set to.

    Args:
        issue: The issue.
        pictures: What is known of each picture file, by source; a picture that is not in it is left out.
    """
    makeup = issue_makeup(issue, pictures)
    if issue.cover is not None and makeup.cover.slot is not None:
        yield issue.cover, makeup.cover.slot.set_width
    yield from ((picture, slot.set_width) for picture, slot in makeup.strip)
    for each in makeup.articles:
        for figure in figures_of(each.article):
            slot: Slot | None = each.slots.get(figure.picture.place)
            if slot is not None:
                yield figure.picture, slot.set_width
        for logo in each.article.logos:
            if logo is not None and logo.place in each.slots:
                yield logo, each.slots[logo.place].set_width
