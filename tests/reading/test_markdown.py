"""Markdown into blocks: no text is lost or injected, and everything has its place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.text.source import Source, read_text
from pipeline.findings.place import Place
from pipeline.models.text import (
    Alignment,
    Block,
    Code,
    Consent,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Measure,
    NoteCall,
    Ornament,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
    Table,
)
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import LARGEST, Manuscript, read_manuscript
from pipeline.reading.markdown.picture_attributes import read_marks

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding

FRONT = "---\ntitle: А\n---\n"


def read(body: str) -> Manuscript:
    return read_manuscript(Source("a.md", FRONT + body))


def sound(body: str) -> tuple[Block, ...]:
    manuscript = read(body)
    assert manuscript.findings == ()
    return manuscript.body


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def words(node: object) -> str:
    """Return the text within a node."""
    texts = (piece for piece in nodes_of(object, node) if isinstance(piece, (Run, Code)))
    return "".join(piece.text for piece in texts)


def test_fields_and_text_are_parted() -> None:
    manuscript = read("Текст.\n")
    assert manuscript.front == "title: А"
    assert manuscript.front_line == 2
    assert manuscript.body == (Paragraph((Run("Текст.", Place("a.md", 4, 1, 6)),)),)


def test_every_kind_of_block_is_read() -> None:
    body = sound(
        "## Глава\n\nТекст.\n\n- едно\n  1. две\n  2. пет\n- три\n\n3. Четири\n4. Пет\n\n> цитат\n\n***\n\n"
        "<!-- page break -->\n\n| а | б | в |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n\n```\nкод 1\n\nкод 2\n```\n"
    )
    heading, _, dashes, numbered, quote, ornament, page_break, table, listing = body
    assert isinstance(heading, Heading)
    assert (heading.level, heading.place[1:3]) == (2, (4, 1))
    assert isinstance(dashes, ListBlock)
    assert dashes.start is None
    assert len(dashes.items) == 2
    inner = dashes.items[0][1]
    assert isinstance(inner, ListBlock)
    assert inner.start == 1
    assert isinstance(numbered, ListBlock)
    assert numbered.start == 3
    assert isinstance(quote, Quote)
    assert isinstance(ornament, Ornament)
    assert isinstance(page_break, PageBreak)
    assert isinstance(table, Table)
    assert table.alignments == (Alignment.START, Alignment.CENTRE, Alignment.END)
    assert [words(cell) for cell in (*table.heads, *table.rows[0])] == ["а", "б", "в", "1", "2", "3"]
    assert isinstance(listing, Paragraph)
    assert [type(child) for child in listing.children] == [Code, LineBreak, LineBreak, Code]


def test_every_kind_of_inline_is_read() -> None:
    (paragraph,) = read("*а* **б** `в` [г](https://example.org/)[^1] д\\\nе\nж\n\n[^1]: Бележка.\n").body
    assert isinstance(paragraph, Paragraph)
    kinds = [type(child) for child in paragraph.children]
    assert kinds == [Emphasis, Run, Strong, Run, Code, Run, Link, NoteCall, Run, LineBreak, Run]
    assert paragraph.children[-1] == Run("е ж", Place("a.md", 5, 1, 1))


def test_runs_know_their_columns() -> None:
    text = "Град на **знанието** и `код` и\n  > [връзка](b.md) край \\* звезда &amp; още"
    (paragraph,) = sound(text.replace("  > ", "") + "\n")
    assert isinstance(paragraph, Paragraph)
    lines = (FRONT + text.replace("  > ", "")).split("\n")
    strong = next(nodes_of(Strong, paragraph)).children[0]
    assert isinstance(strong, Run)
    assert strong.place == ("a.md", 4, 11, 8)
    link = next(nodes_of(Link, paragraph))
    assert link.place[1:3] == (5, lines[4].index("[") + 1)
    last = paragraph.children[-1]
    assert isinstance(last, Run)
    assert last.text == " край * звезда & още"
    assert last.place[1:] == (5, lines[4].index(" край") + 1, len(lines[4]) - lines[4].index(" край"))


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("Една дума, **още** дума и **дума**.\n", 4, 29),
        ("> Една дума и\n> втори ред с **дума**.\n", 5, 17),
        ("- точка\n  - Една **дума**\n", 5, 12),
        ("\tКод.\n\nТекст с\tраздел и **дума**.\n", 6, 20),
        ("Край &lt;на&gt; реда и\nй **дума**.\n", 5, 5),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_hold_in_every_form_of_a_file(
    body: str, line: int, column: int, form: Literal["NFC", "NFD"], ends: str, mark: str
) -> None:
    written = mark + unicodedata.normalize(form, FRONT + body).replace("\n", ends)
    source, findings = read_text(written.encode(), "a.md")
    assert findings == []
    assert source is not None
    strong = list(nodes_of(Strong, read_manuscript(source).body))[-1]
    (run,) = strong.children
    assert isinstance(run, Run)
    assert run.place == Place("a.md", line, column, 4)


def test_a_table_of_equal_cells_has_a_place_for_each() -> None:
    (table,) = sound("| а | а |\n|---|---|\n| 1 | 1 |\n")
    runs = list(nodes_of(Run, table))
    assert [run.place[1:3] for run in runs] == [(4, 3), (4, 7), (6, 3), (6, 7)]


def test_a_picture_is_read_whole() -> None:
    (figure,) = sound(
        '![Кула над града](images/%D0%BA%D1%83%D0%BB%D0%B0%201.jpg "През май")'
        '{.wide credit="Иван {син} Иванов" consent=yes}\n'
    )
    place = Place("a.md", 4, 1, 2)
    assert figure == Figure(
        Picture(
            source="images/кула 1.jpg",
            alternative="Кула над града",
            credit="Иван {син} Иванов",
            caption="През май",
            measure=Measure.WIDE,
            consent=Consent.YES,
            place=place,
        )
    )


@pytest.mark.parametrize(
    "marks", ['{credit="А Б"}', "{credit=„А Б“}", '{ credit="А Б" .margin }', ' {credit="А Б"}']
)
def test_marks_are_read_as_word_processors_turn_them(marks: str) -> None:
    (figure,) = sound(f"![Кула](<моята кула.jpg>){marks}\n")
    assert isinstance(figure, Figure)
    assert figure.picture.credit == "А Б"
    assert figure.picture.source == "моята кула.jpg"


def test_pictures_on_lines_of_one_paragraph_are_figures() -> None:
    body = sound('![едно](a.jpg){credit="А"}\n![две](b.jpg){credit="Б"}\n')
    assert [figure.picture.place.line for figure in nodes_of(Figure, body)] == [4, 5]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Виж https://example.org/a_b?c=1&d=2.", "https://example.org/a_b?c=1&d=2"),
        ("(https://example.org/вести)", "https://example.org/вести"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("„https://example.org/“", "https://example.org/"),
        ("**https://example.org/**", "https://example.org/"),
        ("<https://example.org/>", "https://example.org/"),
        ("<HTTPS://example.org/A>", "https://example.org/A"),
        ("Виж HTTPS://example.org/A.", "https://example.org/A"),
        ("<MAILTO:Foo@example.org>", "mailto:Foo@example.org"),
        ("[https://example.org/](https://example.org/)", "https://example.org/"),
        ("<office@example.org>", "mailto:office@example.org"),
    ],
)
def test_addresses_become_links_whole(text: str, address: str) -> None:
    (link,) = nodes_of(Link, sound(text + "\n"))
    assert link.target == address
    assert (
        link.place.column
        == min(at for at in (text.find("["), text.find("<"), text.lower().find("http")) if at >= 0) + 1
    )


@pytest.mark.parametrize("text", ["httpsexample", "http://", "https://localhost", "ftp://example.org/"])
def test_what_is_no_web_address_stays_text(text: str) -> None:
    assert list(nodes_of(Link, sound(text + "\n"))) == []


def test_templates_and_entities_are_text() -> None:
    assert words(sound("{{ 7*7 }} {% raw %} &lt;script&gt; ~~не~~ \\<b>\n")) == (
        "{{ 7*7 }} {% raw %} <script> ~~не~~ <b>"
    )


def test_notes_are_gathered_in_the_order_of_their_calls() -> None:
    manuscript = read("Едно[^б] две[^а].\n\n[^а]: Първа *бележка*.\n[^б]: Втора.\n")
    assert codes(manuscript.findings) == []
    assert [(note.label, words(note.children), note.place[1:3]) for note in manuscript.notes] == [
        ("б", "Втора.", (7, 1)),
        ("а", "Първа бележка.", (6, 1)),
    ]
    run = manuscript.notes[1].children[0]
    assert isinstance(run, Run)
    assert run.place[1:3] == (6, 7)


def test_comments_are_dropped_and_nothing_else_of_html() -> None:
    manuscript = read("а <!-- б --> в\n\n<!-- г\nд -->\n\n<i>е</i> <br/>\n")
    assert words(manuscript.body) == "а  ве "
    assert [dict(finding.values)["found"] for finding in manuscript.findings] == ["<i>", "</i>", "<br/>"]


HOSTILE = ["[", "![", "[^", "> ", "1. ", "*а **б ", "`", "<", "&lt;\n", "<!--", "[a](", "![a](b", "{", "[x]["]


@pytest.mark.parametrize(
    "piece", [*HOSTILE, "![a](b.jpg){x", "a|b\n-|-\n", "[^a]: b\n", "- a\n  ", "(", "\\"]
)
def test_hostile_repetition_comes_to_an_end(piece: str) -> None:
    manuscript = read(piece * (30_000 // len(piece)))
    assert manuscript.front == "title: А"


def test_an_article_that_is_too_large_is_not_parsed() -> None:
    assert codes(read("а" * LARGEST).findings) == ["E03"]


def test_lists_may_nest_ten_levels_and_no_more() -> None:
    ten = "".join("  " * level + "- а\n" for level in range(10))
    assert codes(read(ten).findings) == []
    assert codes(read(ten + "  " * 10 + "- а\n").findings) == ["E47"]


MARKDOWN = st.text(alphabet="аб яА1 \n\n\t*_`[]()!<>{}|#-+.:&;\\\"'^~=/", max_size=120)


@given(MARKDOWN)
def test_no_text_breaks_the_reader(body: str) -> None:
    manuscript = read(body)
    lines = (FRONT + body).split("\n")
    for finding in manuscript.findings:
        assert finding.place is None or finding.place.line <= len(lines)
    for run in nodes_of(Run, (manuscript.body, manuscript.notes)):
        assert 1 <= run.place.line <= len(lines)
        assert "\n" not in run.text


@given(MARKDOWN)
def test_letters_are_neither_lost_nor_made(body: str) -> None:
    """What stands in the text is in the model, but for addresses, captions and what a finding names."""
    manuscript = read(body)
    if manuscript.findings or re.search(r"\]\s*[:(\[]|<!--|&\w|&#|```|~~~", body):
        return
    written = re.findall(r"[а-яА-Я]", body)
    assert re.findall(r"[а-яА-Я]", words((manuscript.body, manuscript.notes))) == written


@given(st.lists(st.text(alphabet="абвгдежз", min_size=1), min_size=1, max_size=30))
def test_plain_words_are_read_as_written(plain: list[str]) -> None:
    assert words(sound(" ".join(plain) + "\n")) == " ".join(plain)


@given(st.text(max_size=200))
def test_any_text_as_a_whole_file_is_read(text: str) -> None:
    source, _ = read_text(text.encode("utf-8", "surrogatepass"), "a.md")
    if source is not None:
        manuscript = read_manuscript(source)
        assert manuscript.front is not None or codes(manuscript.findings) == ["E40"]


@pytest.mark.parametrize(
    ("written", "focus", "codes"),
    [
        ("30 70", (30, 70), []),
        ("0 100", (0, 100), []),
        ("101 5", None, ["E26"]),
        ("5 101", None, ["E26"]),
        ("в средата", None, ["E26"]),
    ],
)
def test_the_focus_of_a_picture_is_two_shares_of_its_sides(
    written: str, focus: tuple[int, int] | None, codes: list[str]
) -> None:
    marks, findings = read_marks(f'focus="{written}"', Place("a.md", 1))
    assert marks.focus == focus
    assert [each.code for each in findings] == codes
