"""Small issues for tests of the make-up: articles of a length, with pictures of a shape."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.findings.place import Place
from pipeline.models.issue import Article, Issue, Section
from pipeline.models.kinds.article import PlainHead
from pipeline.models.kinds.event import EventHead
from pipeline.models.text import Block, Figure, Measure, Paragraph, Picture, Run
from pipeline.models.values.facts import Moment
from pipeline.page.makeup.slots import PictureShape

LANDSCAPE = PictureShape(1.5, 2400, is_photograph=True)


def picture(source: str, line: int = 1, **options: Any) -> Picture:
    """Return a picture."""
    fields = {"caption": None, "measure": Measure.TEXT, "consent": None} | options
    return Picture(source, "Къща", "архив", place=Place("a.md", line), **fields)


def article(name: str, letters: int, *pictures: Picture, head: Any = None) -> Article:
    """Return an article with so many letters, and pictures after its text."""
    place = Place(name)
    body: tuple[Block, ...] = (Paragraph((Run("а" * letters, place),)), *map(Figure, pictures))
    return Article(name, head or PlainHead(title=name), body, (), place)


def event(name: str, day: str, *, hour: int | None = None, text: str = "") -> Article:
    """Return an event."""
    start = Moment(date=dt.date.fromisoformat(day), time=dt.time(hour) if hour is not None else None)
    head = EventHead.model_construct(kind="event", title=name, start=start, place="София")
    body = (Paragraph((Run(text, Place(name)),)),) if text else ()
    return Article(name, head, body, (), Place(name))


def issue_of(*sections: tuple[Article, ...], publication: Any = None) -> Issue:
    """Return an issue of sections."""
    return Issue(
        "issues/2024-03-29",
        "bg",
        publication,
        1,
        dt.date(2024, 3, 29),
        "Пролет",
        None,
        None,
        None,
        tuple(
            Section(number, f"Раздел {number}", None, articles) for number, articles in enumerate(sections, 1)
        ),
    )
