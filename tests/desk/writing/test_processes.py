"""Two processes that save one article at once lose none of their words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.store import HISTORY
from tests.conftest import REPOSITORY
from tests.desk.writing.conftest import ISSUE, NAME, PATH

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

_PROGRAM: Final = """
import pathlib, sys
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk import settled
from pipeline.desk.writing.results import ArticleChange, Saved
from pipeline.files.workspace import Workspace
settled.PATIENCE.quiet = 0.02
workspace, issue, name, hand, place = Workspace(pathlib.Path(sys.argv[1])), *sys.argv[2:]
for number in range(8):
    opened = open_article(workspace, issue, name)
    text = opened.text.replace(place, f"{hand}{number} {place}")
    result = save_article(workspace, issue, name, opened.version, ArticleChange(text=text), hand)
    assert isinstance(result, Saved), result
"""


def test_two_processes_save_at_once(workspace: Workspace) -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    arguments = [sys.executable, "-c", _PROGRAM, str(workspace.root), ISSUE, NAME]
    hands = (("първи", "консорциума"), ("втори", "мениджърите"))
    running = [subprocess.Popen([*arguments, *hand], env=environment) for hand in hands]
    assert [each.wait(60) for each in running] == [0, 0]
    text = (workspace.root / PATH).read_text("utf-8")
    for hand, place in hands:
        assert re.search(" ".join(f"{hand}{number}" for number in range(8)) + f" {place}", text)
    assert not list((workspace.root / HISTORY / "aside").iterdir())
    assert len([each for each in History(workspace).versions(PATH) if each.event == "written"]) == 16
