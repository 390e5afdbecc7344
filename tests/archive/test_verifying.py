"""One flipped bit anywhere in the archive is reported with the issue and the file."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from tests.conftest import run_bulletin
from tests.support.shelves import ISSUES, archive, empty, filed, material

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return archive(tmp_path / "w")


def flipped(path: Path, at: int, bit: int = 0) -> bytes:
    """Change one bit of a file; return its former content."""
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[at] ^= 1 << bit
    path.chmod(0o644)
    path.write_bytes(bytes(changed))
    return whole


def kept_files(workspace: Workspace) -> list[Path]:
    stored = [path for path in workspace.issues.rglob("filed/**/*") if path.is_file()]
    return sorted(stored)


def found(workspace: Workspace) -> tuple[Finding, ...]:
    return verify(Shelf(workspace)).findings


def test_an_archive_as_it_was_filed_has_no_finding(workspace: Workspace) -> None:
    verified = verify(Shelf(workspace))
    assert verified.findings == ()
    assert verified.filings == len(ISSUES)
    assert verified.files == len(kept_files(workspace))


def test_a_flipped_byte_in_any_file_names_the_issue_and_the_file(workspace: Workspace) -> None:
    chance = random.Random(4)
    shelf = Shelf(workspace)
    for path in kept_files(workspace):
        size = path.stat().st_size
        for at in {0, size - 1, *(chance.randrange(size) for _ in range(3))}:
            whole = flipped(path, at, chance.randrange(8))
            named = [
                finding
                for finding in found(workspace)
                if finding.place and finding.place.path == shelf.named(path)
            ]
            assert [finding.code[0] for finding in named] == ["E"], (path, at)
            filings = dict(named[0].values)["filing"].split(", ")
            assert path.parts[path.parts.index("issues") + 1] in {name.split("/")[0] for name in filings}
            path.write_bytes(whole)
    assert not found(workspace)


def test_a_flipped_byte_anywhere_in_the_index_is_named(workspace: Workspace) -> None:
    index = Shelf(workspace).index
    for at in range(0, index.stat().st_size, 5):
        whole = flipped(index, at)
        places = {finding.place.path for finding in found(workspace) if finding.place}
        assert places == {"issues/archive.txt"}, at
        assert any(finding.code in {"E214", "E216"} for finding in found(workspace)), at
        index.write_bytes(whole)


def test_a_damaged_shared_source_names_every_filing_that_needs_it(workspace: Workspace) -> None:
    shelf = Shelf(workspace)
    face = shelf.source_path(ISSUES[0], shelf.filings[0].sources["fonts/serif.ttf"].sha256)
    flipped(face, 3)
    (finding,) = found(workspace)
    assert finding.code == "E211"
    assert dict(finding.values)["filing"] == "2023-06-30/1, 2023-12-20/1, 2024-03-01/1"


def test_a_missing_file_is_named(workspace: Workspace) -> None:
    path = workspace.issues / ISSUES[1] / "filed" / "1" / f"bulletin-{ISSUES[1]}.en.pdf"
    path.unlink()
    (finding,) = found(workspace)
    assert finding.code == "E210"
    assert finding.place is not None
    assert finding.place.path.endswith("/1/bulletin-2023-12-20.en.pdf")


def test_a_file_that_was_not_filed_is_named(workspace: Workspace) -> None:
    (workspace.issues / ISSUES[1] / "filed" / "1" / "bulletin-new.pdf").write_bytes(b"%PDF")
    assert [finding.code for finding in found(workspace)] == ["E215"]


def test_a_filing_removed_from_the_middle_breaks_the_chain(workspace: Workspace) -> None:
    shutil.rmtree(workspace.issues / ISSUES[1] / "filed" / "1")
    codes = {finding.code for finding in found(workspace)}
    assert {"E210", "E213"} <= codes


def test_a_removed_last_filing_is_found_by_the_index(workspace: Workspace) -> None:
    shutil.rmtree(workspace.issues / ISSUES[2] / "filed")
    findings = found(workspace)
    assert [(finding.code, dict(finding.values)["filing"]) for finding in findings] == [
        ("E210", "2024-03-01/1")
    ]


def test_a_rewritten_record_is_found_by_the_one_that_follows(workspace: Workspace, tmp_path: Path) -> None:
    forged = archive_with_other_text(tmp_path / "forged")
    own = workspace.issues / ISSUES[0] / "filed"
    shutil.rmtree(own / "1")
    shutil.copytree(forged.issues / ISSUES[0] / "filed", own, dirs_exist_ok=True)
    codes = {finding.code for finding in found(workspace) if finding.code.startswith("E")}
    assert {"E213", "E214"} <= codes


def archive_with_other_text(root: Path) -> Workspace:
    workspace = empty(root)
    filed(workspace, material(ISSUES[0], "подправен текст"))
    return workspace


def test_two_archives_that_were_merged_are_reported(workspace: Workspace, tmp_path: Path) -> None:
    other = archive(tmp_path / "other")
    shutil.rmtree(other.issues / ISSUES[2] / "filed")
    extra = "2024-06-01"
    (other.issues / extra).mkdir()
    filed(other, material(extra))
    shutil.copytree(other.issues / extra, workspace.issues / extra)
    assert "W201" in {finding.code for finding in found(workspace)}


def test_verify_ends_with_one_where_something_is_damaged(workspace: Workspace) -> None:
    whole = run_bulletin("archive", "verify", "--language", "bg", cwd=workspace.root)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    flipped(workspace.issues / ISSUES[0] / "filed" / "1" / f"bulletin-{ISSUES[0]}.pdf", 2)
    run = run_bulletin("archive", "verify", "--language", "en", cwd=workspace.root)
    assert run.returncode == 1
    assert "issues/2023-06-30/filed/1/bulletin-2023-06-30.pdf" in run.stdout
    assert "2023-06-30/1" in run.stdout
