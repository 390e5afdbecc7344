"""What is opened and saved keeps every byte; one word changed is one line changed, on the disk as well."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.history.store import HISTORY
from pipeline.desk.writing.results import ArticleChange, Saved
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.files.workspace import Workspace
from tests.desk.writing.conftest import ISSUE
from tests.editor.writing.conftest import articles

if TYPE_CHECKING:
    import pytest


def texts_in(node: Any) -> list[dict[str, Any]]:
    own = [node] if node.get("type") == "text" else []
    return own + [text for each in node.get("content", ()) for text in texts_in(each)]


def workspace_with(folder_factory: pytest.TempPathFactory, text: str) -> Workspace:
    root = folder_factory.mktemp("w")
    (root / "issues" / ISSUE).mkdir(parents=True)
    (root / "issues/publication.yaml").write_text("format: 1\n", "utf-8")
    (root / "issues" / ISSUE / "a.md").write_bytes(text.encode())
    return Workspace(root)


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(suppress_health_check=SLOW, max_examples=30)
@given(st.data())
def test_an_article_that_is_saved_untouched_has_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    PATIENCE.quiet = 0.0
    text = articles()[data.draw(st.sampled_from(sorted(articles())))]
    text = text.replace("\r\n", "\n").replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    text = data.draw(st.sampled_from(["", "\ufeff"])) + text.removeprefix("\ufeff")
    workspace = workspace_with(tmp_path_factory, text)
    path = workspace.issues / ISSUE / "a.md"
    opened = open_article(workspace, ISSUE, "a.md")
    document = DOCUMENT.validate_json(opened.document.model_dump_json())
    before = path.stat()
    result = save_article(workspace, ISSUE, "a.md", opened.version, ArticleChange(document), "Мария")
    assert isinstance(result, Saved)
    assert (path.read_bytes(), path.stat().st_ino) == (text.encode(), before.st_ino)
    assert [each.name for each in path.parent.iterdir()] == ["a.md"]
    assert {each.name for each in workspace.root.iterdir()} == {"issues", HISTORY}


@settings(suppress_health_check=SLOW, max_examples=30)
@given(st.data())
def test_one_word_changed_is_one_line_changed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    PATIENCE.quiet = 0.0
    text = articles()[data.draw(st.sampled_from(sorted(articles())))]
    workspace = workspace_with(tmp_path_factory, text)
    opened = open_article(workspace, ISSUE, "a.md")
    document = json.loads(opened.document.model_dump_json())
    places = [each for each in texts_in(document) if re.search(r"[^\W\d]{3}", each["text"])]
    assume(places and "source" not in {node["type"] for node in document["content"]})
    place = data.draw(st.sampled_from(places))
    word = data.draw(st.sampled_from(list(re.finditer(r"[^\W\d]{3,}", place["text"]))))
    assume(text.count(word[0]) == 1 and "://" not in place["text"])
    place["text"] = f"{place['text'][: word.start()]}промяна{place['text'][word.end() :]}"
    change = ArticleChange(DOCUMENT.validate_json(json.dumps(document)))
    result = save_article(workspace, ISSUE, "a.md", opened.version, change, "Мария")
    assert isinstance(result, Saved)
    now = (workspace.issues / ISSUE / "a.md").read_bytes().decode()
    assert now == text.replace(word[0], "промяна")
    assert open_article(workspace, ISSUE, "a.md").document == result.document
