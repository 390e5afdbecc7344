"""YAML edited in place: the value set is read back, and every other byte stays."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipeline.files.yaml_edit import YamlEditor
from pipeline.findings.finding import IssueError, PressError
from tests.support.paths import GOOD, PACKAGE, SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

STARTERS: Final = PACKAGE / "desk" / "intake" / "starters"
FILES: Final = sorted(
    path
    for pattern in ("publication.yaml", "mail.yaml", "house.yaml", "issue*.yaml")
    for root in (GOOD, SHIPPED_ISSUES, STARTERS)
    for path in root.rglob(pattern)
    if "$" not in path.read_text("utf-8")
)

_WORDS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"),
    max_size=40,
)
_LINE: Final = _WORDS.map(lambda text: " ".join(text.split()))
_MADE_TO_HURT: Final = st.sampled_from(
    [
        "",
        "no",
        "null",
        "~",
        "12:30",
        "a: b",
        "#",
        "x # y",
        "- a",
        "'",
        '"',
        "\\",
        "1",
        "[a",
        "{",
        "@",
        "a\nb\n",
    ]
)
_VALUE: Final = st.one_of(_WORDS, _MADE_TO_HURT, st.lists(_WORDS, max_size=3))


@st.composite
def _fields(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """Draw a text of fields in every style of YAML, with comments and blanks around values."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    written = []
    for number in range(draw(st.integers(1, 5))):
        text = draw(_LINE)
        filled = text or "x"
        value = draw(
            st.sampled_from(
                [
                    "word",
                    "",
                    "'" + text.replace("'", "''") + "'",
                    f"|{newline}  {filled}",
                    f">-{newline}  {filled}{newline}  and more",
                    "[a, 'b']",
                    f"{newline}  - a{newline}  - b: 1",
                    "# an empty value",
                ]
            )
        )
        behind = draw(st.sampled_from(["", f"{newline}# {text}", f"{newline}{newline}"]))
        written.append((f"key{number}:", f" {value}{behind}{newline}"))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + "".join(key + value for key, value in written), written


def _loaded(text: str) -> Any:
    """Read a text with the library alone, every scalar as the text it is."""
    return YAML(typ="base", pure=True).load(text.removeprefix("\ufeff"))


@given(_fields(), st.data(), _VALUE)
def test_a_field_that_is_set_reads_back_and_every_other_byte_stays(
    made: tuple[str, list[tuple[str, str]]], data: st.DataObject, value: Any
) -> None:
    text, written = made
    number = data.draw(st.integers(0, len(written) - 1))
    try:
        editor = YamlEditor(text, "a.yaml")
    except IssueError:
        return  # what cannot be read is not edited either
    wanted = _loaded(text) | {f"key{number}": value}
    editor.set((f"key{number}",), value)
    assert _loaded(editor.text) == wanted
    before = text[: text.index(f"key{number}:")] + f"key{number}:"
    behind = "".join(key + rest for key, rest in written[number + 1 :])
    assert editor.text.startswith(before)
    assert editor.text.endswith(behind)


