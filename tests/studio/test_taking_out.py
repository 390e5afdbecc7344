"""A person is taken out of the history in the studio: seen first, then gone for good; the files stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.journal import GONE
from pipeline.desk.writing.history.store import store_of
from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.studio.running import Answer, Studio

ISSUE = "/issues/2023-12-20"
PATH = "issues/2023-12-20/degrebe.md"
PICTURE = "issues/2023-12-20/images/portrait.jpg"
NAME = "Петрана Измислена"


@pytest.fixture
def history(root: Path) -> History:
    kept = History(Workspace(root))
    for text in (f"Пише {NAME} днес.", f"Пише {NAME.upper()} и друг.", "Пише друг."):
        store_of(Workspace(root)).keep(text.encode(), PATH, GONE, NAME)
    return kept


def taken(running: Studio, data: dict[str, str]) -> Answer:
    headers = {**running.own, "Content-Type": "application/json"}
    return running.ask("POST", f"{ISSUE}/history/taking-out", headers, json.dumps(data).encode())


def bytes_of_history(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (root / ".history").rglob("*") if path.is_file())


def test_a_name_is_counted_before_it_is_taken_out_and_gone_after(
    running: Studio, root: Path, history: History
) -> None:
    before = (root / PATH).read_bytes()
    shown = running.ask("GET", f"{ISSUE}/history/taking-out?words={quote(NAME)}", running.own).text
    assert f"„{NAME}“ стои във версии на историята: 2" in shown
    assert len(history.versions(PATH)) >= 3
    assert json.loads(taken(running, {"words": NAME}).text)["refresh"]
    texts = [history.text(each.version) for each in history.versions(PATH)]
    assert texts[:3] == ["Пише друг.", "Пише … и друг.", "Пише … днес."]
    assert NAME.encode() not in bytes_of_history(root)
    assert (root / PATH).read_bytes() == before


def test_a_picture_is_taken_out_with_its_versions(running: Studio, history: History, root: Path) -> None:
    version = store_of(Workspace(root)).keep(b"\xff\xd8 portrait", PICTURE, GONE)
    assert "portrait.jpg" in running.ask("GET", f"{ISSUE}/history/taking-out", running.own).text
    assert taken(running, {"picture": PICTURE}).status == 200
    assert PICTURE not in history.files()
    assert version not in {each.version for path in history.files() for each in history.versions(path)}


@pytest.mark.parametrize(
    "data",
    [{}, {"words": ""}, {"words": "а"}, {"words": "…, —"}, {"picture": "issues/publication.yaml"}],
)
def test_nothing_named_takes_nothing_out(running: Studio, history: History, data: dict[str, str]) -> None:
    before = [(path, history.versions(path)) for path in history.files()]
    answer = taken(running, data)
    assert answer.status == 422
    assert [finding["code"] for finding in json.loads(answer.text)["findings"]] == ["E648"]
    assert [(path, history.versions(path)) for path in history.files()] == before
