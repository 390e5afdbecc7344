"""A file can be read aloud: marked, with its title, in a known language, and with names for its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.models.editions import SCREEN
from pipeline.pdf.preflight.accessibility import (
    document_findings,
    language_findings,
    marking_findings,
    note_findings,
    tags_of,
)
from tests.pdf.preflight.made import checked, codes, new_pdf, page_with, thing
from tests.pdf.preflight.test_tag_rules import all_of, tag, tagged

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding


def of_document(marks: Any, preferences: Any, *, has_tree: bool = True) -> list[str]:
    held = tagged(None) if has_tree else checked(new_pdf(), SCREEN)
    for name, value in (("MarkInfo", marks), ("ViewerPreferences", preferences)):
        if value is not None:
            entry = {f"/{key}": each for key, each in value.items()} if isinstance(value, dict) else value
            held.pdf.Root[f"/{name}"] = Dictionary(entry) if isinstance(value, dict) else entry
    return codes(document_findings(held))


def test_a_file_is_marked_and_shows_its_title() -> None:
    marks, title = {"Marked": True}, {"DisplayDocTitle": True}
    assert of_document(marks, title) == []
    assert of_document(marks, title, has_tree=False) == ["E150"]
    assert of_document(None, title) == ["E150"]
    assert of_document({"Marked": False}, title) == ["E150"]
    assert of_document({}, title) == ["E150"]
    assert of_document(Name.Marked, title) == ["E150"]
    assert of_document(marks, None) == ["E152"]
    assert of_document(marks, {"DisplayDocTitle": False}) == ["E152"]
    assert of_document(marks, {}) == ["E152"]
    assert of_document(marks, Name.Title) == ["E152"]
    untagged = tagged(None)
    untagged.pdf.Root.StructTreeRoot = Name.None_
    assert codes(document_findings(untagged)) == ["E150", "E152"]
    assert tags_of(untagged) == []


def test_all_that_a_page_paints_is_marked() -> None:
    page = page_with(
        thing("text", 200, 200, 300, 210, is_marked=True),
        thing("path", 200, 200, 300, 210),
        thing("text", 200, 300, 300, 310),
        thing("path", 0, 0, 5, 5),
    )
    (found,) = marking_findings(page)
    assert (found.code, dict(found.values)) == ("E156", {"count": "2"})


def of_languages(own: str | None, kids: Any = None) -> list[tuple[str, dict[str, str]]]:
    held = tagged(kids)
    if own is not None:
        held.pdf.Root.Lang = String(own)
    found = list(language_findings(held, tags_of(held)))
    return [(each.code, dict(each.values)) for each in found]


def test_all_words_are_in_a_language() -> None:
    bulgarian = String("bg")
    assert of_languages("bg") == []
    assert of_languages(None) == of_languages("") == [("E151", {})]
    assert of_languages(None, tag("P", 0)) == [("E151", {})]
    assert of_languages(None, tag("P", 0, Lang=bulgarian)) == []
    assert of_languages(None, Array([tag("P", 0, Lang=bulgarian), tag("P", 1)])) == [("E151", {})]
    assert of_languages(None, Array([tag("P", 0, Lang=bulgarian), tag("P")])) == []
    assert of_languages(None, tag("Sect", tag("Div", tag("P", 0)), Lang=bulgarian)) == []
    assert of_languages(None, tag("Sect", tag("P", 0, Lang=String("")), Lang=bulgarian)) == []


@pytest.mark.parametrize(
    ("language", "is_known"),
    [
        ("bg", True),
        ("en-GB", True),
        ("zh-Hant-TW", True),
        ("x-own", True),
        ("abcdefgh", True),
        ("abcdefghi", False),
        ("en-abcdefgh1", False),
        ("b1", False),
        ("en_GB", False),
        ("", True),
    ],
)
def test_a_language_is_named_as_readers_know_it(language: str, *, is_known: bool) -> None:
    expected = [] if is_known else [("E145", {"found": language})]
    assert (
        of_languages("bg", Array([tag("P", 0, Lang=String(language)), tag("P", 0, Lang=String(language))]))
        == expected
    )
    if language:
        assert of_languages(language) == expected


def test_long_names_of_languages_are_cut() -> None:
    assert of_languages("_" * 50) == [("E145", {"found": "_" * 40})]


def of_notes(*names: str | None) -> list[Finding]:
    entries = [{} if name is None else {"/ID": String(name)} for name in names]
    return list(
        note_findings(all_of("P", *(("Note", each) for each in entries), ("Span", {"/ID": String("a")})))
    )


def test_each_note_has_a_name_of_its_own() -> None:
    assert of_notes("a", "b", "c") == []
    assert of_notes() == []
    for names, page, count in (
        (("a", None), 3, "1"),
        (("a", ""), 3, "1"),
        (("a", "b", "a"), 4, "1"),
        ((None, "b", "b", "b"), 2, "3"),
    ):
        (found,) = of_notes(*names)
        assert (found.code, found.page, dict(found.values)) == ("E146", page, {"count": count})
