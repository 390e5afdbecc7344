"""YAML with places: findings point at the line and column that a text editor shows."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.text.source import LARGEST, Source, read_text
from pipeline.files.yaml_nodes import Mapping, Scalar, Sequence, read_yaml


def fields_of(text: str) -> Mapping:
    fields, findings = read_yaml(Source("a.yaml", text))
    assert findings == []
    assert fields is not None
    return fields


def scalar(node: object) -> Scalar:
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize("written", ["12:30", "no", "2023-11-31", "007", "1e3", "0x10", "1_000", "Да"])
def test_a_scalar_stays_the_text_it_is(written: str) -> None:
    assert scalar(fields_of(f"field: {written}\n").get("field")).text == written


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_none_and_quoted_nothing_is_text(nothing: str) -> None:
    assert scalar(fields_of(f"field: {nothing}\n").get("field")).text is None
    assert scalar(fields_of(f"field: '{nothing}'\n").get("field")).text == nothing


def test_keys_values_and_lists_know_their_places() -> None:
    fields = fields_of("заглавие: „Вести“\nлист:\n  - едно\n  - {б: две}\n")
    title = fields.get("заглавие")
    assert title is not None
    assert title.place == ("a.yaml", 1, 11, 7)
    key = fields.key("заглавие")
    assert key is not None
    assert key.place == ("a.yaml", 1, 1, 8)
    listed = fields.get("лист")
    assert isinstance(listed, Sequence)
    assert [item.place[1:3] for item in listed.items] == [(3, 5), (4, 5)]


def test_front_matter_keeps_the_lines_of_its_file() -> None:
    fields, _ = read_yaml(Source("a.md", "title: А\nurl: Б\n"), first_line=2)
    assert fields is not None
    assert scalar(fields.get("url")).place[1:3] == (3, 6)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "\n"), ("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n"), ("", "\r")],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_line_ends_and_decomposed_letters_change_no_place(
    before: str, after: str, form: Literal["NFC", "NFD"]
) -> None:
    text = unicodedata.normalize("NFC", "първи: йога\nвтори: [ъ, й]\n")
    written = before + unicodedata.normalize(form, text).replace("\n", after)
    source, findings = read_text(written.encode(), "a.yaml")
    assert findings == []
    assert source == Source("a.yaml", text)
    assert fields_of(source.text) == fields_of(text)


def test_a_wrong_byte_is_named_with_its_line() -> None:
    source, findings = read_text("а: б\nв: ".encode() + b"\xff", "a.yaml")
    assert source is None
    assert [(finding.code, finding.place) for finding in findings] == [("E02", ("a.yaml", 2, 0, 1))]


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x85", "\uffff"])
def test_a_control_character_is_named_with_its_place(sign: str) -> None:
    source, findings = read_text(f"а: б\nв: {sign}\n".encode(), "a.yaml")
    assert source is None
    assert [(finding.code, finding.place) for finding in findings] == [("E05", ("a.yaml", 2, 4, 1))]
    assert dict(findings[0].values) == {"character": f"U+{ord(sign):04X}"}


def test_a_file_that_is_too_large_is_not_read() -> None:
    source, findings = read_text(b"a" * (LARGEST + 1), "a.yaml")
    assert source is None
    assert [finding.code for finding in findings] == ["E03"]
    fields, findings = read_yaml(Source("a.yaml", "a: b\n" * 50_000))
    assert fields is None
    assert [finding.code for finding in findings] == ["E03"]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("title: Градче: знание\n", "E17", 1, 14),
        ("a: 1\n\tb: 2\n", "E11", 2, 1),
        ("a: 1\n \tb: 2\n", "E11", 2, 2),
        ('a: "едно\nb: 2\n', "E10", 1, 4),
        ("a: 1\nдума\nb: 2\n", "E10", 2, 1),
        ("a: @x\n", "E10", 1, 4),
        ("a: [1, 2\nb: 3\n", "E10", 1, 4),
        ("a:\n  b: 1\n c: 2\n", "E10", 3, 2),
        ("a: 1\n---\nb: 2\n", "E10", 2, 1),
        ("a: 1\na: 2\n", "E14", 2, 1),
        ("a: *б\n", "E18", 1, 4),
        ("a: !!int 1\n", "E18", 1, 4),
        ("<<: *б\n", "E18", 1, 5),
        ("дума\n", "E15", 1, 0),
        ("- a\n", "E15", 1, 0),
    ],
)
def test_a_slip_is_found_where_it_was_made(text: str, code: str, line: int, column: int) -> None:
    _, findings = read_yaml(Source("a.yaml", text))
    assert [(f.code, f.place) for f in findings if f.place] == [
        (code, ("a.yaml", line, column, findings[0].place.length if findings[0].place else 1))
    ]


def test_no_english_of_the_parser_reaches_the_officer() -> None:
    slips = [
        "a: [",
        "a: {",
        "a: '",
        'a: "\\q"',
        "a: %",
        "a: |3x",
        "a: }",
        "a: - b",
        "a: !<x",
    ]
    for slip in slips:
        _, findings = read_yaml(Source("a.yaml", slip))
        problems = [dict(finding.values)["problem"] for finding in findings if finding.code == "E10"]
        assert problems
        assert not any(re.search("but found|but got|<|while|token", problem) for problem in problems)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    source, findings = read_text(data, "a.yaml")
    assert (source is None) == bool(findings)
    if source is not None:
        fields, findings = read_yaml(source)
        assert fields is not None or findings


@given(st.text(alphabet="ab:- \n\t[]{}\"'#&*!|>?%@,~\\.0я", max_size=80))
def test_no_yaml_like_text_breaks_the_reader(text: str) -> None:
    fields, findings = read_yaml(Source("a.yaml", text))
    assert fields is not None or findings
    assert all(f.place is not None and f.place.line <= text.count("\n") + 1 for f in findings)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a:\n "])
def test_nesting_ends_before_the_machine_does(opening: str) -> None:
    _, findings = read_yaml(Source("a.yaml", opening * 20_000))
    assert {finding.code for finding in findings} & {"E19", "E14", "E10"}
