"""Reads the examples of CommonMark's specification as bodies of articles, and compares what is read.

The specification (npm package `commonmark-spec`, file `spec.txt`, CC BY-SA 4.0) is not kept here.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import Source
from pipeline.findings.finding import errors
from pipeline.models.text import Code, ListBlock, Picture, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

FRONT: Final = "---\ntitle: Example\n---\n"
SHOWN_BY_US: Final = {
    200: "a reference that leads nowhere stays text",
    484: "a link without words shows its address",
}
"""Examples of which more is shown than the specification's HTML shows, by number."""

_EXAMPLE: Final = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """An example of the specification.

    Args:
        number: Its number, from 1.
        markdown: What is written.
        html: What it means.
    """

    number: int
    markdown: str
    html: str


class Outcome(NamedTuple):
    """What became of an example.

    Args:
        refused: The codes of the errors that refuse it, each with a line; empty where it is read.
        fault: What is wrong, or an empty text.
    """

    refused: tuple[str, ...]
    fault: str


def examples(specification: str) -> Iterator[Example]:
    """Yield the examples of the specification, in which `→` stands for a tab."""
    text = specification.partition("<!-- END TESTS -->")[0]
    for number, match in enumerate(_EXAMPLE.finditer(text), 1):
        yield Example(number, *(part.replace("→", "\t") for part in match.groups()))


def outcome(example: Example) -> Outcome:
    """Read an example: it is refused at a line, or all its words are read in order, its lists numbered."""
    manuscript = read_manuscript(Source("a.md", FRONT + example.markdown))
    if refused := errors(manuscript.findings):
        placed = all(each.place is not None and each.place.line > 0 for each in refused)
        return Outcome(tuple(sorted({each.code for each in refused})), "" if placed else "no line")
    wanted = _HtmlReader(example.html)
    words = _words(" ".join(_texts((manuscript.body, manuscript.notes))))
    if words != _words(wanted.text) and example.number not in SHOWN_BY_US:
        return Outcome((), f"words {words} instead of {_words(wanted.text)}")
    numbers = [
        each.printed_numbers for each in nodes_of(ListBlock, manuscript.body) if each.start is not None
    ]
    if numbers != wanted.numbers:
        return Outcome((), f"numbers {numbers} instead of {wanted.numbers}")
    return Outcome((), "")


def _texts(node: object) -> Iterator[str]:
    for each in nodes_of(Run | Code | Picture, node):  # type: ignore[arg-type]
        yield each.alternative if isinstance(each, Picture) else each.text


def _words(text: str) -> list[str]:
    """Return the words of a text; where one ends at emphasis or a link does not count."""
    return re.findall(r"\w", text)


class _HtmlReader(HTMLParser):
    """The words of the specification's HTML, and the numbers of its ordered lists in document order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.numbers: list[tuple[int, ...]] = []
        self._lists: list[int | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the items of lists, and take the alternative text of pictures."""
        values = dict(attrs)
        if tag in {"ol", "ul"}:
            self._lists.append(len(self.numbers) if tag == "ol" else None)
            if tag == "ol":
                self.numbers.append(())
                self._start = int(values.get("start") or 1) if "start" in values else 1
        elif tag == "li" and self._lists and (at := self._lists[-1]) is not None:
            before = self.numbers[at]
            self.numbers[at] = (*before, before[-1] + 1 if before else self._start)
        elif tag == "img":
            self.text += f" {values.get('alt') or ''} "

    def handle_endtag(self, tag: str) -> None:
        """Close a list."""
        if tag in {"ol", "ul"}:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Take the words."""
        self.text += data
