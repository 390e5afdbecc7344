"""The fields that the front matter of every kind of article has."""

from __future__ import annotations

from pipeline.models.values.base import Frozen
from pipeline.models.values.strings import LineToTranslate, WrittenLine


class CommonHead(Frozen):
    """The fields that every kind of article has."""

    title: LineToTranslate
    standfirst: LineToTranslate | None = None
    author: WrittenLine | None = None
