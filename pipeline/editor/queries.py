"""The context of queries, and helpers to raise them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.editor.house_style.model import House
    from pipeline.editor.language_words import LanguageWords
    from pipeline.editor.passages import Passage
    from pipeline.models.issue import Issue


class QueryContext(NamedTuple):
    """An issue with what its queries depend on.

    Args:
        issue: As read.
        passages: All of it, in reading order.
        house: The house style.
        sources: The text of each file, by path.
        language_words: The words of its language; None for a language without.
        elsewhere: The texts of articles of other issues, by path: names should agree with those.
    """

    issue: Issue
    passages: tuple[Passage, ...]
    house: House
    sources: Mapping[str, str]
    language_words: LanguageWords | None
    elsewhere: Mapping[str, str]

    def query(
        self,
        code: str,
        passage: Passage,
        span: tuple[int, int],
        key: str,
        **values: Any,  # noqa: ANN401
    ) -> list[Finding]:
        """Return a query in a list, empty where it was accepted.

        Args:
            code: Its code.
            passage: The passage it is about.
            span: Where in the passage it begins and ends, as `re.Match.span` returns it.
            key: The entry under `accepted:` that answers it.
            **values: The values of the placeholders of its wording.
        """
        if key in self.house.accepted:
            return []
        return [found(code, passage.place_of(*span, self.sources), **{"key": key, **values})]


class Mention(NamedTuple):
    """An occurrence of a name or a term.

    Args:
        text: As it is written.
        passage: The passage.
        start: Its position in the passage.
    """

    text: str
    passage: Passage
    start: int

    @property
    def end(self) -> int:
        """The position behind its last character."""
        return self.start + len(self.text)


def pair_key(first: str, second: str) -> str:
    """Return the key under `accepted:` for two forms, the same in either order."""
    return " / ".join(sorted((first, second)))
