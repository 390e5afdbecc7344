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
    """

    article: str
    source: str
    measure: str


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


PlanChange = WeightChange | WidthChange | OrderChange
