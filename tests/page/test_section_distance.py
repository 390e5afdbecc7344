"""A section keeps its distance from what is before it, be it text or a card that is longer than its text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import find_workspace
from pipeline.models.editions import SCREEN
from pipeline.pdf.text import page_lines
from tests.support.paths import GOOD

DATE = "issues/2023-12-20"
HEAD = "Следващ раздел"
DISTANCE = 42 + 12 + 14
"""Points from the last line to that of the head, at least: margin, padding, and most of a line."""


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_a_section_stands_apart_from_the_card_before_it(tmp_path: Path, lines: int) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "workspace"))
    project = root / DATE / "project.md"
    head = project.read_text("utf-8").split("---\n")[1]
    project.write_text(
        f"---\n{head}---\n{'Един ред текст за моста и за града около него. ' * lines}\n", "utf-8"
    )
    plan = root / DATE / "issue.yaml"
    sections = "sections:\n  - {title: Проекти, articles: [project.md]}\n"
    sections += f"  - {{title: {HEAD}, articles: [tower.md]}}\n"
    plan.write_text(plan.read_text("utf-8").partition("sections:")[0] + sections, "utf-8")
    workspace = find_workspace(root)
    request = BuildRequest(workspace.choose_issue(), workspace, root / "out", editions=(SCREEN,))
    pdf = next(path for path in build(request).paths if path.suffix == ".pdf").read_bytes()
    page = next(
        page
        for page in list(page_lines(pdf))[1:]
        if any(line.text.strip() == HEAD and line.size > 20 for line in page)
    )
    (head_line,) = [line for line in page if line.text.strip() == HEAD and line.size > 20]
    above = [line.baseline for line in page if line.baseline > head_line.baseline + 5 and line.baseline < 760]
    assert min(above) - head_line.baseline >= DISTANCE
