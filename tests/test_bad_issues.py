"""Every finding has a folder in bad_issues/ that gives it, and gives nothing else.

A folder overlays the sound issue of `_good`. Its `expected.txt` names each finding, in order:
place, code and values. Lines that begin with `#` say how the case is read: `# language: en`,
`# issue: 7` (what the command was asked for), `# read: build` (not only checked), `# edition: press`,
`# booklet: yes`, `# built: pipe`
(what no file of a repository can be, made by the function of that name below).

`python tests/test_bad_issues.py` writes what is found now into every expected.txt, to be read
with the eyes of an officer before it is committed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import find_workspace, shipped_folder
from pipeline.files.writing.locks import locked
from pipeline.findings.codes.archive import ARCHIVE_CODES
from pipeline.findings.codes.editor import QUERY_CODES
from pipeline.findings.codes.importing import IMPORT_CODES
from pipeline.findings.codes.preflight import PREFLIGHT
from pipeline.findings.codes.register import CODES, MAIL_CODES
from pipeline.findings.codes.studio import STUDIO_CODES
from pipeline.findings.finding import BulletinError, Finding, IssueError, Severity
from pipeline.models.editions import EDITIONS
from pipeline.page.engine.faces import isolate_faces
from pipeline.reading.issue_reader import read_issue

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "bad_issues"
DATE = "issues/2023-12-20"
_TEMPLATES = Path(__file__).parents[1] / "pipeline" / "page" / "templates"

SHOWN_ELSEWHERE = {
    "E171": "words that nobody wrote: test_further_harms",
    "E172": "spaces within a word: test_further_harms",
    "E194": "a link that leads elsewhere: test_further_harms",
    "E195": "a line through words: test_further_harms",
    "E196": "a picture lost or doubled: test_further_harms",
    "E197": "a picture that cannot be seen: test_further_harms",
    "E198": "pictures exchanged: test_further_harms",
    "E450": "a name that is none for a style: test_style_command",
    "E451": "a style that exists: test_style_command",
    "E452": "a base without roles: test_style_command",
    "E453": "sheets that the engine cannot lay out pages by: test_style_command",
    "W443": "codes in a style that has none: test_address_codes",
    "W444": "a code without room: test_address_codes",
    "E162": "lines of a drawing too thin for paper, which `check` finds: test_check_keeps",
    "E82": "faces of the machine: a process of its own, in test_shipped_pdfs",
    "E86": "an issue that exists: `bulletin new`, in test_new",
    "E98": "a workspace without issues: test_workspace",
    "W14": "an issue whose folder is not named by a date: test_checking",
    "W192": "a line alone, which no style of ours lets happen: test_layout_faults",
    "W195": "a card without its heading, which the press names: test_layout_faults",
    "W197": "a page that could not be filled: tests/page/fitting",
    "W198": "a page nearly empty that could not be saved: tests/page/fitting",
    "W199": "an error of the layout in a draft: test_layout_findings",
    "E167": "a picture that cannot be cleaned: test_private_pictures",
    "W175": "what pictures tell: test_private_pictures",
    "W176": "the consent of those shown: test_private_pictures",
    "E448": "a font file that cannot be embedded: test_house",
    "E449": "a font without letters of the language: test_house",
    "W441": "a font without Bulgarian forms: test_house",
    "E89": "a file that may not be read: root may read everything, so test_reading stands in for the system",
} | {
    f"E{number}": "a fault between the files and the page: tests/pdf/law"
    for number in (*range(173, 178), *range(180, 190))
}
"""Codes that no files of an issue can give, and where they are shown."""


def issue_too_large(root: Path) -> None:
    path = root / DATE / "issue.yaml"
    path.write_text(path.read_text("utf-8") + "# " + "я" * 600_000 + "\n", "utf-8")


def article_too_large(root: Path) -> None:
    path = root / DATE / "tower.md"
    path.write_text(path.read_text("utf-8") + "Дума " * 90_000, "utf-8")


def symlink_out(root: Path) -> None:
    (root.parent / "secret.md").write_text("---\ntitle: Тайна\n---\nТайна.\n", "utf-8")
    path = root / DATE / "tower.md"
    path.unlink()
    path.symlink_to(root.parent / "secret.md")


def symlinked_folder_out(root: Path) -> None:
    images = root / DATE / "images"
    images.rename(root.parent / "images")
    images.symlink_to(root.parent / "images")


def symlink_loop(root: Path) -> None:
    path = root / DATE / "tower.md"
    path.unlink()
    path.symlink_to("tower.md")


def folder(root: Path) -> None:
    path = root / DATE / "tower.md"
    path.unlink()
    path.mkdir()


def pipe(root: Path) -> None:
    path = root / DATE / "images/tower.png"
    path.unlink()
    os.mkfifo(path)
    path = root / DATE / "project.md"
    path.unlink()
    os.mkfifo(path)


def no_publication(root: Path) -> None:
    (root / "issues/publication.yaml").unlink()


def _own_style(root: Path, file: str, addition: str) -> None:
    shutil.copytree(shipped_folder("styles"), root / "styles")
    path = root / "styles/knowledge-city/1" / file
    # In front: what is reported of a line does not move with the sheet.
    path.write_text(addition + path.read_text("utf-8"), "utf-8")


def broken_style(root: Path) -> None:
    _own_style(root, "style.toml", "name = ]\n")


def style_of_another_name(root: Path) -> None:
    _own_style(root, "style.toml", "")
    path = root / "styles/knowledge-city/1/style.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('name = "knowledge-city"', 'name = "../../../../elsewhere"'), "utf-8")


def sheet_outside(root: Path) -> None:
    _own_style(root, "style.toml", "")
    path = root / "styles/knowledge-city/1/style.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("stylesheets = [", 'stylesheets = ["linked.css", '), "utf-8")
    (root.parent / "secret.css").write_text("p { color: red }\n", "utf-8")
    path.with_name("linked.css").symlink_to(root.parent / "secret.css")


def _drawings(root: Path, *names: str) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 4"><rect width="6" height="4"/></svg>'
    article = root / DATE / "tower.md"
    for name in names:
        (root / DATE / "images" / name).write_text(drawing, "utf-8")
        shown = f'\n![Правоъгълник](<images/{name}>){{credit="Иван Иванов"}}\n'
        article.write_text(article.read_text("utf-8") + shown, "utf-8")


def name_with_a_colon(root: Path) -> None:
    _drawings(root, "кафе: утро.svg")


def capital_letters(root: Path) -> None:
    _drawings(root, "кафе.svg", "Кафе.svg")


def template_without_end(root: Path) -> None:
    _own_style(root, "style.toml", "")
    folder = root / "styles/knowledge-city/1/templates"
    folder.mkdir(exist_ok=True)
    (folder / "page.html.j2").write_text("{{ 'x' * 3000000000 }}", "utf-8")


def template_with_an_unknown_property(root: Path) -> None:
    _own_style(root, "style.toml", "")
    folder = root / "styles/knowledge-city/1/templates"
    folder.mkdir(exist_ok=True)
    text = (_TEMPLATES / "colophon.html.j2").read_text("utf-8")
    (folder / "colophon.html.j2").write_text(text.replace("<dl>", '<dl style="glow: 3pt">'), "utf-8")


def sheet_that_asks_for_a_file_outside(root: Path) -> None:
    _own_style(root, "cover.css", ".cover { background: url(file:///etc/passwd) }\n")


def hairline(root: Path) -> None:
    _own_style(root, "facts.css", ".colophon p { border-top: .1pt solid var(--ink) }\n")


def text_moved_up(root: Path) -> None:
    _own_style(root, "text.css", ".article.article .body { margin-top: -24pt }\n")


def text_moved_out(root: Path) -> None:
    _own_style(root, "text.css", ".article .body p { margin-left: 130mm; white-space: nowrap }\n")


def picture_moved_out(root: Path) -> None:
    _own_style(root, "text.css", ".body figure.text img { margin-left: 100mm }\n")


def caption_over_picture(root: Path) -> None:
    _own_style(root, "text.css", ".body figure.text figcaption { margin-top: -20mm }\n")


def paragraphs_apart(root: Path) -> None:
    _own_style(root, "text.css", ".article.article .body figure { margin-top: 80pt }\n")


def words_apart(root: Path) -> None:
    _own_style(root, "text.css", ".article .body p { word-spacing: 14pt }\n")


def heading_parted(root: Path) -> None:
    rules = ".article.article > header { break-after: auto } .article .body { break-before: page }\n"
    _own_style(root, "text.css", rules)


def caption_parted(root: Path) -> None:
    rules = ".body figure.text { break-inside: auto } .body figure.text figcaption { break-before: page }\n"
    _own_style(root, "text.css", rules)


def narrow_column(root: Path) -> None:
    _own_style(root, "text.css", ".article .body p { width: 4mm; overflow-wrap: normal; hyphens: none }\n")


def another_build(root: Path) -> None:
    (root / "out").mkdir()


BUILDERS: dict[str, Callable[[Path], None]] = {
    "issue-too-large": issue_too_large,
    "article-too-large": article_too_large,
    "symlink-out": symlink_out,
    "symlinked-folder-out": symlinked_folder_out,
    "symlink-loop": symlink_loop,
    "folder": folder,
    "pipe": pipe,
    "no-publication": no_publication,
    "another-build": another_build,
    "broken-style": broken_style,
    "style-of-another-name": style_of_another_name,
    "sheet-outside": sheet_outside,
    "template-without-end": template_without_end,
    "name-with-a-colon": name_with_a_colon,
    "capital-letters": capital_letters,
    "hairline": hairline,
    "unknown-property": template_with_an_unknown_property,
    "text-moved-up": text_moved_up,
    "text-moved-out": text_moved_out,
    "picture-moved-out": picture_moved_out,
    "caption-over-picture": caption_over_picture,
    "paragraphs-apart": paragraphs_apart,
    "words-apart": words_apart,
    "heading-parted": heading_parted,
    "caption-parted": caption_parted,
    "narrow-column": narrow_column,
    "file-outside": sheet_that_asks_for_a_file_outside,
}


def cases() -> list[Path]:
    """Return the folders of the cases."""
    return sorted(path for path in CASES.iterdir() if path.is_dir() and not path.name.startswith("_"))


def directions(case: Path) -> dict[str, str]:
    """Return how a case is read."""
    lines = (
        (case / "expected.txt").read_text("utf-8").splitlines() if (case / "expected.txt").exists() else []
    )
    said = (line[1:].partition(":") for line in lines if line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in said}


def expected(case: Path) -> list[str]:
    """Return the findings a case must give."""
    lines = (case / "expected.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def found_in(case: Path, root: Path) -> list[Finding]:
    """Lay a case over the sound issue in the folder `root` and read it as the command does."""
    shutil.copytree(CASES / "_good", root)
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    said = directions(case)
    if builder := said.get("built"):
        BUILDERS[builder](root)
    try:
        workspace = find_workspace(root)
        folder = workspace.choose_issue(said.get("issue", "2023-12-20"))
        if said.get("read") == "build":
            with contextlib.ExitStack() as held:
                if said.get("built") == "another-build":
                    held.enter_context(locked(root / "out" / folder.name / ".lock"))
                order = BuildRequest(
                    folder,
                    workspace,
                    root / "out",
                    editions=(EDITIONS[said.get("edition", "screen")],),
                    fresh=True,
                    booklet="booklet" in said,
                )
                return list(build(order).findings)
        return list(check_issue(folder, workspace, said.get("language")).findings)
    except BulletinError as error:
        return list(error.findings)


def shown(finding: Finding, root: Path) -> str:
    """Return a finding as a line of expected.txt."""
    values = "; ".join(f"{name}={value}" for name, value in finding.values if value)
    text = f"{finding.place or '–'} {finding.code} {values}".rstrip()
    return text.replace(str(root), "…").replace("\n", "⏎").replace("\0", "␀")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_bad_issue_gives_exactly_its_findings(case: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    findings = found_in(case, root)
    assert [shown(finding, root) for finding in findings] == expected(case)
    assert case.name.partition("-")[0] in {finding.code for finding in findings}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_an_issue_with_errors_is_not_handed_on(case: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path / "w")
    shutil.copytree(case, tmp_path / "w", dirs_exist_ok=True)
    said = directions(case)
    if "built" in said:
        BUILDERS[said["built"]](tmp_path / "w")
    try:
        workspace = find_workspace(tmp_path / "w")
        reading = read_issue(workspace.choose_issue("2023-12-20"), workspace, said.get("language"))
    except IssueError:
        return
    wrong = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert (reading.issue is None) == wrong


def test_the_issue_the_cases_overlay_is_sound(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path / "w")
    workspace = find_workspace(tmp_path / "w")
    reading = read_issue(workspace.choose_issue(), workspace)
    assert reading.findings == ()
    assert reading.issue is not None


def test_every_code_has_a_folder() -> None:
    shown_here = {case.name.partition("-")[0] for case in cases()}
    lacking = (
        CODES.keys()
        - PREFLIGHT.keys()
        - ARCHIVE_CODES.keys()
        - MAIL_CODES.keys()
        - QUERY_CODES.keys()
        - IMPORT_CODES.keys()
        - STUDIO_CODES.keys()
        - shown_here
    )
    assert lacking == SHOWN_ELSEWHERE.keys()
    assert shown_here <= CODES.keys()


def test_every_code_of_archive_and_mail_is_shown_by_a_test() -> None:
    tests = [path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py")]
    assert [
        code
        for code in ARCHIVE_CODES | MAIL_CODES | QUERY_CODES | IMPORT_CODES | STUDIO_CODES
        if not any(f'"{code}"' in text for text in tests)
    ] == []


def renew() -> None:
    """Write what is found now into every expected.txt."""
    for case in cases():
        with tempfile.TemporaryDirectory() as folder_name:
            root = Path(folder_name) / "workspace"
            lines = [f"# {name}: {value}" for name, value in directions(case).items()]
            lines += [shown(finding, root) for finding in found_in(case, root)]
        (case / "expected.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    isolate_faces()
    renew()
