"""A page and what it must say, gone through side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.expected.signs import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.site.expected_page import ExpectedPage, PageBlock, PageForm
    from pipeline.archive.site.page_units import PageText
    from pipeline.findings.place import Place

_LONG: Final = 8
"""Signs: a text as long as this is not in other words by chance."""

_SHORT: Final = 4
_NEAR: Final = 200
"""Signs: a text shorter than `_SHORT` is looked for no further than `_NEAR`."""


class PageComparison:
    """Goes through a page and what it must say, side by side.

    Args:
        expected: What it must say.
        text: What it says.
    """

    def __init__(self, expected: ExpectedPage, text: PageText) -> None:
        self._expected = expected
        self._text = text
        self._at = 0
        self._is_lost = False
        self._last = ""
        rows = (row for group in expected.groups for row in group)
        forms = {form.signs for row in rows for block in row for form in block.forms}
        self._starts = frozenset(text.starts)
        self._long = [form for form in forms if len(form) >= _LONG]

    def differences(self) -> Iterator[tuple[Place, str]]:
        """Yield words that are missing, too many, elsewhere or numbered otherwise, with their place."""
        for block in self._expected.anywhere:
            if not any(form.signs in self._text.signs for form in block.forms):
                yield block.place, block.words
        self._open()
        for group in self._expected.groups:
            remaining = list(group)
            while remaining:
                row = next((row for row in remaining if self._begins(row)), remaining[0])
                remaining.remove(row)
                for block in row:
                    yield from self._block(block)
        start = self._own_until(self._at, None)
        end = len(self._text.signs)
        if start < end and not self._is_lost and self._is_foreign(start, end, ""):
            yield self._expected.place, self._text.quoted(start, end)

    def _open(self) -> None:
        """Go through what stands before the first row, such as the titles and the files to download."""
        first = next((row[0] for group in self._expected.groups for row in group), None)
        texts = sorted(
            (form for block in self._expected.anywhere for form in block.forms),
            key=lambda form: -len(form.signs),
        )
        while True:
            self._at = self._own_until(self._at, first)
            if first is None or self._form_at(self._at, first):
                return
            text = next((form for form in texts if self._text.signs.startswith(form.signs, self._at)), None)
            if text is None:
                self._is_lost = not self._expected.is_strict
                return
            self._at += len(text.signs)
            self._last = text.signs

    def _begins(self, row: tuple[PageBlock, ...]) -> bool:
        """Return whether the next words of the page are those of a row."""
        at = self._own_until(self._at, row[0])
        for block in row:
            start = self._own_until(at, block)
            form = self._form_at(start, block)
            if form is None:
                return False
            at = start + len(form.signs)
        return True

    def _block(self, block: PageBlock) -> Iterator[tuple[Place, str]]:
        start = self._own_until(self._at, block)
        form = self._form_at(start, block)
        if form is None:
            behind, form = self._found_behind(start, block)
            if form is None:
                yield block.place, block.words
                self._is_lost = True
                return
            if not self._is_lost and self._is_foreign(start, behind, form.signs):
                yield block.place, self._text.quoted(start, behind)
            start = behind
        self._is_lost = False
        self._at = start + len(form.signs)
        self._last = form.signs
        if block.number is not None and self._text.numbers.get(start) != block.number:
            yield block.place, f"{block.number}. {block.words}"
        elif block.number is None and start in self._text.numbers and block.is_unnumbered:
            yield block.place, f"{self._text.numbers[start]}. {block.words}"
        if (at := self._ill_spaced(start, form)) is not None:
            yield block.place, self._text.quoted(at, at + 1, 3)

    def _ill_spaced(self, start: int, form: PageForm) -> int | None:
        """Return where a space is missing within a text, or stands within a word; None for nowhere."""
        end = start + len(form.signs)
        shown = {at for at in self._starts if start < at < end}
        needed = {start + at for at in form.starts}
        allowed = needed | {start + at for at in form.seams}
        wrong = (needed - shown) | (shown - allowed)
        return min(wrong) if wrong else None

    def _own_until(self, at: int, block: PageBlock | None) -> int:
        """Return the offset behind words that are the page's own, such as labels, each of them once.

        Args:
            at: The offset to begin at.
            block: The text before which they stand; None for the end of the page.
        """
        last = self._last
        while block is None or self._form_at(at, block) is None:
            own = self._own_at(at)
            if not own or own == last:
                return at
            last = own
            at += len(own)
        return at

    def _own_at(self, at: int) -> str:
        """Return words of the page's own that stand at an offset, and end where a word ends."""
        for match in self._expected.furniture.matches(self._text.signs, at, self._starts):
            end = at + len(match)
            if end in self._starts or end == len(self._text.signs):
                return match
        return ""

    def _form_at(self, at: int, block: PageBlock) -> PageForm | None:
        return next((form for form in block.forms if self._text.signs.startswith(form.signs, at)), None)

    def _is_foreign(self, start: int, end: int, following: str) -> bool:
        """Return whether words between two texts may not stand there.

        With the program's own templates, no words may that are not expected; with those of a style, other
        words may be the style's, and those of the issue may not.

        Args:
            start: Where they begin.
            end: Where they end.
            following: The text behind them.
        """
        if self._expected.is_strict:
            return True
        words = self._text.signs[start:end]
        first, last = (signs_of(self._text.quoted(at, at + 1, 1)) for at in (start, end - 1))
        beside = [text for text in (self._last, following) if text]
        is_part = following.startswith((words, last)) or self._last.endswith((words, first))
        return is_part or any(text in words for text in (*beside, *self._long))

    def _found_behind(self, start: int, block: PageBlock) -> tuple[int, PageForm | None]:
        signs = self._text.signs
        for form in block.forms:
            end = start + _NEAR if len(form.signs) < _SHORT else len(signs)
            at = signs.find(form.signs, start, end)
            if at >= 0:
                return at, form
        return start, None
