"""One rule for names: what `check` lets pass can be filed, carried to any system and read back."""

from __future__ import annotations

import dataclasses
import json
import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.archive.filing_record import RECORD, as_record, from_record
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import store_filing
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.names import (
    LONGEST_NAME,
    Spellings,
    fitting_name,
    is_source_path,
    name_fault,
    path_fault,
    stays_inside,
)
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError, IssueError
from pipeline.importing.draft.file_names import free_name, stem_of
from tests.conftest import run_bulletin
from tests.support.paths import GOOD
from tests.support.shelves import FILED_ON, ISSUES, archive, empty, filed, material

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "кафе: утро.svg",
    "фото?.svg",
    "я" * 110 + ".svg",
    "CON.svg",
    "lpt1.svg",
    "край .svg ",
    "точка.svg.",
    "две\u202egvs.exe.svg",
    "нула\u200bширина.svg",
]
"""Names that Linux takes, and other systems do not."""

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><rect width="60" height="40"/></svg>'


def workspace_with(root: Path, *names: str) -> Workspace:
    """Return the sound issue with pictures of these names, shown in an article."""
    shutil.copytree(GOOD, root)
    folder = root / "issues/2023-12-20"
    article = folder / "tower.md"
    text = article.read_text("utf-8")
    for name in names:
        (folder / name).write_text(DRAWING, "utf-8")
        text += f'\n![Правоъгълник с име](<{name}>){{credit="А. Петров"}}\n'
    article.write_text(text, "utf-8")
    return Workspace(root)


@pytest.mark.parametrize("name", HOSTILE[:5])
def test_a_name_that_would_jam_the_archive_is_found_by_check_with_a_proposal(
    name: str, tmp_path: Path
) -> None:
    workspace = workspace_with(tmp_path / "w", name)
    folder = workspace.issues / "2023-12-20"
    found = [each for each in check_issue(folder, workspace).findings if each.code == "E78"]
    assert len(found) == 1
    guess = dict(found[0].values)["guess"]
    # The remedy works when it is followed.
    (folder / name).rename(folder / guess)
    article = folder / "tower.md"
    article.write_text(article.read_text("utf-8").replace(name, guess), "utf-8")
    assert "E78" not in {each.code for each in check_issue(folder, workspace).findings}


def test_nothing_is_filed_under_a_name_that_cannot_be_read_back(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path / "w", "кафе: утро.svg")
    with pytest.raises(IssueError) as refused:
        file_issue(workspace.issues / "2023-12-20", workspace, FILED_ON)
    assert "E78" in {each.code for each in refused.value.findings}
    assert Shelf(workspace).filings == ()


def test_two_names_that_differ_by_capital_letters_alone_are_found(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path / "w", "снимка.svg", "Снимка.svg")
    findings = check_issue(workspace.issues / "2023-12-20", workspace).findings
    (finding,) = [each for each in findings if each.code == "E79"]
    assert dict(finding.values)["guess"] not in {"снимка.svg", "Снимка.svg"}


def test_two_names_that_differ_by_composition_alone_are_found(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "край.svg") for form in ("NFC", "NFD"))
    workspace = workspace_with(tmp_path / "w", composed, decomposed)
    findings = check_issue(workspace.issues / "2023-12-20", workspace).findings
    assert [each.code for each in findings if each.code in {"E78", "E79"}] == ["E79"]


@pytest.mark.parametrize("folder", ["filed", "out", "refused"])
def test_a_picture_does_not_lie_where_the_program_writes(folder: str, tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path / "w")
    target = workspace.issues / "2023-12-20" / folder
    target.mkdir()
    (target / "a.svg").write_text(DRAWING, "utf-8")
    article = workspace.issues / "2023-12-20" / "tower.md"
    shown = f'\n![Правоъгълник]({folder}/a.svg){{credit="А. Петров"}}\n'
    article.write_text(article.read_text("utf-8") + shown, "utf-8")
    findings = check_issue(workspace.issues / "2023-12-20", workspace).findings
    assert "E78" in {each.code for each in findings}


@given(st.text(min_size=1, max_size=120), st.sets(st.text(max_size=8), max_size=4))
@example("0. 0000\u0ae0:\ud7fc\u00a1", set())
@example("а. б-" * 9, {"а. б"})
@example("foo_", {"foo_"})
@example("con.a description", {"con-2.a description"})
@example("___", {"___"})
@example("я" * 98 + ".a", {"я" * 98 + ".a"})
@example("я" * 98 + "x", {"я" * 98 + "x"})
def test_a_proposed_name_keeps_to_the_rule_and_is_free(name: str, taken: set[str]) -> None:
    proposed = fitting_name(name, taken)
    assert name_fault(proposed) == ""
    assert proposed.casefold() not in {other.casefold() for other in taken}
    assert len(proposed.encode()) <= LONGEST_NAME
    assert fitting_name(proposed) == proposed


@pytest.mark.parametrize("name", ["крайбрежие.jpg", "IMG_2023 (1).JPG", "a-b.c.png", "no ending", ".hidden"])
def test_a_plain_name_is_let_alone(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("кафе: утро.svg", "кафе-утро.svg"),
        ("фото?.svg", "фото.svg"),
        ("а/б\\в.png", "а-б-в.png"),
        ("CON.md", "CON-2.md"),
    ],
)
def test_a_proposal_is_what_a_person_would_write(name: str, proposed: str) -> None:
    assert fitting_name(name) == proposed


@given(st.text(max_size=60))
def test_titles_become_names_that_keep_to_the_rule(title: str) -> None:
    assert name_fault(free_name(stem_of(title), ".md", ())) == ""


