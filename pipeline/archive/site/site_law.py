"""Every word of an issue is on its page of the site, once and in order, and every link leads somewhere.

The finished pages are read and held against the issue. Which texts there are is known from
`pdf.law.expected.issue`, as for the pages of the PDF.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from pipeline.archive.site.expected_page import expected_page
from pipeline.archive.site.page_units import PageText, page_text
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.html_checks.addresses import canonical
from pipeline.html_checks.html_tree import read_html
from pipeline.models.text import Link
from pipeline.pdf.law.expected.signs import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.site.expected_page import ExpectedPage, PageBlock
    from pipeline.html_checks.html_tree import Element
    from pipeline.models.issue import Article, Issue

_MOST: Final = 8
"""Findings of one page; what is more has the same cause."""

_LONG: Final = 8
"""Signs: a text as long as this is not in other words by chance."""

_SHORT: Final = 4
_NEAR: Final = 200
"""Signs: a text shorter than `_SHORT` is looked for no further than `_NEAR`."""


class SiteLaw:
    """Examines the files of a site as they are built."""

    def __init__(self) -> None:
        """Begin with no file."""
        self._paths: set[str] = set()
        self._anchors: dict[str, set[str]] = {}
        self._links: list[tuple[str, str]] = []
        self._findings: list[Finding] = []

    def examine(self, path: str, data: bytes, issue: Issue | None = None, correction: str = "") -> None:
        """Examine a file.

        Args:
            path: Its path in the site.
            data: Its bytes.
            issue: The issue whose page it is, typeset; None for any other file.
            correction: What the filing of the issue corrects; empty for nothing.
        """
        self._paths.add(path)
        if not path.endswith(".html"):
            return
        root = read_html(data.decode())
        elements = list(root.elements())
        self._anchors[path] = {each.attributes["id"] for each in elements if "id" in each.attributes}
        self._links += [
            (path, each.attributes[name])
            for each in elements
            for name in ("href", "src")
            if name in each.attributes and each.attributes.get("rel") != "canonical"
        ]
        if issue is not None:
            self._findings += list(page_findings(issue, root, path, correction))[:_MOST]

    def finish(self) -> list[Finding]:
        """Return all findings after the last file, those on links too (E328, E329)."""
        missing = dict.fromkeys(link for link in self._links if not self._leads_somewhere(*link))
        return [*self._findings, *[found("E329", Place(path), found=link) for path, link in missing][:_MOST]]

    def _leads_somewhere(self, page: str, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return True
        target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
        fragment = unquote(parts.fragment)
        return target in self._paths and (not fragment or fragment in self._anchors.get(target, ()))


def page_findings(issue: Issue, root: Element, path: str, correction: str = "") -> Iterator[Finding]:
    """Yield what the page of an issue lacks, has twice or elsewhere, or numbers otherwise (E328).

    Args:
        issue: Typeset.
        root: The page.
        path: Its path in the site.
        correction: What the filing of the issue corrects; empty for nothing.
    """
    expected = expected_page(issue, correction)
    text = page_text(root)
    for place, words in _Comparison(expected, text).differences():
        yield found("E328", place, path=path, found=words)
    hrefs = Counter(
        canonical(each.attributes["href"]) for each in root.elements() if "href" in each.attributes
    )
    for article in issue.articles:
        for link in _links(article):
            if not link.target.startswith(("http:", "https:", "mailto:")):
                continue
            # Each link of the page stands for one of the issue: of two to one address, both are there.
            target = canonical(link.target)
            hrefs[target] -= 1
            if hrefs[target] < 0:
                yield found("E328", link.place, path=path, found=link.target)


class _Comparison:
    """Goes through a page and what it must say, side by side.

    Args:
        expected: What it must say.
        text: What it says.
    """

    def __init__(self, expected: ExpectedPage, text: PageText) -> None:
        self._expected = expected
        self._text = text
        self._at = 0
        self._is_lost = True
        self._last = ""
        rows = (row for group in expected.groups for row in group)
        forms = {form for row in rows for block in row for form in block.forms}
        self._starts = frozenset(text.starts)
        self._long = [form for form in forms if len(form) >= _LONG]

    def differences(self) -> Iterator[tuple[Place, str]]:
        """Yield words that are missing, too many, elsewhere or numbered otherwise, with their place."""
        for block in self._expected.anywhere:
            if not any(signs in self._text.signs for signs in block.forms):
                yield block.place, block.words
        for group in self._expected.groups:
            remaining = list(group)
            while remaining:
                row = next((row for row in remaining if self._begins(row)), remaining[0])
                remaining.remove(row)
                for block in row:
                    yield from self._block(block)
        rest = self._text.signs[self._own_until(self._at, None) :]
        end = len(self._text.signs)
        if rest and not self._is_lost and self._is_of_issue(end - len(rest), end, ""):
            yield self._expected.place, self._text.quoted(end - len(rest), end)

    def _begins(self, row: tuple[PageBlock, ...]) -> bool:
        """Return whether the next words of the page are those of a row."""
        at = self._own_until(self._at, row[0])
        for block in row:
            start = self._own_until(at, block)
            form = self._form_at(start, block)
            if form is None:
                return False
            at = start + len(form)
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
            if not self._is_lost and self._is_of_issue(start, behind, form):
                yield block.place, self._text.quoted(start, behind)
            start = behind
        self._is_lost = False
        self._at = start + len(form)
        self._last = form
        if block.number is not None and self._text.numbers.get(start) != block.number:
            yield block.place, f"{block.number}. {block.words}"

    def _own_until(self, at: int, block: PageBlock | None) -> int:
        """Return the offset behind words that are the page's own, such as labels, each of them once.

        Args:
            at: The offset to begin at.
            block: The text before which they stand; None for the end of the page.
        """
        last = self._last
        while block is None or self._form_at(at, block) is None:
            own = next((own for own in self._expected.furniture if self._stands_at(own, at)), "")
            if not own or own == last:
                return at
            last = own
            at += len(own)
        return at

    def _stands_at(self, words: str, at: int) -> bool:
        """Return whether words stand at an offset, and end where a word ends."""
        end = at + len(words)
        return self._text.signs.startswith(words, at) and (
            end in self._starts or end == len(self._text.signs)
        )

    def _form_at(self, at: int, block: PageBlock) -> str | None:
        return next((form for form in block.forms if self._text.signs.startswith(form, at)), None)

    def _is_of_issue(self, start: int, end: int, following: str) -> bool:
        """Return whether words between two texts are of the issue: other words are of the templates.

        Args:
            start: Where they begin.
            end: Where they end.
            following: The text behind them.
        """
        words = self._text.signs[start:end]
        first, last = (signs_of(self._text.quoted(at, at + 1, 1)) for at in (start, end - 1))
        beside = [text for text in (self._last, following) if text]
        is_part = following.startswith((words, last)) or self._last.endswith((words, first))
        return is_part or any(text in words for text in (*beside, *self._long))

    def _found_behind(self, start: int, block: PageBlock) -> tuple[int, str | None]:
        signs = self._text.signs
        for form in block.forms:
            end = start + _NEAR if len(form) < _SHORT else len(signs)
            at = signs.find(form, start, end)
            if at >= 0:
                return at, form
        return start, None


def _links(article: Article) -> Iterator[Link]:
    """Yield all links of an article's text and notes."""
    pending: list[object] = [*article.body, *article.notes]
    while pending:
        item = pending.pop()
        if isinstance(item, Link):
            yield item
        if isinstance(item, tuple):
            pending += item
        elif is_dataclass(item):
            pending += [getattr(item, each.name) for each in fields(item) if each.name != "place"]
