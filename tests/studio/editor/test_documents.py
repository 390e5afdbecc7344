"""Documents go into the editor in the browser and come out as they were; its nodes are those of Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.editor.writing.normal_form import normal
from pipeline.editor.writing.saving import saved
from tests.editor.writing import documents
from tests.editor.writing.conftest import articles
from tests.editor.writing.test_untouched import HARD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.studio.editor.conftest import Writing

ROUND: Final = """(documents) => documents.map((document) => {
    start({ document, strings: {} });
    return editor.document();
})"""


def came_out(page: Page, shown: list[Any]) -> list[Any]:
    """Return documents as the editor gives them back."""
    return list(page.evaluate(ROUND, shown))


def test_every_article_of_the_repository_comes_out_as_it_went_in(writing: Writing) -> None:
    texts = dict(articles())
    texts |= {name: f"---\ntitle: Кула\n---\n\n{text}" for name, text in HARD.items()}
    read = {path: ArticleText(text, path) for path, text in texts.items()}
    assert len(read) > 100
    given_documents = [json.loads(each.document.model_dump_json()) for each in read.values()]
    again = came_out(writing.page, given_documents)
    changed = {}
    for (path, article), shown in zip(read.items(), again, strict=True):
        document = DOCUMENT.validate_json(json.dumps(shown))
        if normal(document) != normal(article.document):
            changed[path] = (article.document, document)
        assert saved(article, document).text == texts[path], path
    assert not changed


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.tuples(st.lists(documents.blocks, max_size=4), documents.notes), min_size=8, max_size=8))
def test_every_document_python_may_give_comes_out_as_it_went_in(
    writing: Writing, made: list[tuple[list[Any], list[Any]]]
) -> None:
    shown = [{"type": "doc", "content": blocks, "notes": notes} for blocks, notes in made]
    wanted = [DOCUMENT.validate_json(json.dumps(each)) for each in shown]
    plain = [json.loads(each.model_dump_json()) for each in wanted]
    for document, again in zip(wanted, came_out(writing.page, plain), strict=True):
        assert normal(DOCUMENT.validate_json(json.dumps(again))) == normal(document)


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.tuples(st.lists(documents.blocks, max_size=4), documents.notes), min_size=6, max_size=6))
def test_any_document_may_take_the_place_of_any_other(
    writing: Writing, made: list[tuple[list[Any], list[Any]]]
) -> None:
    shown = [{"type": "doc", "content": blocks, "notes": notes} for blocks, notes in made]
    wanted = [DOCUMENT.validate_json(json.dumps(each)) for each in shown]
    again = writing.page.evaluate(
        """(documents) => documents.map((document) => {
            editor.replace(document, true);
            return editor.document();
        })""",
        [json.loads(each.model_dump_json()) for each in wanted],
    )
    for document, back in zip(wanted, again, strict=True):
        shown_now = DOCUMENT.validate_json(json.dumps(back))
        assert normal(shown_now).content == normal(document).content
        assert {each.attrs.label for each in document.notes} <= {each.attrs.label for each in shown_now.notes}


def _node_types() -> dict[str, set[str]]:
    """Return the nodes and marks of Python's models with the names of their attributes."""
    schema = DOCUMENT.json_schema()
    found: dict[str, set[str]] = {}
    for definition in schema["$defs"].values():
        kind = definition.get("properties", {}).get("type", {}).get("const")
        if kind is None:
            continue
        attrs = definition["properties"].get("attrs", {})
        named = attrs.get("$ref") or next((each["$ref"] for each in attrs.get("allOf", [])), None)
        target = schema["$defs"][named.rsplit("/", 1)[1]] if named else {}
        found[kind] = set(target.get("properties", {}))
    return found


def test_the_editor_has_the_nodes_marks_and_attributes_of_python(page: Page) -> None:
    there = page.evaluate("BulletinEditor.schema()")
    own = {"text", "doc", "notes"}
    assert {name: set(attrs) for name, attrs in there.items() if name not in own} == {
        name: attrs for name, attrs in _node_types().items() if name not in own
    }


@pytest.mark.parametrize("empty", [{"type": "doc"}, {"type": "doc", "content": [], "notes": []}])
def test_an_empty_document_can_be_written_in(writing: Writing, empty: dict[str, Any]) -> None:
    writing.open(empty)
    writing.type("Начало")
    assert writing.blocks() == ["Начало"]