@pytest.mark.parametrize("title", ["CON", "Aux", "Com1", "НУЛ", "nul"])
def test_an_imported_title_that_windows_keeps_for_a_device_is_renamed(title: str) -> None:
    assert name_fault(free_name(stem_of(title), ".md", ())) == ""


def test_an_import_does_not_take_a_name_that_differs_by_capital_letters_alone() -> None:
    assert free_name("kafe", ".md", {"Kafe.md"}) == "kafe-2.md"


@pytest.mark.parametrize(
    ("paths", "clashing"),
    [
        (["issues/a.md", "issues/A.md"], True),
        (["issues/Images/a.png", "issues/images/b.png"], True),
        (["issues/a", "issues/a/b.png"], True),
        (["issues/a/b.png", "issues/a"], True),
        (["issues/straße.md", "issues/STRASSE.md"], True),
        (["issues/a.md", "issues/a.md"], False),
        (["issues/a.md", "issues/b.md", "styles/a.md"], False),
    ],
)
def test_paths_that_are_one_on_some_systems_clash(paths: list[str], *, clashing: bool) -> None:
    spelt = Spellings()
    assert any(list(map(spelt.clash, paths))) == clashing


@given(st.lists(st.sampled_from(["..", ".", "", "issues", "а", "/", "\\", "C:", "\0", "x.md"]), max_size=5))
def test_no_path_that_is_allowed_leaves_the_workspace(parts: list[str]) -> None:
    path = "/".join(parts)
    if is_source_path(path) or stays_inside(path):
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert "\\" not in path
        assert path.split("/")[0] in {"issues", "styles", "fonts"}
    if is_source_path(path):
        assert stays_inside(path)
        assert not path_fault(path)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_filed_before_the_rule_stays_readable(name: str, tmp_path: Path) -> None:
    filing = filed(empty(tmp_path), material(ISSUES[0]))[0]
    older = dataclasses.replace(
        filing, sources={**filing.sources, f"issues/{ISSUES[0]}/{name}": filing.sources["fonts/serif.ttf"]}
    )
    if "\u202e" not in name:
        assert from_record(as_record(older)) == older


def test_a_filing_that_cannot_be_read_back_is_not_put_in_place(tmp_path: Path) -> None:
    workspace = empty(tmp_path)
    before = material(ISSUES[0])
    jamming = dataclasses.replace(before, sources={**before.sources, "issues/../../x.md": b"x"})
    with pytest.raises(ArchiveError, match="E223"):
        store_filing(jamming, Shelf(workspace), FILED_ON)
    assert Shelf(workspace).record_names() == []
    assert filed(workspace, before)[0].name == f"{ISSUES[0]}/1"


def jammed(root: Path) -> Workspace:
    """Return an archive whose last record cannot be read."""
    workspace = archive(root)
    path = workspace.issues / ISSUES[2] / "filed/1" / RECORD
    path.chmod(0o644)
    record = json.loads(path.read_bytes())
    record["sources"]["issues/../../x"] = record["sources"].pop("fonts/serif.ttf")
    path.write_text(json.dumps(record), "utf-8")
    return workspace


def test_repair_names_an_unreadable_last_filing_and_what_would_be_lost(tmp_path: Path) -> None:
    workspace = jammed(tmp_path)
    before = sorted(path for path in tmp_path.rglob("*"))
    told = run_bulletin("--language", "en", "archive", "repair", cwd=tmp_path)
    assert told.returncode == 1
    assert "E212" in told.stdout
    assert f"bulletin-{ISSUES[2]}.pdf" in told.stdout
    assert f"--confirm {ISSUES[2]}/1" in told.stdout
    assert sorted(path for path in tmp_path.rglob("*") if ".lock" not in path.name) == before
    with pytest.raises(ArchiveError, match="E212"):
        _ = Shelf(workspace).filings


def test_repair_takes_it_away_when_confirmed_and_the_archive_is_open_again(tmp_path: Path) -> None:
    workspace = jammed(tmp_path)
    files = {path.name: path.read_bytes() for path in (workspace.issues / ISSUES[2] / "filed/1").iterdir()}
    taken = run_bulletin("archive", "repair", "--confirm", f"{ISSUES[2]}/1", cwd=tmp_path)
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert [filing.issue for filing in Shelf(workspace).filings] == list(ISSUES[:2])
    aside = tmp_path / "taken-away" / f"{ISSUES[2]}-1"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == files
    assert run_bulletin("archive", "list", cwd=tmp_path).returncode == 0
    assert filed(workspace, material(ISSUES[2]))[0].filing == 1


def test_repair_leaves_a_filing_that_others_follow(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    path = workspace.issues / ISSUES[1] / "filed/1" / RECORD
    path.chmod(0o644)
    path.write_bytes(b"{}")
    told = run_bulletin("archive", "repair", "--confirm", f"{ISSUES[1]}/1", cwd=tmp_path)
    assert told.returncode == 1
    assert "E222" in told.stdout + told.stderr
    assert path.exists()


def test_repair_of_a_sound_archive_takes_nothing_away(tmp_path: Path) -> None:
    archive(tmp_path)
    assert run_bulletin("archive", "repair", cwd=tmp_path).returncode == 0
    told = run_bulletin("archive", "repair", "--confirm", f"{ISSUES[2]}/1", cwd=tmp_path)
    assert told.returncode == 1
    assert "E221" in told.stdout + told.stderr
    assert len(Shelf(Workspace(tmp_path)).filings) == 3
