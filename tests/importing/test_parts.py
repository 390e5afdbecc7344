"""Parts of an import: Markdown that reads back, placement of words, file names, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.files.text.source import Source
from pipeline.findings.place import Place
from pipeline.importing.draft.file_names import stem_of
from pipeline.importing.draft.markdown_writer import MarkdownWriter
from pipeline.importing.html.page import read_page
from pipeline.importing.model.languages import language_of
from pipeline.importing.model.words import words_of
from pipeline.importing.placement import report_placement
from pipeline.models.text import Code, Emphasis, LineBreak, Paragraph, Run, Strong
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript
from tests.conftest import run_bulletin

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS: Final = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff",
    ),
    min_size=1,
    max_size=40,
)
MARKS: Final = st.sampled_from([[], [Strong], [Emphasis], [Emphasis, Strong]])
PLACE: Final = Place("x.html")


def read_back(text: str) -> Iterator[str]:
    body = read_manuscript(Source("x.md", f"---\ntitle: x\n---\n{text}")).body
    for block in body:
        kinds: Any = (Run, Code, LineBreak)
        for node in nodes_of(kinds, block):
            yield " " if isinstance(node, LineBreak) else node.text
        yield " "


class TestTheWriting:
    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.tuples(WORDS, st.sampled_from([Run, Code]), MARKS), min_size=1, max_size=5))
    def test_no_sign_of_a_text_turns_into_markup(self, parts: list[tuple[str, Any, list[Any]]]) -> None:
        inlines = []
        for text, leaf, marks in parts:
            inline = leaf(text, PLACE)
            for mark in marks:
                inline = mark((inline,))
            inlines.append(inline)
        written_text = MarkdownWriter({}, ()).article([Paragraph(tuple(inlines))])
        assert words_of("".join(read_back(written_text))) == words_of("".join(text for text, *_ in parts))

    @pytest.mark.parametrize(
        "text",
        ["# не е заглавие", "- не е списък", "1. не е номер", "> не е цитат", "---", "***", "a | b", "[x]: y",
         "[^1]: бележка", "![x](y)", "<b>не</b>", "&amp;", "`код`", "~~~", "+ плюс", "2024. година",
         "=====", "* звезда",
         '![снимка](x.jpg){credit=""}', "[думи] (https://example.org)", "http://example.org/a_b_c_"],
    )  # fmt: skip
    def test_what_looks_like_markup_is_text(self, text: str) -> None:
        written_text = MarkdownWriter({}, ()).article([Paragraph((Run(text, PLACE),))])
        body = read_manuscript(Source("x.md", f"---\n---\n{written_text}"))
        assert [finding.code for finding in body.findings] == []
        assert "".join(read_back(written_text)).strip() == text

    @settings(deadline=None, max_examples=60)
    @given(st.recursive(
        st.builds(lambda words: f"<p>{words}</p>",
                  st.sampled_from(["едно две", "три", "четири <b>пет</b>", "x*y _z_", "1. a"])),
        lambda inner: st.builds(
            lambda tag, parts: tag.replace("…", "".join(parts)),
            st.sampled_from(["<div>…</div>", "<ul><li>…</li></ul>", "<blockquote>…</blockquote>",
                             "<h2>глава</h2>…",
                             "<table><tr><td>а<td>…<tr><td>…<td>б</table>", "<ol><li>а<li>…</ol>"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=12,
    ))  # fmt: skip
    def test_whatever_a_page_holds_is_found_again(self, page: str) -> None:
        incoming_text = read_page(page, "x.html")
        body = MarkdownWriter({}, incoming_text.notes).article(incoming_text.blocks)
        text = f"---\ntitle: x\n---\n{body}"
        report = report_placement([incoming_text], {"x.md": text}, {}, [])
        assert report.words_placed == report.words_total > 0
        assert report.findings == []

    def test_a_word_that_is_left_out_is_named(self) -> None:
        incoming_text = read_page(
            "<p>едно две три</p><p>две</p><a href='https://example.org'>път</a>", "x.html"
        )
        report = report_placement([incoming_text], {"x.md": "---\ntitle: x\n---\nедно две път\n"}, {}, [])
        assert report.words_total - report.words_placed == 2
        named = [dict(finding.values)["found"] for finding in report.findings]
        # The second paragraph is there whole, so that the word in the first is lost.
        assert named == ["две три", "https://example.org"]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Зелени умения", "zeleni-umeniya"),
        ("Щастие!", "shtastie"),
        ("XD Media Hub", "xd-media-hub"),
        ("欢迎", "text"),
    ],
)
def test_file_names_are_latin(title: str, stem: str) -> None:
    assert stem_of(title) == stem


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Клъстерът представи новия си проект пред всички свои членове.", "bg"),
        ("Новый проект был представлен всем участникам, и это было событие.", "ru"),
        ("The cluster presented its new project to all of the members.", "en"),
        ("кратко", ""),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_help_is_given_in_both_languages() -> None:
    for language, words in (("bg", "Файлове на Word"), ("en", "Word files (.docx)")):
        told = run_bulletin("--language", language, "import", "--help")
        assert told.returncode == 0
        assert words in told.stdout
