"""Changes of the plan of an issue that a flatplan tries before they are made."""

from __future__ import annotations

from typing import NamedTuple


class WeightChange(NamedTuple):
    """Another weight of an article.

    Args:
        article: Its name.
        weight: `lead`, `feature`, `standard`, `short` or `notice`; None for that by rule.
    """

    article: str
    weight: str | None


class WidthChange(NamedTuple):
    """Another width of a picture.

    Args:
        article: The name of the article.
        source: The picture, as the article names it.
        measure: `text`, `wide`, `margin`, and what else files may say.
        position: Which of the pictures of the article, from 0; None for all of this source.
    """

    article: str
    source: str
    measure: str
    position: int | None = None


class OrderChange(NamedTuple):
    """Another place of an article.

    Args:
        article: Its name.
        section: The number of the section it comes to, from 1.
        position: Its position there, from 0, counted without the article itself.
    """

    article: str
    section: int
    position: int


class CoverChange(NamedTuple):
    """Another picture on the first page.

    Args:
        article: The name of the article whose first picture it is, and to which the page leads; empty where
            the style's own art stands there.
    """

    article: str


PlanChange = WeightChange | WidthChange | OrderChange | CoverChange
