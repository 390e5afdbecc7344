"""A change is reported with its type, file, line and field, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.comparing.causes import Cause, CauseType, Origin, cause_type_of, causes
from pipeline.archive.comparing.changed_fields import changed_field

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLICATION = b"""format: 1
title: {bg: \xd0\x92\xd0\xb5\xd1\x81\xd1\x82\xd0\xb8, en: News}
publisher:
  address: {bg: Sofia, en: Sofia}
languages: [bg, en]
funders:
  - key: eu
    statement: Co-funded
  - key: norway
    statement: Supported
"""
SOURCES = {
    "issues/publication.yaml": PUBLICATION,
    "issues/house.yaml": b"words: [KSGZ]\n",
    "issues/logos/norway.png": b"\x89PNG",
    "issues/2023-12-20/issue.yaml": b"number: 2\n",
    "issues/2023-12-20/tower.md": b"---\ntitle: Tower\n---\nFirst line.\n\nSecond line.\n",
    "styles/city/1/page.css": b"h1 { color: red }\nh2 { color: red }\n",
    "styles/city/1/style.toml": b'[tokens]\nrust = { srgb = "#B4430F" }\n',
    "styles/city/1/templates/page.html.j2": b"<html>\n",
    "fonts/serif/Serif-Regular.ttf": b"\0\1\0\0",
    "fonts/serif/OFL.txt": b"Licence\n",
    "profiles/paper.icc": b"acsp",
}
PROGRAM = {"press.py": "a" * 64}
VERSIONS = {"weasyprint": "70.0", "pango": "1.50"}


def of(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Cause, ...]:
    return causes(Origin(before, PROGRAM, VERSIONS), Origin(after, PROGRAM, VERSIONS))


def changed(name: str, old: bytes, new: bytes) -> Cause:
    """Return the one cause of a change in one file."""
    assert old in SOURCES[name]
    (cause,) = of(SOURCES, SOURCES | {name: SOURCES[name].replace(old, new, 1)})
    return cause


def line(text: str, now: str) -> Cause:
    (cause,) = of({"issues/d/a.md": text.encode()}, {"issues/d/a.md": now.encode()})
    return cause


def test_without_a_change_there_is_no_cause() -> None:
    assert of(SOURCES, dict(SOURCES)) == ()


def test_a_word_is_named_with_its_line() -> None:
    cause = changed("issues/2023-12-20/tower.md", b"Second", b"Last")
    assert cause == Cause(CauseType.TEXT, "issues/2023-12-20/tower.md", 6, "Second line.", "Last line.")


def test_the_publishers_address_is_named_with_its_field() -> None:
    cause = changed("issues/publication.yaml", b"bg: Sofia", b"bg: Plovdiv")
    assert (cause.type, cause.line, cause.field) == (CauseType.PUBLICATION, 4, "publisher.address.bg")
    assert (cause.before, cause.after) == (
        "address: {bg: Sofia, en: Sofia}",
        "address: {bg: Plovdiv, en: Sofia}",
    )


def test_a_rule_of_the_style_is_named_with_its_sheet_and_line() -> None:
    cause = changed("styles/city/1/page.css", b"h2 { color: red", b"h2 { color: blue")
    assert cause == Cause(
        CauseType.STYLE, "styles/city/1/page.css", 2, "h2 { color: red }", "h2 { color: blue }"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "kind"),
    [
        ("fonts/serif/Serif-Regular.ttf", b"\1", b"\2", CauseType.FONT),
        ("issues/logos/norway.png", b"PNG", b"png", CauseType.PICTURE),
        ("profiles/paper.icc", b"acsp", b"ACSP", CauseType.PROFILE),
    ],
)
def test_a_binary_file_is_named_without_a_line(name: str, old: bytes, new: bytes, kind: CauseType) -> None:
    assert changed(name, old, new) == Cause(kind, name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("issues/house.yaml", CauseType.PUBLICATION),
        ("issues/2023-12-20/issue.yaml", CauseType.TEXT),
        ("issues/2023-12-20/images/map.SVG", CauseType.PICTURE),
        ("styles/city/1/style.toml", CauseType.STYLE),
        ("styles/city/1/templates/page.html.j2", CauseType.TEMPLATE),
        ("fonts/serif/OFL.txt", CauseType.FONT),
    ],
)
def test_each_source_is_of_a_kind(name: str, kind: CauseType) -> None:
    assert cause_type_of(name) is kind


def test_added_and_removed_files_are_distinguished() -> None:
    lacking = {name: data for name, data in SOURCES.items() if not name.endswith("OFL.txt")}
    assert of(SOURCES, lacking) == (Cause(CauseType.FONT, "fonts/serif/OFL.txt", before="OFL.txt"),)
    assert of(lacking, SOURCES) == (Cause(CauseType.FONT, "fonts/serif/OFL.txt", after="OFL.txt"),)


def test_causes_in_sources_come_before_those_in_the_program() -> None:
    now = Origin(
        SOURCES | {"issues/2023-12-20/tower.md": b"Else\n", "styles/city/1/page.css": b""},
        PROGRAM | {"press.py": "b" * 64, "new.py": "c" * 64},
        {"weasyprint": "71.0"},
    )
    found = causes(Origin(SOURCES, PROGRAM, VERSIONS), now)
    assert [(cause.type, cause.name) for cause in found] == [
        (CauseType.TEXT, "issues/2023-12-20/tower.md"),
        (CauseType.STYLE, "styles/city/1/page.css"),
        (CauseType.PROGRAM, "new.py"),
        (CauseType.PROGRAM, "press.py"),
        (CauseType.ENGINE, "pango"),
        (CauseType.ENGINE, "weasyprint"),
    ]
    assert [(cause.before, cause.after) for cause in found[-2:]] == [("1.50", ""), ("70.0", "71.0")]


def test_the_changed_word_is_shown_however_long_its_line() -> None:
    filler = " ".join(f"word{number}" for number in range(200))
    cause = line(f"{filler} then {filler}\n", f"{filler} now {filler}\n")
    assert cause.before.startswith("… word196 word197 word198 word199 then word0")
    assert cause.after.startswith("… word196 word197 word198 word199 now word0")
    assert max(len(cause.before), len(cause.after)) <= 160


@pytest.mark.parametrize(
    ("text", "now", "shown"),
    [("a  b\n", "a b\n", ("a  b", "a b")), ("  a {\n", "a {\n", ("  a {", "a {"))],
)
def test_changed_spaces_are_shown(text: str, now: str, shown: tuple[str, str]) -> None:
    cause = line(text, now)
    assert (cause.before, cause.after) == shown


WRITTEN = st.text(st.characters(codec="utf-8"), max_size=400)


@given(WRITTEN, WRITTEN)
def test_two_texts_differ_in_one_cause_that_is_short(text: str, now: str) -> None:
    found = of({"issues/d/a.md": text.encode()}, {"issues/d/a.md": now.encode()})
    assert len(found) == (text != now)
    for cause in found:
        assert cause.line >= 1
        assert cause.more >= 0
        assert max(len(cause.before), len(cause.after)) <= 160


@pytest.mark.parametrize(
    ("text", "now", "number", "more"),
    [
        ("a\nb\nc\n", "a\nB\nC\n", 2, 1),
        ("a\nb\nc\n", "a\nb\n", 2, 0),
        ("a\n", "", 1, 0),
        ("", "a\nb\n", 1, 1),
        ("a\u2028b\x0cc\nd\n", "a\u2028b\x0cc\nD\n", 2, 0),
        ("a\r\nb\r\n", "a\nb\n", 1, 0),
        ("a\nb\nc\nd\n", "A\nb\nc\nD\n", 1, 1),
    ],
)
def test_lines_are_counted_as_editors_count_them(text: str, now: str, number: int, more: int) -> None:
    cause = line(text, now)
    assert (cause.line, cause.more) == (number, more)


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        ("issues/publication.yaml", b"Supported", b"With support", "funders.2.statement"),
        ("issues/publication.yaml", b"en: News", b"ru: News", ""),
        ("issues/publication.yaml", b"format: 1", b"# format: 1\nformat: 1", ""),
        ("issues/publication.yaml", b"[bg, en]", b"[bg]", "languages.2"),
        ("issues/publication.yaml", b"[bg, en]", b"[bg, en", ""),
        ("issues/2023-12-20/tower.md", b"title: Tower", b"title: Towers", "title"),
        ("issues/2023-12-20/tower.md", b"First", b"title: First", ""),
        ("styles/city/1/style.toml", b"B4430F", b"000000", "tokens.rust.srgb"),
        ("styles/city/1/style.toml", b'"#B4430F"', b"#", ""),
        ("styles/city/1/page.css", b"red", b"blue", ""),
    ],
)
def test_the_one_field_that_changed_has_its_name(name: str, old: bytes, new: bytes, field: str) -> None:
    assert changed(name, old, new).field == field


def test_of_two_changed_fields_none_is_named() -> None:
    now = PUBLICATION.replace(b"Sofia", b"Plovdiv")
    assert changed_field("issues/publication.yaml", PUBLICATION, now) == ""


@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from([".yaml", ".toml", ".md"]))
def test_any_two_files_can_be_compared(before: bytes, after: bytes, ending: str) -> None:
    assert changed_field(f"a{ending}", before, before) == ""
    assert isinstance(changed_field(f"a{ending}", b"---\n" + before, b"---\n" + after), str)
