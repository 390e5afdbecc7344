"""Progress of long work, reported to a callback."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A callback for long work."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report that `done` of `total` parts of `step` are finished; `step` is a message id."""


def silent(step: str, done: int, total: int) -> None:
    """Report nothing: the default."""