@given(_fields(), st.one_of(_VALUE, st.just({"title": "a", "articles": ["a.md", "1.md"]})))
def test_a_field_and_an_item_that_are_added_read_back_and_every_byte_stays(
    made: tuple[str, list[tuple[str, str]]], value: Any
) -> None:
    try:
        editor = YamlEditor(made[0], "a.yaml")
    except IssueError:
        return
    before = editor.text
    wanted = _loaded(before)
    editor.set(("new",), value)
    editor.append(("items",), value)
    editor.append(("items",), "second")
    assert _loaded(editor.text) == wanted | {"new": value, "items": [value, "second"]}
    assert _alike(before, editor.text) + _alike(before[::-1], editor.text[::-1]) >= len(before)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many characters or lines two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _scalars(value: Any, field: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inner and isinstance(value, str):
        yield field
    for step, each in inner:
        yield from _scalars(each, (*field, step))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_any_text_of_the_files_at_hand_is_set_in_its_own_lines(path: Path) -> None:
    text = path.read_text("utf-8")
    fields = list(itertools.islice(_scalars(_loaded(text)), 40))
    assert fields
    for field in fields:
        for written in (text, text.replace("\n", "\r\n")):
            editor = YamlEditor(written, path.name)
            editor.set(field, "Ново: „дума“")
            assert editor.value(field) == "Ново: „дума“"
            old, new = written.splitlines(keepends=True), editor.text.splitlines(keepends=True)
            assert _alike(old, new) + _alike(old[::-1], new[::-1]) >= len(new) - 1


def test_quotes_and_remarks_stay() -> None:
    editor = YamlEditor("a: 'x'  # why\nb: \"y\" # too\nc: z\n", "a.yaml")
    editor.set(("a",), "it's")
    editor.set(("b",), "é\t")
    assert editor.text == "a: 'it''s'  # why\nb: \"é\\t\" # too\nc: z\n"


def test_a_block_of_text_stays_one_and_is_folded_as_wide_as_it_was() -> None:
    editor = YamlEditor("a: |\n    one\n\n    two\nb: >-\n  some words\nc: 1\n", "a.yaml")
    editor.set(("a",), "three\n\nfour\n")
    editor.set(("b",), " ".join(["word"] * 20))
    words = f"{' '.join(['word'] * 12)}\n  {' '.join(['word'] * 8)}"
    assert editor.text == f"a: |\n    three\n\n    four\nb: >-\n  {words}\nc: 1\n"


def test_a_new_field_takes_the_place_of_its_example() -> None:
    editor = YamlEditor("a:\n  b: 1\n  # phone: …\n\n# team:\n#   - e\nf: 1\n", "a.yaml")
    editor.set(("a", "phone"), "+359")
    editor.set(("team",), "x")
    assert editor.text == 'a:\n  b: 1\n  phone: "+359"\n\n# team:\n#   - e\nf: 1\nteam: "x"\n'


def test_items_are_added_to_lists_as_they_are_written() -> None:
    editor = YamlEditor("a:\n- one # 1\n\n# two\nb: [x]\nc: []\nd: {e: f}\ng:\n", "a.yaml")
    for field in ("a", "b", "c", "g"):
        editor.append((field,), "y.md")
    editor.set(("d", "h"), "i j")
    editor.set(("k", "l"), ["m.md"])
    assert editor.text == (
        'a:\n- one # 1\n- y.md\n\n# two\nb: [x, y.md]\nc: [y.md]\nd: {e: f, "h": i j}\ng: [y.md]\n'
        '"k":\n  "l":\n    - m.md\n'
    )


def test_a_list_gives_way_to_another_value() -> None:
    editor = YamlEditor("a:\n- b\n- c\n# d\ne:\n  f: g\nh: i\n", "a.yaml")
    editor.set(("a",), ["j.md"])
    editor.set(("e",), None)
    editor.set(("h",), {"k": ""})
    assert editor.value(()) == {"a": ["j.md"], "e": None, "h": {"k": ""}}
    assert "\n# d\ne:\n" in editor.text


def test_a_field_is_commented_out_with_all_that_stands_below_it() -> None:
    editor = YamlEditor("a: 1\r\nteam:\r\n  - role: x\r\n\r\n    name: y\r\nb: 2\r\n", "a.yaml")
    editor.comment_out(("team",))
    assert editor.text == "a: 1\r\n# team:\r\n# - role: x\r\n#\r\n#   name: y\r\nb: 2\r\n"


def test_an_empty_file_is_begun() -> None:
    editor = YamlEditor("# only a remark", "a.yaml")
    editor.set(("title",), "Град")
    assert editor.text == "# only a remark\ntitle: Град\n"


def test_what_cannot_be_written_is_refused_and_nothing_changes() -> None:
    editor = YamlEditor("a: text\n", "issues/a.yaml")
    for field in (("a", "b", "c"), ("x", 3)):
        with pytest.raises(PressError) as refused:
            editor.set(field, "x")
        assert [finding.code for finding in refused.value.findings] == ["E83"]
    with pytest.raises(PressError):
        editor.comment_out(("nothing",))
    assert editor.text == "a: text\n"


@pytest.mark.parametrize("text", ["a: b: c\n", "a: 1\na: 2\n", "a: *b\n", "- a\n"])
def test_what_has_errors_is_not_edited(text: str) -> None:
    with pytest.raises(IssueError):
        YamlEditor(text, "a.yaml")
