"""Small issues of a test's own, built as the screen edition, and read back from the PDF."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.pdf.text import DIVIDED, TextLine, page_lines
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.findings.finding import Finding

DATE: Final = "2024-05-24"


class Layout(NamedTuple):
    """What became of an issue.

    Args:
        pages: The lines of each page, in order.
        findings: What the build reported.
        pdf: The file.
    """

    pages: list[list[TextLine]]
    findings: list[Finding]
    pdf: bytes

    def words(self) -> str:
        """Return all the words of the pages, bare: see `bare`."""
        return bare("".join(line.text for page in self.pages for line in page))

    def texts(self, page: int) -> list[str]:
        """Return the lines of a page, counted from 1."""
        return [line.text.strip() for line in self.pages[page - 1]]


def bare(text: str) -> str:
    """Return a text without spaces and hyphens: pdfium does not tell which hyphen divides a word."""
    return re.sub(rf"[\s{DIVIDED}-]", "", text)


def laid_out(
    tmp_path: Path,
    sections: Mapping[str, Mapping[str, str]],
    *,
    greeting: str = "",
    title: str = "Опит",
    publication: str = "Вести",
) -> Layout:
    """Build an issue.

    Args:
        tmp_path: An empty folder.
        sections: The text of each article by its name, by the title of its section.
        greeting: The greeting of the first page.
        title: The title of the issue.
        publication: The title of the publication.
    """
    shutil.copytree(GOOD, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    for path in list(workspace.issues.iterdir()):
        if (path / "issue.yaml").exists():
            shutil.rmtree(path)
    about = workspace.issues / "publication.yaml"
    about.write_text(about.read_text("utf-8").replace("bg: Вести", f"bg: {publication}"), "utf-8")
    folder = workspace.issues / DATE
    folder.mkdir()
    listing = ""
    for section, articles in sections.items():
        listing += f"  - title: {section}\n    articles: [{', '.join(f'{name}.md' for name in articles)}]\n"
        for name, text in articles.items():
            (folder / f"{name}.md").write_text(text, "utf-8")
    opening = f"greeting: {greeting}\n" if greeting else ""
    (folder / "issue.yaml").write_text(
        f"format: 1\nnumber: 3\ndate: {DATE}\ntitle: {title}\n{opening}sections:\n{listing}", "utf-8"
    )
    result = build(BuildRequest(folder, workspace, tmp_path / "out", fresh=True))
    pdf = next((tmp_path / "out" / DATE).glob("*.pdf")).read_bytes()
    return Layout(list(page_lines(pdf)), list(result.findings), pdf)


def article(title: str, text: str, head: str = "") -> str:
    """Return the text of an article's file."""
    return f"---\ntitle: {title}\n{head}---\n{text}\n"
