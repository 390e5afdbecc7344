"""Every word of an issue is on its page of the site, once and in order, and every link leads somewhere.

The finished pages are read and held against the issue. Which texts there are is known from
`pdf.law.expected.issue`, as for the pages of the PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.archive.site.expected_page import expected_page
from pipeline.archive.site.expected_tables import table_differences
from pipeline.archive.site.page_comparison import PageComparison
from pipeline.archive.site.page_units import page_text
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.html_checks.addresses import canonical
from pipeline.html_checks.html_tree import pieces, read_html, text_of, words_of
from pipeline.html_checks.visibility import unseen_on
from pipeline.models.kinds.presentation import Contact
from pipeline.models.text import Link
from pipeline.pdf.law.expected.addresses import bare_address
from pipeline.pdf.law.expected.plain_words import plain_words
from pipeline.pdf.law.expected.signs import REFERENCE, letters_in, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.html_checks.html_tree import Element
    from pipeline.html_checks.visibility import Unseen
    from pipeline.models.issue import Article, Issue

_OUT: Final = ("http:", "https:", "mailto:")
_MOST: Final = 8
"""Findings of one page; what is more has the same cause."""


class _IssuePage(NamedTuple):
    """The page of an issue, to be held against it when all style sheets are there."""

    issue: Issue
    data: bytes
    correction: str
    is_strict: bool


class SiteLaw:
    """Examines the files of a site as they are built."""

    def __init__(self) -> None:
        """Begin with no file."""
        self._paths: set[str] = set()
        self._anchors: dict[str, set[str]] = {}
        self._links: list[tuple[str, str]] = []
        self._sheets: dict[str, str] = {}
        self._issues: dict[str, _IssuePage] = {}

    def examine(
        self,
        path: str,
        data: bytes,
        issue: Issue | None = None,
        correction: str = "",
        *,
        is_strict: bool = True,
    ) -> None:
        """Examine a file.

        Args:
            path: Its path in the site.
            data: Its bytes.
            issue: The issue whose page it is, typeset; None for any other file.
            correction: What the filing of the issue corrects; empty for nothing.
            is_strict: Whether no other words may stand on its page: all its templates are the program's.
        """
        self._paths.add(path)
        if path.endswith(".css"):
            self._sheets[path] = data.decode()
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
            self._issues[path] = _IssuePage(issue, data, correction, is_strict)

    def finish(self) -> list[Finding]:
        """Return all findings after the last file (E328, E329, E330)."""
        findings: list[Finding] = []
        for path, page in self._issues.items():
            root = read_html(page.data.decode())
            findings += list(
                page_findings(
                    page.issue,
                    root,
                    path,
                    page.correction,
                    linked=self._linked(path, root),
                    is_strict=page.is_strict,
                )
            )[:_MOST]
        missing = dict.fromkeys(link for link in self._links if not self._leads_somewhere(*link))
        return [*findings, *[found("E329", Place(path), found=link) for path, link in missing][:_MOST]]

    def _linked(self, path: str, root: Element) -> dict[str, str]:
        """Return the style sheets that a page links, by address as written."""
        hrefs = [each.attributes.get("href", "") for each in root.elements() if each.tag == "link"]
        return {href: self._sheets.get(normpath(join(dirname(path), unquote(href))), "") for href in hrefs}

    def _leads_somewhere(self, page: str, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return True
        target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
        fragment = unquote(parts.fragment)
        return target in self._paths and (not fragment or fragment in self._anchors.get(target, ()))


def page_findings(
    issue: Issue,
    root: Element,
    path: str,
    correction: str = "",
    *,
    linked: Mapping[str, str] | None = None,
    is_strict: bool = True,
) -> Iterator[Finding]:
    """Yield what the page of an issue lacks, has twice, elsewhere or misnumbered (E328), or hides (E330).

    Args:
        issue: Typeset.
        root: The page.
        path: Its path in the site.
        correction: What the filing of the issue corrects; empty for nothing.
        linked: The style sheets that it links, by address as written.
        is_strict: Whether no other words may stand on it: all its templates are the program's.
    """
    unseen = unseen_on(root, words_of(pieces(root)), linked=linked)
    text = page_text(root, unseen.reasons, unseen.unnumbered)
    hidden = _hidden_texts(root, unseen)
    for place, words in PageComparison(
        expected_page(issue, correction, is_strict=is_strict), text
    ).differences():
        signs = signs_of(words)
        reason = next((reason for held, reason in hidden if signs and (signs in held or held in signs)), "")
        yield (
            found("E330", place, path=path, found=words, reason=reason)
            if reason
            else found("E328", place, path=path, found=words)
        )
    own = issue.articles[0].place
    for rule in unseen.rules:
        yield found("E330", own, path=path, found="…", reason=rule)
    for _, words in unseen.generated:
        yield found("E328", own, path=path, found=words)
    for place, words in table_differences(issue, root, unseen.reasons):
        yield found("E328", place, path=path, found=words)
    yield from _lost_links(issue, root, path)


def _hidden_texts(root: Element, unseen: Unseen) -> list[tuple[str, str]]:
    """Return the hidden texts of a page as they are compared, each with the reason."""
    texts: dict[Element, str] = {}
    for piece in pieces(root):
        if not piece.is_gap and piece.element in unseen.reasons:
            texts[piece.element] = texts.get(piece.element, "") + piece.text
    held = ((signs_of(text), unseen.reasons[element]) for element, text in texts.items())
    return [(signs, reason) for signs, reason in held if letters_in(signs) > 1]


def _lost_links(issue: Issue, root: Element, path: str) -> Iterator[Finding]:
    """Yield the links of an issue that its page lacks, or has behind other words."""
    hrefs = Counter(
        (canonical(each.attributes["href"]), _words_of_link(text_of(each)))
        for each in root.elements()
        if each.tag == "a" and "href" in each.attributes
    )
    for target, words, place in (link for article in issue.articles for link in _links(article)):
        # Each link of the page stands for one of the issue: of two to one address, both are there.
        link = canonical(target), _words_of_link(words)
        hrefs[link] -= 1
        if hrefs[link] < 0:
            yield found("E328", place, path=path, found=target)


def _words_of_link(text: str) -> str:
    return signs_of(text).replace(REFERENCE, "")


def _links(article: Article) -> Iterator[tuple[str, str, Place]]:
    """Yield target, words and place of all links that lead out: of card, table, text and notes."""
    card = article.head.presentation.card
    values = [fact.value for fact in card.facts] if card else []
    written = [value.text for value in values if isinstance(value, Contact)]
    written += [item.url for item in article.head.presentation.organisations if item.url]
    for text in written:
        if text.startswith(_OUT) or re.fullmatch(r"[^@\s]+@[^@\s]+", text):
            yield text, bare_address(text), article.place
    pending: list[object] = [*article.body, *article.notes]
    while pending:
        item = pending.pop()
        if isinstance(item, Link) and item.target.startswith(_OUT):
            yield item.target, plain_words(item.children, REFERENCE), item.place
        if isinstance(item, tuple):
            pending += item
        elif is_dataclass(item):
            pending += [getattr(item, each.name) for each in fields(item) if each.name != "place"]
