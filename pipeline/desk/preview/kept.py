"""What was shown last of each issue: its pages as they were drawn, and pictures of them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.requests import ShowRequest
from pipeline.desk.preview.shown import Shown
from pipeline.findings.finding import PressError, found

if TYPE_CHECKING:
    from pipeline.desk.preview.decisions import Decisions
    from pipeline.desk.preview.requests import ShowAnswer
    from pipeline.findings.finding import Finding

MOST_DRAWN: Final = 256 << 20
"""Bytes of pages that are kept as they were drawn: a dozen issues with many photographs."""

MOST_PICTURES: Final = 64 << 20
"""Bytes of pictures that are kept."""


@dataclass(slots=True)
class Kept:
    """What was shown last of an issue in an edition.

    Args:
        shown: The answer.
        drawn: The pages that are drawn, by key: those shown now, and those shown before.
        decisions: What was decided to fill the pages.
        is_slow_to_fill: Whether filling its pages takes many layouts.
        is_good: Whether these are pages of files without errors.
    """

    shown: Shown
    drawn: dict[str, bytes] = field(default_factory=dict)
    decisions: Decisions | None = None
    is_slow_to_fill: bool = False
    is_good: bool = False

    @property
    def size(self) -> int:
        """Bytes of the pages that are drawn."""
        return sum(map(len, self.drawn.values()))

    def spine_of(self, key: str) -> str:
        """Return at which edge a page is folded."""
        return "right" if any(page.key == key and page.is_left for page in self.shown.pages) else "left"


class KeptPages:
    """The last pages of each issue in each edition, those looked at last within a bound.

    Its functions may be called from any thread.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._lock = threading.RLock()
        self._kept: dict[tuple[str, str], Kept] = {}
        self._serial = 0

    def of(self, issue: str, edition: str) -> Kept | None:
        """Return what was shown last, or None; it is looked at now."""
        with self._lock:
            kept = self._kept.get((issue, edition))
            if kept is not None:
                self._enter(issue, edition, kept)
            return kept

    def with_page(self, issue: str, key: str) -> Kept:
        """Return what was shown with a page of this key.

        Raises:
            PressError: Nothing was, of late (E652).
        """
        with self._lock:
            kept = next((each for each in self._kept.values() if key in each.drawn), None)
        if kept is None:
            raise PressError([found("E652", None, issue=issue)])
        return kept

    def last_asked(self) -> ShowRequest | None:
        """Return the question whose answer was shown last, for a process that takes another one's place."""
        with self._lock:
            shown = [
                ShowRequest(issue, edition, kept.decisions, as_readable=True)
                for (issue, edition), kept in self._kept.items()
                if kept.decisions is not None
            ]
        return shown[-1] if shown else None

    def keep(self, issue: str, edition: str, answer: ShowAnswer, *, settled: bool) -> Shown:
        """Keep an answer, and return what is shown of it.

        Args:
            issue: The issue's folder.
            edition: Its name.
            answer: The answer.
            settled: Whether its pages are filled as a build would do it.
        """
        with self._lock:
            before = self._kept.get((issue, edition))
            earlier = before.drawn if before is not None else {}
            former = {page.key for page in before.shown.pages} if before is not None else set()
            wanted = {page.key for page in answer.pages} | former
            drawn = {key: pdf for key, pdf in {**earlier, **answer.drawn}.items() if key in wanted}
            stale = not answer.is_whole
            # Pages that look as those that were filled need not be filled again.
            is_as_before = before is not None and before.shown.settled and before.shown.pages == answer.pages
            is_given_up = not settled and is_as_before and before is not None and before.shown.is_given_up
            settled = settled or is_as_before
            shown = Shown(0, answer.pages, answer.places, stale, settled, answer.findings, is_given_up)
            shown = self._numbered(shown, before.shown if before is not None else None)
            kept = Kept(shown, drawn, answer.decisions, answer.is_slow_to_fill, is_good=answer.is_whole)
            self._enter(issue, edition, kept)
            return shown

    def keep_filled(self, issue: str, edition: str, answer: ShowAnswer, before: Kept) -> Shown | None:
        """Keep pages that were filled, and return them.

        Args:
            issue: The issue's folder.
            edition: Its name.
            answer: The answer.
            before: What was shown when they were asked for.

        Returns:
            None where something else is shown by now, which then is to be shown with what was decided.
        """
        with self._lock:
            present = self._kept.get((issue, edition))
            if present is before or present is None:
                return self.keep(issue, edition, answer, settled=True)
            present.decisions = answer.decisions
            return None

    def keep_last(self, issue: str, edition: str, findings: tuple[Finding, ...]) -> Shown:
        """Keep the last good pages, and say why there are no newer ones."""
        with self._lock:
            nothing = Kept(Shown(0, (), (), stale=True, settled=False, findings=()))
            kept = self._kept.get((issue, edition), nothing)
            shown = kept.shown._replace(stale=True, settled=False, findings=findings)
            return self._shown_otherwise(issue, edition, kept, shown)

    def keep_unfilled(self, issue: str, edition: str, before: Kept) -> Shown:
        """Leave pages as they are that could not be filled: until a file changes nobody need try again.

        Args:
            issue: The issue's folder.
            edition: Its name.
            before: What was shown when they were asked for.
        """
        with self._lock:
            kept = self._kept.get((issue, edition), before)
            shown = kept.shown._replace(settled=True, is_given_up=True)
            return self._shown_otherwise(issue, edition, kept, shown)

    def _shown_otherwise(self, issue: str, edition: str, kept: Kept, shown: Shown) -> Shown:
        kept = replace(kept, shown=self._numbered(shown, kept.shown))
        self._enter(issue, edition, kept)
        return kept.shown

    def _enter(self, issue: str, edition: str, kept: Kept) -> None:
        """Keep something as what was looked at last; what was longest not looked at goes past the bound."""
        self._kept.pop((issue, edition), None)
        self._kept[issue, edition] = kept
        while len(self._kept) > 1 and sum(each.size for each in self._kept.values()) > MOST_DRAWN:
            del self._kept[next(iter(self._kept))]

    def _numbered(self, shown: Shown, before: Shown | None) -> Shown:
        if before is not None and before._replace(serial=shown.serial) == shown:
            return before
        self._serial += 1
        return shown._replace(serial=self._serial)


class KeptPictures:
    """Pictures of pages, the last ones within a bound."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._lock = threading.Lock()
        self._pictures: dict[tuple[str, int, bool], bytes] = {}

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._pictures)

    def get(self, key: str, dpi: int, *, lines: bool) -> bytes | None:
        """Return the picture of a page, or None."""
        with self._lock:
            return self._pictures.get((key, dpi, lines))

    def keep(self, key: str, dpi: int, picture: bytes, *, lines: bool) -> None:
        """Keep the picture of a page; the oldest go where there are too many bytes of them."""
        with self._lock:
            self._pictures[key, dpi, lines] = picture
            while sum(map(len, self._pictures.values())) > MOST_PICTURES and len(self._pictures) > 1:
                self._pictures.pop(next(iter(self._pictures)))
