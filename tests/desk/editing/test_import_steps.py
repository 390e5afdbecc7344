"""An import tells each step by its name, and how many files and pictures of how many are done."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.desk.tasks.importing import ImportRequest, importing
from pipeline.desk.tasks.telling import told_steps
from tests.importing.helpers import ARRIVALS, DAY, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.progress import Progress


def test_an_import_names_its_steps_while_it_reads(tmp_path: Path) -> None:
    folder = tmp_path / "arrived"
    folder.mkdir()
    shutil.copyfile(ARRIVALS / "article.docx", folder / "article.docx")
    for number in (1, 2):
        (folder / f"prague-{number}.jpg").write_bytes(_picture(number))
    told = list(importing(ImportRequest(str(folder), str(tmp_path / "new"), DAY, "en", TODAY)))
    assert [each.get("words", "") for each in told if "step" in each] == [
        "Converting a Word file: 1 of 3",
        "Reading the pictures: 2 of 3",
        "Reading the pictures: 3 of 3",
        # One of them stands in the Word file.
        *(f"Preparing the pictures: {number} of 3" for number in (1, 2, 3)),
        "Recognising sections and articles",
        "Comparing the draft with what came, word by word",
        "Writing the files of the issue",
    ]
    assert [set(each) for each in told if "step" not in each] == [{"result"}]


def test_a_fault_of_ours_in_long_work_is_raised_as_it_is() -> None:
    def work(progress: Progress) -> dict[str, object]:
        progress("Reading the texts", 0, 1)
        raise ZeroDivisionError

    told = told_steps(work, "en")
    assert next(told)["words"] == "Reading the texts"
    with pytest.raises(ZeroDivisionError):
        next(told)


def _picture(shade: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 90, 90)).save(data, "JPEG")
    return data.getvalue()
