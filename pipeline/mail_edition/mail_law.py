"""Every word that the mail must say is in its HTML and in its plain text: once, in order, and to be seen.

The finished parts are read by readers of their own, and held against what the issue says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.html_checks.addresses import INVISIBLE, canonical
from pipeline.html_checks.html_tree import conditional_comments, pieces, read_html, text_of, words_of
from pipeline.html_checks.views import View
from pipeline.html_checks.visibility import unseen_on
from pipeline.html_checks.word_order import ExpectedWord, word_differences
from pipeline.mail_edition.beginnings import bad_teasers, is_preheader
from pipeline.mail_edition.expected_mail import ExpectedMail, expected_words
from pipeline.mail_edition.parity import HTML, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.html_checks.html_tree import Element, Piece
    from pipeline.mail_edition.contents import MailContents
    from pipeline.mail_edition.expected_mail import MailLine
    from pipeline.models.issue import Issue

_WITHOUT_SHEETS: Final = View("style sheets not applied", has_sheets=False)
"""As some programs show mail: what hides a text there is in the elements themselves."""

_OF_PROGRAMS: Final = {"data-ogsc": "", "data-ogsb": ""}
"""Attributes that Outlook adds in its dark mode, and sheets may refer to."""

_ENTRY: Final = "*"
"""The mark of an entry in the plain text."""

_MOST: Final = 8
"""Findings of one kind in one part; what is more has the same cause."""


def mail_findings(issue: Issue, contents: MailContents, html: str, text: str) -> list[Finding]:
    """Hold the finished parts of the mail against the issue.

    Args:
        issue: Typeset.
        contents: What the parts were composed from.
        html: The HTML part.
        text: The plain text part.

    Returns:
        An error for words that a part lacks (E324) or has without their being expected there (E325), for
        those that nobody can see (E326), and for a link that is missing or leads elsewhere (E327).
    """
    expected = ExpectedMail(issue, contents)
    root = read_html(html)
    lines = expected.html()
    shown = words_of(pieces(root))
    hidden, doubts = _hidden(root, html, shown)
    visible = [word.text for word in shown if word.element not in hidden]
    findings = [
        found("E324" if each.is_lacking else "E325", each.place, face=HTML, found=each.words)
        for each in bad_teasers(issue, contents, len(html.encode()))
    ]
    findings += _words(HTML, expected_words(lines, in_text=False), visible)
    findings += _unseen(expected, hidden, shown)
    findings += doubts
    findings += _links(lines, root)
    # An asterisk that begins a line is the mark of an entry, or a sign of the text: neither is compared.
    written = [word for word in expected_words(expected.text(), in_text=True) if word.text != _ENTRY]
    findings += _words(TEXT, written, _text_words(text))
    return findings


def _words(face: str, expected: Sequence[ExpectedWord], shown: Sequence[str]) -> Iterator[Finding]:
    plain = [ExpectedWord(INVISIBLE.sub("", word.text), word.place) for word in expected]
    counts = {True: 0, False: 0}
    for difference in word_differences([word for word in plain if word.text], shown):
        counts[difference.is_missing] += 1
        if counts[difference.is_missing] <= _MOST:
            code = "E324" if difference.is_missing else "E325"
            yield found(code, difference.place, face=face, found=difference.words)


def _hidden(root: Element, html: str, shown: Sequence[Piece]) -> tuple[dict[Element, str], list[Finding]]:
    """Return the elements whose text nobody sees in some view, with reasons; and what hides or adds more."""
    comments = conditional_comments(html)
    inner = [read_html(comment.text) for comment in comments]
    sheets = [
        "".join(child for child in element.children if isinstance(child, str))
        for each in inner
        for element in each.elements()
        if element.tag == "style"
    ]
    unseen = unseen_on(
        root,
        shown,
        attributes=_OF_PROGRAMS,
        views=(_WITHOUT_SHEETS,),
        sheets=[(sheet, "") for sheet in sheets],
    )
    doubts = [found("E326", None, found="…", reason=rule) for rule in unseen.rules]
    doubts += [found("E325", None, face=HTML, found=words) for _, words in unseen.generated]
    for comment, within in zip(comments, inner, strict=True):
        if words := " ".join(text_of(within).split()):
            doubts.append(found("E325", None, face=HTML, found=words))
        if comment.hides:
            doubts.append(found("E326", None, found="…", reason=comment.condition))
    return unseen.reasons, doubts[:_MOST]


def _unseen(expected: ExpectedMail, hidden: dict[Element, str], shown: Sequence[Piece]) -> Iterator[Finding]:
    """Yield what is hidden, but for the preheader, which inboxes show: the first words, and those alone."""
    texts: dict[Element, list[str]] = {}
    for word in shown:
        texts.setdefault(word.element, []).append(word.text)
    first = next(iter(texts), None)
    topics = expected.topics
    has_preheader = first is not None and first in hidden and is_preheader(" ".join(texts[first]), topics)
    if not has_preheader:
        yield found("E324", expected.place, face=HTML, found=topics)
    rest = [(each, reason) for each, reason in hidden.items() if not (has_preheader and each is first)]
    for element, reason in rest[: _MOST + 1]:
        yield found("E326", None, found=" ".join(texts.get(element, ())[:12]), reason=reason)


def _links(lines: Sequence[MailLine], root: Element) -> Iterator[Finding]:
    expected = [(line.address, line) for line in lines if line.address]
    shown: list[str] = []
    last: Element | None = None
    for element in root.elements():
        href = element.attributes.get("href", "") if element.tag == "a" else ""
        is_rest = (
            last is not None and last.attributes.get("href") == href and _are_side_by_side(last, element)
        )
        if href and not is_rest:
            shown.append(href)
        last = element if href else last
    plain = [ExpectedWord(canonical(address), line.place) for address, line in expected]
    for difference in word_differences(plain, [canonical(href) for href in shown]):
        address = expected[difference.at][0] if difference.is_missing else difference.words
        yield found("E327", difference.place, found=address)


def _are_side_by_side(one: Element, other: Element) -> bool:
    """Return whether two links have only break opportunities between them: one address in parts."""
    if one.parent is None or one.parent is not other.parent:
        return False
    siblings = one.parent.children
    between = siblings[siblings.index(one) + 1 : siblings.index(other)]
    return bool(between) and all(not isinstance(each, str) and each.tag == "wbr" for each in between)


def _text_words(text: str) -> list[str]:
    words: list[str] = []
    for line in INVISIBLE.sub("", text).splitlines():
        if not re.fullmatch(r"=+|-+", line):
            words += [word for word in line.split() if word != _ENTRY]
    return words
