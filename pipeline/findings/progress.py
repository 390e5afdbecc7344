"""How long work tells where it stands, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A listener for long work."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear that `done` of `total` parts of `step` are finished; `step` is a message id."""


def silent(step: str, done: int, total: int) -> None:
    """Listen to nothing: the default."""
