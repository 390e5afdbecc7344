"""Items and fields of YAML that are moved, put in and taken out keep their comments and all other lines."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.files.yaml_items.item_edits import ItemEditor
from pipeline.findings.finding import PressError
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

PLANS = sorted(
    path.read_text("utf-8")
    for folder in ("issues", "tests/frozen", "tests/specimens")
    for path in (REPOSITORY / folder).rglob("issue.yaml")
)


WORD = re.compile(r"[^\s,\[\]-][^\s,\[\]]*")


def commented(text: str, every: int = 2) -> str:
    """Return a plan with a comment above every other item, and behind some."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        if line.lstrip().startswith("- ") and number % every == 0:
            lines.append(f"{' ' * (len(line) - len(line.lstrip()))}# above {number}")
        is_item = line.lstrip().startswith("- ") and line.endswith(".md")
        lines.append(f"{line} # behind {number}" if is_item and number % 3 == 0 else line)
    return "\n".join(lines) + "\n"


def lists_of(editor: ItemEditor) -> list[tuple[str | int, ...]]:
    sections = editor.value(("sections",))
    return [("sections",), *(("sections", at, "articles") for at in range(len(sections)))]


def words(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines())


@settings(max_examples=50)
@given(st.data())
def test_every_move_means_what_was_asked_and_keeps_every_line(data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = commented(data.draw(st.sampled_from(PLANS)), every=data.draw(st.integers(1, 3))).replace("\n", end)
    text = text.removesuffix(data.draw(st.sampled_from(["", end])))
    editor = ItemEditor(text, "issue.yaml")
    lists = lists_of(editor)
    source = data.draw(st.sampled_from(lists))
    goal = source if source == ("sections",) else data.draw(st.sampled_from(lists[1:]))
    expected: dict[str, Any] = copy.deepcopy(editor.value(()))
    item = data.draw(st.integers(0, len(at(expected, source)) - 1))
    moved = at(expected, source).pop(item)
    position = data.draw(st.integers(0, len(at(expected, goal))))
    at(expected, goal).insert(position, moved)
    editor.move(source, item, goal, position)
    assert editor.value(()) == expected
    if at(expected, source) and "[" not in text:
        assert words(editor.text) == words(text)
    else:
        assert sorted(WORD.findall(editor.text)) == sorted(WORD.findall(text))
    assert ("\r\n" in editor.text) == (end == "\r\n")
    assert editor.text.count("\n") == editor.text.count(end)


@settings(max_examples=40)
@given(st.data())
def test_what_is_put_in_can_be_taken_out_again(data: st.DataObject) -> None:
    text = commented(data.draw(st.sampled_from(PLANS)))
    editor = ItemEditor(text, "issue.yaml")
    goal = data.draw(st.sampled_from(lists_of(editor)))
    position = data.draw(st.integers(0, len(editor.value(goal))))
    value = "new-article.md" if goal != ("sections",) else {"title": "Нов", "articles": ["a.md", "b.md"]}
    editor.put_in(goal, position, value)
    assert editor.value((*goal, position)) == value
    editor.take_out(goal, position)
    assert editor.text == text


def at(fields: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        fields = fields[step]
    return fields


@pytest.mark.parametrize(
    ("text", "field", "after"),
    [
        ("a: 1 # x\n# b\nb: 2\n", ("a",), "# b\nb: 2\n"),
        ("a: 1\nb:\n  - x\n  # in\n  - y\n# c\nc: 3\n", ("b",), "a: 1\n# c\nc: 3\n"),
        ("a: {x: b, y: c}\n", ("a", "x"), "a: {y: c}\n"),
        ("a:\n  x: 1\nb: 2\n", ("a", "x"), "b: 2\n"),
        ("a: >-\n  long\n  text\nb: 2", ("b",), "a: >-\n  long\n  text\n"),
        ("a: 1\r\nb: |\r\n  x\r\n\r\nc: 3\r\n", ("b",), "a: 1\r\n\r\nc: 3\r\n"),
        ("a: 1\n", ("z",), "a: 1\n"),
    ],
)
def test_a_field_is_taken_out_with_its_lines(text: str, field: tuple[str, ...], after: str) -> None:
    editor = ItemEditor(text, "a.yaml")
    editor.take_out_field(field)
    assert editor.text == after


def test_a_list_in_brackets_becomes_empty_and_is_filled_again() -> None:
    editor = ItemEditor("a: [x, y] # two\nb: []\nc:\n  # only\n  - z\n", "a.yaml")
    editor.move(("a",), 0, ("b",), 0)
    editor.move(("c",), 0, ("a",), 1)
    assert editor.value(()) == {"a": ["y", "z"], "b": ["x"], "c": []}
    assert "# two" in editor.text
    editor.put_in(("c",), 0, "w")
    assert editor.value(("c",)) == ["w"]


def test_what_is_not_there_is_refused_and_nothing_changes() -> None:
    text = "a: [x]\nb: 1\n"
    editor = ItemEditor(text, "a.yaml")
    attempts: list[Callable[[], None]] = [
        lambda: editor.move(("a",), 5, ("a",), 0),
        lambda: editor.move(("b",), 0, ("a",), 0),
        lambda: editor.put_in(("b",), 0, "x"),
        lambda: editor.take_out(("a",), 7),
    ]
    for attempt in attempts:
        with pytest.raises(PressError) as refused:
            attempt()
        assert [each.code for each in refused.value.findings] == ["E83"]
        assert editor.text == text


SETTINGS = """\
words: # наши
  # имена
  - клъстер
  - хъб # с ъ
team:
  # главният
  - role: Редактор
    name: Мария # от март
  - {role: Коректор, name: Иван}
quotes: [„“, «»]
"""


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        (("words",), ["клъстер", "хъб", "дигитален"], "# с ъ\n", "# с ъ\n  - дигитален\n"),
        (("words",), ["хъб"], "  # имена\n  - клъстер\n", ""),
        (
            ("words",),
            ["хъб", "клъстер"],
            "  # имена\n  - клъстер\n  - хъб # с ъ\n",
            "  - хъб # с ъ\n  # имена\n  - клъстер\n",
        ),
        (
            ("team",),
            [{"role": "Редактор", "name": "Ана"}, {"role": "Коректор", "name": "Иван"}],
            "Мария",
            "Ана",
        ),
        (
            ("team",),
            [{"role": "Редактор", "name": "Мария"}, {"role": "Коректор", "name": "Петър"}],
            "Иван",
            "Петър",
        ),
        (("team", 0), {"role": "Редактор", "name": "Ана"}, "Мария", "Ана"),
        (("quotes",), ["„“", "«»", "“”"], "«»]", "«», “”]"),
    ],
)
def test_of_a_list_only_what_differs_is_touched(
    field: tuple[str | int, ...], value: Any, old: str, new: str
) -> None:
    editor = ItemEditor(SETTINGS, "house.yaml")
    editor.set(field, value)
    assert editor.value(field) == value
    assert editor.text.replace('"', "") == SETTINGS.replace(old, new)


_values = st.recursive(
    st.sampled_from(["а", "бв", "2024-01", "да: не", ""]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["x", "y", "z"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["a", "b"]), _values, min_size=1), _values)
def test_any_value_is_set_as_it_was_asked(fields: dict[str, Any], value: Any) -> None:
    editor = ItemEditor("first: 1 # stays\n", "a.yaml")
    try:
        for name, each in fields.items():
            editor.set((name,), each)
        editor.set(("a",), value)
    except PressError:
        return
    assert editor.value(("a",)) == value
    assert editor.text.startswith("first: 1 # stays\n")


def test_comments_of_an_item_that_comes_into_a_list_in_brackets_stand_above_it() -> None:
    text = (
        "sections:\n  - title: А\n    articles:\n      # от Елена\n"
        '      - "a b.md" # чака снимка\n      - b.md\n  - title: Б\n    articles: [c.md]\n'
    )
    editor = ItemEditor(text, "issue.yaml")
    editor.move(("sections", 0, "articles"), 0, ("sections", 1, "articles"), 0)
    assert editor.text == (
        "sections:\n  - title: А\n    articles:\n      - b.md\n  - title: Б\n"
        '    # от Елена\n    # чака снимка\n    articles: ["a b.md", c.md]\n'
    )
