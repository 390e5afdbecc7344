"""A draft is marked on every page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST = 9.0
"""Points from the top of the mark's capital to the foot of its descender, at the least."""


@pytest.mark.parametrize("draft", [True, False])
def test_every_page_of_a_draft_is_marked_and_of_no_other(tmp_path: Path, draft: bool) -> None:  # noqa: FBT001
    shutil.copytree(GOOD, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    build(BuildRequest(workspace.issues / "2023-12-20", workspace, tmp_path / "out", draft=draft, fresh=True))
    # A draft does not replace the files of a final build.
    name = "bulletin-2023-12-20-draft.pdf" if draft else "bulletin-2023-12-20.pdf"
    assert [path.name for path in (tmp_path / "out" / "2023-12-20").glob("*.pdf")] == [name]
    document = pypdfium2.PdfDocument(tmp_path / "out" / "2023-12-20" / name)
    marks = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        search = text.search("Чернова")
        while (at := search.get_next()) is not None:
            left, bottom, _, top = text.get_charbox(at[0])
            right = text.get_charbox(at[0] + 6)[2]
            assert left > width / 20
            assert right < width * 19 / 20
            assert height / 40 < bottom < top < height * 39 / 40
            assert top - bottom >= SMALLEST
            marks.append(page)
    pages = len(document)
    document.close()
    assert len(marks) == (pages if draft else 0)
