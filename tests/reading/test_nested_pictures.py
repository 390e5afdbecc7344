"""A picture in a list or a quotation stands behind its item on the page; no word and no number changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.text.source import Source
from pipeline.models.text import Figure, ListBlock, Quote, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.reading.markdown.nested_pictures import with_pictures_between
from tests.conftest import run_bulletin
from tests.support.whole_issues.workspaces import photograph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.models.text import Block


def shown(body: Iterable[Block]) -> str:
    """Return the shape of a text: words, `(picture)`, `[number item; item]`, `“quotation”`."""
    return " ".join(map(_shown, body))


def _shown(block: Block) -> str:
    match block:
        case Figure():
            return f"({block.picture.source})"
        case ListBlock():
            numbers = block.printed_numbers or ("–",) * len(block.items)
            items = (f"{mark} {shown(item)}" for mark, item in zip(numbers, block.items, strict=True))
            return f"[{'; '.join(items)}]"
        case Quote():
            return f"“{shown(block.children)}”"
    return "".join(each.text for each in nodes_of(Run, block))


def read(markdown: str) -> str:
    body = read_manuscript(Source("a.md", f"---\ntitle: А\n---\n{markdown}")).body
    return shown(with_pictures_between(body))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- А\n\n  ![x](p)\n\n- Б\n", "[– А] (p) [– Б]"),
        ("- А\n- Б\n\n  ![x](p)\n", "[– А; – Б] (p)"),
        ("- А\n\n  ![x](p)\n\n  Още.\n- Б\n", "[– А Още.] (p) [– Б]"),
        ("- ![x](p)\n- ![x](q)\n", "(p) (q)"),
        ("3. А\n\n   ![x](p)\n\n4. Б\n5. В\n", "[3 А] (p) [4 Б; 5 В]"),
        ("2. А\n5. Б\n\n   ![x](p)\n\n9. В\n", "[2 А; 5 Б] (p) [9 В]"),
        ("1. А\n2. ![x](p)\n3. В\n", "[1 А] (p) [3 В]"),
        (
            "- А\n  1. Б\n\n     ![x](p)\n\n  2. В\n\n     ![x](q)\n\n- Г\n",
            "[– А [1 Б; 2 В]] (p) (q) [– Г]",
        ),
        ("> Думи\n>\n> ![x](p)\n>\n> още\n", "“Думи още” (p)"),
        ("> ![x](p)\n", "(p)"),
        ("> - А\n>\n>   ![x](p)\n>\n> - Б\n", "“[– А; – Б]” (p)"),
        ("- А\n- Б\n\n![x](p)\n", "[– А; – Б] (p)"),
        ("- А\n-\n- Б\n", "[– А; – ; – Б]"),
    ],
)
def test_a_picture_stands_behind_the_item_or_quotation_it_belongs_to(markdown: str, expected: str) -> None:
    assert read(markdown) == expected


ITEM = st.deferred(lambda: st.lists(WRITTEN, min_size=1, max_size=3).map("\n\n".join))
WRITTEN: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(["дума", "две думи", "![x](p)", "![x](q)"]),
    st.tuples(st.integers(0, 900), st.lists(ITEM, min_size=1, max_size=3)).map(
        lambda pair: "\n".join(indented(item, f"{number}. ") for number, item in enumerate(pair[1], pair[0]))
    ),
    st.lists(ITEM, min_size=1, max_size=3).map(
        lambda items: "\n".join(indented(each, "- ") for each in items)
    ),
    ITEM.map(lambda item: "\n".join(f"> {line}" for line in item.split("\n"))),
)


def indented(item: str, mark: str) -> str:
    first, *others = item.split("\n")
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in others)])


@given(ITEM)
def test_no_word_and_no_picture_is_lost_or_changes_its_order(markdown: str) -> None:
    body = read_manuscript(Source("a.md", f"---\ntitle: А\n---\n{markdown}\n")).body
    parted = with_pictures_between(body)
    assert [each.text for each in nodes_of(Run, parted)] == [each.text for each in nodes_of(Run, body)]
    pictures = [each.picture for each in nodes_of(Figure, parted)]
    assert pictures == [each.picture for each in nodes_of(Figure, body)]
    assert pictures == [each.picture for each in parted if isinstance(each, Figure)]
    assert with_pictures_between(parted) == parted


@pytest.mark.parametrize("style", ["name: bulletin", "name: knowledge-city"])
def test_an_issue_with_pictures_in_a_list_and_a_quotation_is_built(tmp_path: Path, style: str) -> None:
    assert run_bulletin("new", "--date", "2024-01-31", "--language", "bg", cwd=tmp_path).returncode == 0
    folder = tmp_path / "issues/2024-01-31"
    publication = tmp_path / "issues/publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("name: bulletin", style), "utf-8")
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(photograph(1600, 1066))
    (folder / "first-article.md").write_text(
        "---\ntitle: Работилницата\n---\nНачало.\n\n1. Разглобяване\n\n"
        '   ![Разглобено колело](a.jpg){credit="А. Петров"}\n\n2. Смазване\n\n'
        '> Казано от майстора\n>\n> ![Майсторът](b.jpg){credit="А. Петров"}\n',
        "utf-8",
    )
    done = run_bulletin("build", "--edition", "screen", "--language", "bg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
