"""What a family of queries is given, and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.editor.house_style.model import House
    from pipeline.editor.passages import Passage
    from pipeline.editor.words import Speech
    from pipeline.models.issue import Issue


class Desk(NamedTuple):
    """What lies before the editor.

    Args:
        issue: As read.
        passages: All of it, in reading order.
        house: The house style.
        sources: The text of each file, by path.
        speech: What is known of its language; None where that is nothing.
        elsewhere: The articles of the other issues, by path: names should agree with those.
    """

    issue: Issue
    passages: tuple[Passage, ...]
    house: House
    sources: Mapping[str, str]
    speech: Speech | None
    elsewhere: Mapping[str, str]

    def query(
        self,
        code: str,
        passage: Passage,
        start: int,
        end: int,
        key: str,
        **values: Any,  # noqa: ANN401
    ) -> list[Finding]:
        """Return a query, or nothing where it was answered before.

        Args:
            code: Its code.
            passage: Where it is.
            start: Where in the passage it begins.
            end: Behind its last character.
            key: By which it is accepted.
            **values: What its wording names.
        """
        if key in self.house.accepted:
            return []
        return [found(code, passage.place_of(start, end, self.sources), **{"key": key, **values})]


class Mention(NamedTuple):
    """Where something is said.

    Args:
        text: As it is written.
        passage: In which passage.
        start: Where in it.
    """

    text: str
    passage: Passage
    start: int

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + len(self.text)


def pair_key(first: str, second: str) -> str:
    """Return by what two forms are accepted, whichever comes first."""
    return " / ".join(sorted((first, second)))
