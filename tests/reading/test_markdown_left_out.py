"""What Markdown leaves out of a text is told, and every form of it is read whole or refused at its line."""

from __future__ import annotations

import pytest

from pipeline.files.text.source import Source
from pipeline.reading.markdown.manuscript import read_manuscript
from tests.bench.commonmark import Example, examples, outcome


def found(body: str) -> list[tuple[str, int, object]]:
    findings = read_manuscript(Source("a.md", f"---\ntitle: А\n---\n{body}")).findings
    return [
        (each.code, each.place.line if each.place else 0, dict(each.values)["found"]) for each in findings
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[Забележка]: Вижте\n\nТекст.\n", [("W19", 4, "[Забележка]: Вижте")]),
        ("[1]: а.md\n[2]: б.md\n\n[а][2]\n", [("W19", 4, "[1]: а.md")]),
        ("> [1]: https://example.org/\n", [("W19", 4, "> [1]: https://example.org/")]),
        ("[а]: б.md\n[А]: в.md\n\n[а]\n", [("W19", 5, "[А]: в.md")]),
        ('[а](б.md "думи")\n', [("W20", 4, "думи")]),
        ("[а]\n\n[а]: б.md 'още думи'\n", [("W20", 4, "още думи")]),
        ("```Договор №5\nа\n```\n", [("W21", 4, "Договор №5")]),
        ("~~~ а б\nв\n~~~\n", [("W21", 4, "а б")]),
        ("## Езикът C #\n", [("W22", 4, "#")]),
        ("## Номер ###\n", [("W22", 4, "###")]),
        ("[а]\n\n[а]: б.md\n", []),
        ("[думи][а]\n\n[а]: б.md\n", []),
        ("``` python\nа\n```\n", []),
        ("```c++\nа\n```\n", []),
        ("## Номер ##\n", []),
        ("## Езикът C \\#\n", []),
        ("## Езикът C#\n", []),
        ("\\[Забележка]: Вижте\n", []),
    ],
)
def test_what_is_left_out_is_told(body: str, expected: list[tuple[str, int, str]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("раз\nдва\n", "<p>раз два</p>"),
        ("раз  \nдва\\\nтри\n", "<p>раз<br>два<br>три</p>"),
        ("Глава\n---\n", "<h2>Глава</h2>"),
        ("- а\n\n  б\n- в\n  1. г\n  2. д\n", "<ul><li>а б</li><li>в<ol><li>г</li><li>д</li></ol></li></ul>"),
        ("7) а\n8) б\n", '<ol start="7"><li>а</li><li>б</li></ol>'),
        ("0. а\n1. б\n", '<ol start="0"><li>а</li><li>б</li></ol>'),
        ("1. а\n1. б\n", "<ol><li>а</li><li>б</li></ol>"),
        ("1. а\n2) б\n", '<ol><li>а</li></ol><ol start="2"><li>б</li></ol>'),
        ("> а\nб\n> > в\n", "<blockquote>а б<blockquote>в</blockquote></blockquote>"),
        ("\tкод\n\n\t\tоще\n", "<pre>код\n\n\tоще</pre>"),
        ("*а **б** в* `г  д` &amp; &#1078; \\*\n", "<p>а б в г  д &amp; ж *</p>"),
        ("[а *б*](https://example.org/) <https://example.org/в>\n", "<p>а б https://example.org/в</p>"),
        ("а<!-- тайна -->б\n", "<p>аб</p>"),
        ("***\n", "<hr>"),
        ("", ""),
    ],
)
def test_every_form_is_read_whole_with_the_numbers_of_the_specification(markdown: str, html: str) -> None:
    assert outcome(Example(1, markdown, html)) == ((), "")


@pytest.mark.parametrize("markdown", ["<b>а</b>\n", "# Глава\n", "![а](б.png)\n", "##### Пет\n"])
def test_what_is_not_taken_over_is_refused_at_its_line(markdown: str) -> None:
    refused, fault = outcome(Example(1, markdown, ""))
    assert refused
    assert fault == ""


@pytest.mark.parametrize("html", ["<p>раз три</p>", "<p>два раз</p>", "<p>раз два два</p>"])
def test_a_lost_a_doubled_and_a_moved_word_are_seen(html: str) -> None:
    assert outcome(Example(1, "раз два\n", html)).fault


def test_a_wrong_number_is_seen() -> None:
    assert outcome(Example(1, "3. А\n4. Б\n", "<ol><li>А</li><li>Б</li></ol>")).fault


def test_the_examples_of_a_specification_are_found() -> None:
    fence = "`" * 32
    text = (
        f"# А\n\n{fence} example\n→а\n.\n<pre>а</pre>\n{fence}\n\n"
        f"<!-- END TESTS -->\n{fence} example\n.\n{fence}\n"
    )
    assert list(examples(text)) == [Example(1, "\tа\n", "<pre>а</pre>\n")]
