"""Nothing of a YAML text is left out without a finding, and no text whatever raises anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.text.source import Source
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import Mapping, Sequence, read_fields, read_yaml
from pipeline.findings.finding import IssueError, errors
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.files.yaml_nodes import Node


def found(text: str) -> list[tuple[str, int, int, object]]:
    """Return code, line, column and the words found."""
    findings = read_yaml(Source("a.yaml", text))[1]
    return [(f.code, f.place.line, f.place.column, dict(f.values).get("found")) for f in findings if f.place]


def texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.fields:
            yield key.text or ""
            yield from texts(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item)
    elif node is not None:
        yield node.text or ""


@pytest.mark.parametrize(
    ("text", "line", "column", "cut"),
    [
        ("title: Награда #1\n", 1, 16, "#1"),
        ("title: Награда #1 за клъстера \n", 1, 16, "#1 за клъстера"),
        ("title: Награда # това е бележка\n", 1, 16, "# това е бележка"),
        ("a:\n  - Зала #3, София\n", 2, 10, "#3, София"),
        ("a: {b: [в #г\n  , д]}\n", 1, 11, "#г"),
        ("a: Първи ред\n  и втори #2\n", 2, 11, "#2"),
        ("a: 65    # Home runs\n", 1, 10, "# Home runs"),
        ("а: б #в\r\nг: д\r\n".replace("\r\n", "\n"), 1, 6, "#в"),
        ("? дълго име # какво\n: стойност\n", 1, 13, "# какво"),
        ("- - a #b\n", 1, 7, "#b"),
    ],
)
def test_a_value_that_is_cut_is_queried_with_what_is_cut(text: str, line: int, column: int, cut: str) -> None:
    assert [each for each in found(text) if each[0] == "W15"] == [("W15", line, column, cut)]


def test_the_remedy_of_a_cut_value_keeps_the_whole_of_it() -> None:
    (finding,) = read_yaml(Source("a.yaml", 'title: Награда "Г" #1 за C:\\\n'))[1]
    whole = dict(finding.values)["wanted"]
    fields, findings = read_yaml(Source("a.yaml", f"title: {whole}\n"))
    assert findings == []
    assert fields is not None
    assert fields.text("title") == 'Награда "Г" #1 за C:\\'


@pytest.mark.parametrize(
    "text",
    [
        "# бележка\ntitle: А\n",
        "title: А\n  # отместена\n# и още\nb: В\n",
        "title: # преди стойността\n  А\n",
        "title: # празно\n",
        "title: 'А' # бележка\n",
        'title: "А #1" # бележка\n',
        "title: [а, б] # бележка\n",
        "title: {а: б} # бележка\n",
        "title: | # бележка\n  А #1\n",
        "title: > # бележка\n  А #1\n  # не е бележка\n",
        "title: C#\n",
        "title: а#б\n",
        "title: https://example.org/#дял\n",
        "- # празно\n- |\n  а\n",
        "--- # начало\ntitle: А\n... # край\n",
        "title: А\n...\n# край\n",
        "? # име\n  а\n: б\n",
        "",
        "# само бележка",
    ],
)
def test_a_remark_that_cuts_nothing_is_silent(text: str) -> None:
    assert {code for code, *_ in found(text)} <= {"E15"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title: "Клъстер"#2\n', [("E75", 1, 17, "#2")]),
        ("title: 'Клъстер'#2 и още\n", [("E75", 1, 17, "#2 и още")]),
        ("title: [а]#2\n", [("E75", 1, 11, "#2")]),
        ("title: [а,#б\n  в]\n", [("E75", 1, 11, "#б")]),
        ("{?title: А}\n", [("E76", 1, 2, "?title: А}")]),
        ("%YAML 1.2\n---\ntitle: А\n", [("W18", 1, 1, "%YAML 1.2")]),
        ("%YAML 1.3\n---\ntitle: А\n", [("W18", 1, 1, "%YAML 1.3")]),
        ("# б\n%TAG !e! x\n%НЕЩО\n---\ntitle: А\n", [("W18", 2, 1, "%TAG !e! x"), ("W18", 3, 1, "%НЕЩО")]),
    ],
)
def test_what_a_parser_leaves_out_is_told(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    assert [(code, line, column, str(words)) for code, line, column, words in found(text)] in (
        expected,
        [(*expected[0][:3], expected[0][3][:1])],
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: А\n---\ntitle: Б\n", "E10"),
        ("title: А\n...\ntitle: Б\n", "E10"),
        ("title: А\n...\n---\ntitle: Б\n", "E10"),
        ("title: !str А\n", "E18"),
        ("title: !!int 1\n", "E18"),
        ("title: &а А\n", "E18"),
        ("title: &а\n  б: в\n", "E18"),
        ("a: &а А\nb: *а\n", "E18"),
        ("%TAG !e! tag:x,1:\n---\na: !e!b А\n", "E18"),
        ("<<: *а\n", "E18"),
        ("[а]: б\n", "E10"),
        ("? {а: б}\n: в\n", "E10"),
        ("а: б\nа: в\n", "E14"),
        ('а: "\\x07"\n', "E05"),
        ('а: "\\ud800"\n', "E05"),
        ('а: "\\U00110000"\n', "E10"),
        ('а: "\\q"\n', "E10"),
        ("%YAML 1.2\nа: б\n", "E10"),
        ("%YAML\n", "E10"),
        ("а: `б`\n", "E10"),
        ("а: @б\n", "E10"),
        ("а: |9х\n  б\n", "E10"),
        ("а: б: в\n", "E17"),
        ("а: 'б\n", "E10"),
        ("а:\n  - б\n в\n", "E10"),
        ("- а\n", "E15"),
        ("а\n", "E15"),
    ],
)
def test_what_is_not_taken_over_is_an_error(text: str, code: str) -> None:
    assert code in [each for each, *_ in found(text)]
    assert errors(read_yaml(Source("a.yaml", text))[1])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("а: б\n", ["а", "б"]),
        ("а : б\n", ["а", "б"]),
        ("'а': \"б\"\n", ["а", "б"]),
        ("\"а\": 'б''в'\n", ["а", "б'в"]),
        ('а: "\\u0431\\t\\"\\\\\\/"\n', ["а", 'б\t"\\/']),
        ('а: "б \\\n  в"\n', ["а", "б в"]),
        ("а: б\n  в\n\n  г\n", ["а", "б в\nг"]),
        ("а: |\n  б\n   в\n", ["а", "б\n в\n"]),
        ("а: |-\n  б\n", ["а", "б"]),
        ("а: |+\n  б\n\n", ["а", "б\n\n"]),
        ("а: |2\n   б\n", ["а", " б\n"]),
        ("а: >\n  б\n  в\n\n  г\n", ["а", "б в\nг\n"]),
        ("а: [б, в, ]\n", ["а", "б", "в"]),
        ("а: {б: в, г: }\n", ["а", "б", "в", "г", ""]),
        ("а: [б: в]\n", ["а", "б", "в"]),
        ("а: [? б : в]\n", ["а", "б", "в"]),
        ("? а\n: б\n", ["а", "б"]),
        ("? |\n  а\n: - б\n", ["а\n", "б"]),
        ("а:\n- б\n- - в\n  - г\n", ["а", "б", "в", "г"]),
        ("а: -б\n", ["а", "-б"]),
        ("а: ?б\n", ["а", "?б"]),
        ("а: :б\n", ["а", ":б"]),
        ("а: б:в\n", ["а", "б:в"]),
        (
            "а: no\nб: 12:30\nв: 2023-11-31\nг: 0o7\n",
            ["а", "no", "б", "12:30", "в", "2023-11-31", "г", "0o7"],
        ),
        ("а: ~\nб: null\n", ["а", "", "б", ""]),
        ("--- {а: б}\n", ["а", "б"]),
        ("---\nа: б\n...\n", ["а", "б"]),
    ],
)
def test_every_form_of_yaml_is_read_whole(text: str, value: list[str]) -> None:
    fields, findings = read_yaml(Source("a.yaml", text))
    assert findings == []
    assert list(texts(fields)) == value


PIECES = st.sampled_from(
    [
        *(
            "а",
            "б",
            "№ 5",
            ": ",
            "- ",
            "? ",
            "#",
            " #",
            " ",
            "\n",
            "\n  ",
            "\n- ",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ",",
        ),
        *(
            "|",
            ">",
            "|-\n  ",
            "&а",
            "*а",
            "!",
            "!!str ",
            "%YAML 1.3\n",
            "%",
            "---",
            "---\n",
            "...",
            "...\n",
            "\\",
        ),
        *(
            '"\\x',
            '"\\u12',
            '"\\U0011',
            "\t",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "`",
            "@",
            "<<: ",
            "1.3",
            "-1",
            "=",
            "~",
        ),
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60)))
def test_reading_raises_nothing_whatever_the_text(text: str) -> None:
    data = text.encode("utf-8", "replace")
    read_fields(data, "a.yaml")
    read_manuscript(Source("a.md", f"---\n{text}\n---\nА.\n")).fields("a.md")
    try:
        YamlEditor(text, "a.yaml")
    except IssueError as error:
        assert error.findings  # noqa: PT017 - the other outcome is that nothing is raised


WORDS = st.integers(100, 999).map("д{}".format)
VALUES = st.one_of(
    WORDS,
    st.builds("{} #{}".format, WORDS, WORDS),
    st.builds('"{}" # {}'.format, WORDS, WORDS),
    st.builds('"{}"#{}'.format, WORDS, WORDS),
    st.builds("[{}, {}]".format, WORDS, WORDS),
    st.builds("[{}]#{}".format, WORDS, WORDS),
    st.builds("{{?{}: {}}}".format, WORDS, WORDS),
    st.builds("{}\n  {} # {}".format, WORDS, WORDS, WORDS),
    st.builds("|\n  {} #{}".format, WORDS, WORDS),
    st.builds("!{} {}".format, WORDS, WORDS),
    st.builds("\n  - {}\n  - {} {}".format, WORDS, WORDS, WORDS),
)


@given(st.lists(st.tuples(WORDS, VALUES), min_size=1, max_size=5), st.sampled_from(["", "%YAML 1.3\n---\n"]))
def test_every_word_is_read_or_told(written: list[tuple[str, str]], opening: str) -> None:
    text = opening + "".join(f"{key}: {value}\n" for key, value in written)
    fields, findings = read_yaml(Source("a.yaml", text))
    if errors(findings):
        return
    told = " ".join(str(value) for finding in findings for _, value in finding.values)
    silent = " ".join(re.findall(r"[\"\]] (#.*)", text))
    known = " ".join((*texts(fields), told, silent))
    assert set(re.findall(r"д\d+", text)) <= set(re.findall(r"д\d+", known))
