"""A paragraph's runs as one text that records the run of each character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.typography.microtypography.protected_spans import OPAQUE, protected_spans

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence


class ParagraphText:
    """The joined text of a paragraph's runs, ready for corrections.

    Protected spans are taken out, each replaced by U+FFFC, and put back when the runs are returned.
    """

    def __init__(self, runs: Sequence[str]) -> None:
        """Join the runs."""
        self._runs = tuple(runs)
        joined = "".join(runs)
        self._spans = list(protected_spans(joined))
        self._is_changed = False
        # The run of each character is only needed for a correction, where there is more than one run.
        self._owners: list[int] | None = None
        self._protected: list[tuple[str, list[int]]] = []
        pieces: list[str] = []
        at = 0
        for start, end in self._spans:
            pieces += [joined[at:start], OPAQUE]
            at = end
        self.text = "".join([*pieces, joined[at:]])

    def apply(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> None:
        """Replace the matches of a pattern; a new character belongs to the run of the one it replaces."""
        self.edit(
            (match.start(), match.end(), new)
            for match in pattern.finditer(self.text)
            if (new := replace(match)) != match[0]
        )

    def edit(self, corrections: Iterable[tuple[int, int, str]]) -> None:
        """Apply corrections `(start, end, new)`, which are in order and do not overlap."""
        wanted = list(corrections)
        if not wanted:
            return
        self._is_changed = True
        pieces: list[str] = []
        at = 0
        if len(self._runs) == 1:
            for start, end, new in wanted:
                pieces += [self.text[at:start], new]
                at = end
            self.text = "".join(pieces) + self.text[at:]
            return
        before = self._find_owners()
        owners: list[int] = []
        for start, end, new in wanted:
            # A common beginning and end keep their runs.
            while start < end and new and self.text[start] == new[0]:
                start, new = start + 1, new[1:]  # noqa: PLW2901
            while start < end and new and self.text[end - 1] == new[-1]:
                end, new = end - 1, new[:-1]  # noqa: PLW2901
            pieces += [self.text[at:start], new]
            owners += before[at:start]
            if len(new) == end - start:
                owners += before[start:end]
            else:
                owner = before[start] if start < end else before[max(0, start - 1)]
                owners += [owner] * len(new)
            at = end
        self.text = "".join(pieces) + self.text[at:]
        self._owners = owners + before[at:]

    def runs(self) -> tuple[str, ...]:
        """Return the runs, with the protected spans put back."""
        if not self._is_changed:
            return self._runs
        if len(self._runs) == 1:
            kept = (self._runs[0][start:end] for start, end in self._spans)
            first, *others = self.text.split(OPAQUE)
            return ("".join([first, *(f"{next(kept)}{piece}" for piece in others)]),)
        parts: list[list[str]] = [[] for _ in self._runs]
        protected = iter(self._protected)
        for character, owner in zip(self.text, self._find_owners(), strict=True):
            if character == OPAQUE:
                for character_of_span, owner_of_span in zip(*next(protected), strict=True):
                    parts[owner_of_span].append(character_of_span)
            else:
                parts[owner].append(character)
        return tuple("".join(part) for part in parts)

    def _find_owners(self) -> list[int]:
        """Return the index of the run of each character of the text."""
        if self._owners is None:
            joined = "".join(self._runs)
            whole = [index for index, run in enumerate(self._runs) for _ in run]
            self._owners = []
            at = 0
            for start, end in self._spans:
                # Text inserted behind it belongs to the run in which it ends.
                self._owners += [*whole[at:start], whole[end - 1]]
                self._protected.append((joined[start:end], whole[start:end]))
                at = end
            self._owners += whole[at:]
        return self._owners
