"""The fields that the front matter of every kind of article has."""

from enum import StrEnum

from pipeline.models.values.base import Frozen
from pipeline.models.values.strings import LineToTranslate, WrittenLine


class Weight(StrEnum):
    """How much room an article takes beside others."""

    LEAD = "lead"
    FEATURE = "feature"
    STANDARD = "standard"
    SHORT = "short"
    NOTICE = "notice"


class CommonHead(Frozen):
    """The fields that every kind of article has.

    Args:
        title: Its head.
        standfirst: The sentence or two below the head, or None.
        author: Who wrote it, or None.
        weight: How it is set; by its kind, length and pictures where it is None.
    """

    title: LineToTranslate
    standfirst: LineToTranslate | None = None
    author: WrittenLine | None = None
    weight: Weight | None = None
