"""A workspace to write in, and other programs that are waited for but a moment."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.files.workspace import Workspace
from tests.conftest import REPOSITORY
from tests.studio import processes

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.editor.writing.nodes import Document

ISSUE: Final = "2023-12-20"
NAME: Final = "xd-media-hub.md"
PATH: Final = f"issues/{ISSUE}/{NAME}"


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PATIENCE, "quiet", 0.12)
    monkeypatch.setattr(PATIENCE, "longest", processes.PATIENCE)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a file up soon that another program goes on writing."""
    monkeypatch.setattr(PATIENCE, "longest", 0.5)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a copy of the shipped issues, without their pictures."""
    left_out = shutil.ignore_patterns("images", "2023-06-30")
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=left_out)
    return Workspace(tmp_path)


def edited(document: Document, old: str, new: str) -> Document:
    """Return a document in which a word is another."""
    text = document.model_dump_json()
    assert text.count(old) == 1, old
    changed: Document = DOCUMENT.validate_python(json.loads(text.replace(old, new)))
    return changed
