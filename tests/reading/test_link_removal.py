"""A link taken off an article leaves its words, and every other character as it was written."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline.files.text.source import Source
from pipeline.findings.finding import errors
from pipeline.models.text import Link, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import Manuscript, read_manuscript
from pipeline.reading.markdown.rewriting.link_removal import without_links


def taken_off(body: str) -> str:
    head = "---\ntitle: '[x](b.md)'\n---\n"
    result = without_links(head + body, {"b.md", "б в.md"})
    assert result.startswith(head)
    return result.removeprefix(head)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Виж [новината](b.md).", "Виж новината."),
        ("[a](b.md) [b](c.md) [c](https://b.md)", "a [b](c.md) [c](https://b.md)"),
        ('[a](b.md "c(d)") e', "a e"),
        ("[a](b.md 'c\\'d') [e](<b.md> (f \"g\"))", "a e"),
        ("[a](<б в.md>) [a](%D0%B1%20%D0%B2.md)", "a a"),
        ("[a `](b.md)` c](b.md) `[d](b.md)`", "a `](b.md)` c `[d](b.md)`"),
        ("[a \\[b\\] c](b.md) \\[d](b.md)", "a \\[b\\] c \\[d](b.md)"),
        ("[a [b] c](b.md)", "a [b] c"),
        ("[**a** *b*](b.md) **[c](b.md)**", "**a** *b* **c**"),
        ("[a][r] [r][] [r]\n\n[r]: b.md 'x'", "a r r\n\n"),
        ("[a][r]\n\n[r]: c.md", "[a][r]\n\n[r]: c.md"),
        ("> едно [две\n> три](b.md\n> 'x') четири", "> едно две\n> три четири"),
        ("- а\n  [б](b.md)\n  - [в](b.md)", "- а\n  б\n  - в"),
        ("## [а](b.md) ##", "## а ##"),
        ("[а](b.md)\n===", "а\n==="),
        ("а[^1]\n\n[^1]: Виж [б](b.md).", "а[^1]\n\n[^1]: Виж б."),
        ("а [](b.md)", "а b\\.md"),
        ("|[a](b.md)|b\\|[a](b.md)|\n|-|-|\n|a|[c\\|d](b.md)", "|a|b\\|a|\n|-|-|\n|a|c\\|d"),
        ("> | a | b |\n> |---|---|\n> | a | `x\\|y` [a](b.md) |",
         "> | a | b |\n> |---|---|\n> | a | `x\\|y` a |"),
        ("а <!-- [a](b.md) --> [a](b.md)", "а <!-- [a](b.md) --> a"),
        ("```\n[a](b.md)\n```", "```\n[a](b.md)\n```"),
    ],
)  # fmt: skip
def test_a_link_becomes_its_words(written: str, expected: str) -> None:
    assert taken_off(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[1.](b.md) януари", "1\\. януари"),
        ("[# а](b.md)", "\\# а"),
        ("[- `а`](b.md) б", "\\- а б"),
        ("*[а*](b.md)", "*а\\*"),
        ("[[а]](b.md)(c.md)", "\\[а\\](c.md)"),
    ],
)
def test_words_that_would_be_other_markup_are_escaped(written: str, expected: str) -> None:
    assert taken_off(written) == expected


def test_line_ends_letters_and_the_byte_order_mark_stay() -> None:
    before, after = "\ufeff---\r\ntitle: x\r\n---\r\nи\u0306 ", "\r\n\r\n"
    written = f"{before}[и\u0306](b.md\r\n'x'){after}[б](и\u0306.md) [в](b.md)\r\n"
    assert without_links(written, {"b.md", "й.md"}) == f"{before}и\u0306{after}б в\r\n"


BRACKETS = ["[", "]", "(b.md)", "[а](b.md)", "[б", "](b.md 'x')", "[r]", "[r]: b.md\n", "[^1]: "]
SIGNS = [
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "\\",
    "|",
    "# ",
    "!",
    "| а | б |\n|---|---|\n",
    "\n",
    "\n\n",
    " ",
    "\t",
]
PARTS = [*BRACKETS, *SIGNS, "дума"]


def test_a_link_stays_where_the_brackets_around_it_would_become_one() -> None:
    assert taken_off("[[а](b.md)](b.md 'x')") == "[[а](b.md)](b.md 'x')"


def words_and_targets(manuscript: Manuscript) -> tuple[list[str], list[str]]:
    read = (manuscript.body, manuscript.notes)
    words = "".join(run.text for run in nodes_of(Run, read)).split()
    return words, [link.target for link in nodes_of(Link, read)]


@settings(deadline=None, max_examples=200)
@example(["- ", "[r]: b.md\n", "\t", "["])
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=14))
def test_an_article_without_errors_keeps_its_words(parts: list[str]) -> None:
    text = "---\n---\n" + "".join(parts)
    manuscript = read_manuscript(Source("", text))
    assume(not errors(manuscript.findings))
    result = without_links(text, {"b.md"})
    words, targets = words_and_targets(manuscript)
    assert words_and_targets(read_manuscript(Source("", result))) == (
        words,
        targets if result == text else [],
    )
