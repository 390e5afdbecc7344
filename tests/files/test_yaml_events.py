"""The YAML parser, and the reading of one field of a document."""

from __future__ import annotations

import pytest
from ruamel.yaml.reader import ReaderError

from pipeline.files.yaml_events import events_of, first_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("format: 1\nnumber: 2\n", "2"),
        ("# first\n---\nnumber: '007'\n", "007"),
        ("title:\n  number: 5\nsections:\n  - number: 6\nnumber: 7\n", "7"),
        ("{number: 8}", "8"),
        ("number: 1\nnumber: 2\n", "1"),
        ("title: number\nformat: 3\n", ""),
        ("number: null\n", ""),
        ("number: [1]\n", ""),
        ("- number\n- 4\n", ""),
        ("number\n", ""),
        ("", ""),
    ],
)
def test_one_field_at_the_top_is_read(text: str, expected: str) -> None:
    assert first_text(text, "number") == expected


def test_a_document_is_parsed_no_further_than_to_the_field() -> None:
    assert first_text("number: 3\ntitle: [unclosed\n", "number") == "3"
    assert first_text("title: [unclosed\nnumber: 3\n", "number") == ""


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x7f", "\x84", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_yaml_forbids_are_an_error(character: str) -> None:
    with pytest.raises(ReaderError):
        list(events_of(f"б: {character}"))


@pytest.mark.parametrize(
    "character", ["\t", "\x85", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U0001f600", "\U0010ffff"]
)
def test_all_other_characters_are_read(character: str) -> None:
    assert len(list(events_of(f"б: 'в{character}'"))) == len(list(events_of("б: 'в'")))
