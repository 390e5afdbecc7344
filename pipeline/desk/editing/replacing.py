"""Find and replace in all texts of an issue, without touching a sign of their markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.plans import open_plan
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.editor.writing.nodes import CodeBlockNode, FigureNode, SourceNode, TextNode
from pipeline.findings.finding import BulletinError, IssueError, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import ArticleEntry, OpenArticle
    from pipeline.editor.writing.nodes import Document
    from pipeline.files.workspace import Workspace

_AROUND: Final = 45
_HEAD: Final = ("title", "standfirst")
_OF_FIGURES: Final = ("alternative", "credit", "caption")


class Sought(NamedTuple):
    """What is sought.

    Args:
        words: The words, as they are read.
        is_exact: Whether capital and small letters differ.
        is_whole: Whether no letter may stand before or after them.
    """

    words: str
    is_exact: bool = False
    is_whole: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds them; a space stands for any space between words, a no-break one too."""
        parts = (re.escape(part) for part in self.words.split())
        text = r"\s+".join(parts)
        text = rf"(?<!\w){text}(?!\w)" if self.is_whole else text
        return re.compile(text, 0 if self.is_exact else re.IGNORECASE)


class Match(NamedTuple):
    """Words that were found.

    Args:
        article: The file.
        title: Its title.
        version: The version of the file.
        number: Which match of the article it is, from 0.
        before: What stands before it.
        words: As they are written.
        after: What stands behind it.
    """

    article: str
    title: str
    version: Version
    number: int
    before: str
    words: str
    after: str


class Chosen(NamedTuple):
    """The matches of an article that are to be replaced.

    Args:
        version: The version of the file in which they were found.
        numbers: Theirs, as `Match` has them.
    """

    version: Version
    numbers: frozenset[int]


def find(workspace: Workspace, issue: str, sought: Sought) -> list[Match]:
    """Return where words stand in the articles of an issue, in order.

    Raises:
        IssueError: The plan cannot be read, or they are found nowhere (E628).
    """
    matches: list[Match] = []
    if sought.words.strip():
        for section in open_plan(workspace, issue).sections:
            for entry in section.articles:
                try:
                    opened = open_article(workspace, issue, entry.name)
                except BulletinError:
                    continue
                matches += _matches(entry, opened, sought)
    if not matches:
        raise IssueError([found("E628", None, found=sought.words)])
    return matches


def replace(workspace: Workspace, issue: str, sought: Sought, by: str, chosen: Mapping[str, Chosen]) -> int:
    """Replace words in the articles of an issue.

    Args:
        workspace: The workspace.
        issue: Name of the issue's folder.
        sought: What is replaced.
        by: What takes its place, as it is to be read.
        chosen: Those that are replaced, by article.

    Returns:
        How many were replaced.

    Raises:
        IssueError: An article was changed since they were found (E632): nothing is replaced. Or one cannot be
            saved, or is changed in the same moment (E632): those before are saved, and the history has them
            as they were.
        PressError: A file cannot be written (E83).
    """
    opened_ones = {article: open_article(workspace, issue, article) for article in chosen}
    if changed := [name for name, opened in opened_ones.items() if opened.version != chosen[name].version]:
        raise IssueError([found("E632", None, name=name) for name in changed])
    count = 0
    for article, opened in opened_ones.items():
        counter = _Counter(sought.pattern, by, chosen[article].numbers)
        head: dict[tuple[str | int, ...], Any] = {}
        for name in _HEAD:
            value = opened.head.get(name)
            if isinstance(value, str) and (new := counter.replaced(value)) != value:
                head[(name,)] = new
        document = _mapped(opened.document, counter.replaced)
        change = ArticleChange(document if document != opened.document else None, head or None)
        if change.document is None and change.head is None:
            continue
        saved = save_article(workspace, issue, article, opened.version, change, hand="studio")
        if isinstance(saved, Conflict):
            raise IssueError([found("E632", None, name=article)])
        count += counter.done
    return count


class _Counter:
    """Replaces the chosen matches of an article, which are counted from text to text."""

    def __init__(self, pattern: re.Pattern[str], by: str, chosen: frozenset[int]) -> None:
        self._pattern, self._by, self._chosen = pattern, by, chosen
        self._number = -1
        self.done = 0

    def replaced(self, text: str) -> str:
        return self._pattern.sub(self._one, text)

    def _one(self, match: re.Match[str]) -> str:
        self._number += 1
        if self._number not in self._chosen:
            return match[0]
        self.done += 1
        return self._by


def _matches(entry: ArticleEntry, opened: OpenArticle, sought: Sought) -> Iterator[Match]:
    matches = ((text, match) for text in _texts_of(opened) for match in sought.pattern.finditer(text))
    for number, (text, match) in enumerate(matches):
        begin, end = match.span()
        before, after = text[max(0, begin - _AROUND) : begin], text[end : end + _AROUND]
        yield Match(
            entry.name,
            entry.title or entry.name,
            opened.version,
            number,
            f"…{before}" if begin > _AROUND else before,
            match[0],
            f"{after}…" if end + _AROUND < len(text) else after,
        )


def _texts_of(opened: OpenArticle) -> Iterator[str]:
    """Yield the texts of an article in the order in which `replace` goes through them."""
    yield from (value for name in _HEAD if isinstance(value := opened.head.get(name), str))
    texts: list[str] = []

    def seen(text: str) -> str:
        texts.append(text)
        return text

    _mapped(opened.document, seen)
    yield from texts


def _mapped(document: Document, change: Callable[[str], str]) -> Document:
    """Return a document with each of its texts changed; code and source are left as they are."""
    content = tuple(_mapped_node(node, change) for node in document.content)
    notes = tuple(_mapped_node(node, change) for node in document.notes)
    return document.model_copy(update={"content": content, "notes": notes})


def _mapped_node(node: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any node
    if isinstance(node, CodeBlockNode | SourceNode):
        return node
    if isinstance(node, TextNode):
        new = change(node.text)
        return node.model_copy(update={"text": new}) if new != node.text else node
    if isinstance(node, FigureNode):
        texts = {name: change(getattr(node.attrs, name)) for name in _OF_FIGURES}
        return node.model_copy(update={"attrs": node.attrs.model_copy(update=texts)})
    children = getattr(node, "content", ())
    if not children:
        return node
    mapped = tuple(_mapped_node(child, change) for child in children)
    # A text without a letter is no text.
    mapped = tuple(child for child in mapped if not (isinstance(child, TextNode) and not child.text))
    return node.model_copy(update={"content": mapped})
