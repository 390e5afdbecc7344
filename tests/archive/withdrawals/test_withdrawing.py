"""A withdrawal: what went is gone, its record is in the chain, and it is whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.filing_record import FiledCorrection, hash_of
from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.archive.withdrawal_record import as_record, from_record
from pipeline.archive.withdrawing import Change, WithdrawalContent, complete_withdrawals, store_withdrawal
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError, errors
from tests.conftest import REPOSITORY
from tests.support.shelves import FILED_ON, ISSUES, archive, filed, material

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = f"issues/{ISSUES[1]}/article.md"
PDF = f"bulletin-{ISSUES[1]}.pdf"
NEW_PDF = b"%PDF without it"
NEW_TEXT = "изтеглено".encode()


def withdraw_article(workspace: Workspace, text: bytes = NEW_TEXT, pdf: bytes = NEW_PDF) -> None:
    """Withdraw the article of the second issue, and what was made of it."""
    shelf = Shelf(workspace)
    filing = next(each for each in shelf.filings if each.issue == ISSUES[1])
    changes = (
        Change(filing.sources[ARTICLE], text, f"{filing.name}/{ARTICLE}", is_source=True),
        Change(filing.files[PDF], pdf, f"{filing.name}/{PDF}", is_source=False),
    )
    content = WithdrawalContent(
        "по искане",
        (f"{ISSUES[1]}/article.md",),
        changes,
        {filing.name: {PDF: 9}},
        {"a.py": "1" * 64},
        {"x": "2"},
    )
    store_withdrawal(content, shelf, FILED_ON)


def codes(workspace: Workspace) -> list[str]:
    return [finding.code for finding in verify(Shelf(workspace)).findings]


def test_what_was_withdrawn_is_gone_and_verify_says_so_and_nothing_worse(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    before = Shelf(workspace).filings[1]
    withdraw_article(workspace)
    shelf = Shelf(workspace)
    now = shelf.filings[1]
    assert shelf.source(now, ARTICLE) == NEW_TEXT
    assert shelf.file(now, PDF) == NEW_PDF
    assert (shelf.folder(now.name) / PDF).read_bytes() == NEW_PDF
    assert now.pages[PDF] == 9
    gone = {before.sources[ARTICLE].sha256, before.files[PDF].sha256}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and hash_of(path.read_bytes()) in gone]
    findings = verify(shelf).findings
    assert [finding.code for finding in findings] == ["W204"]
    assert {"reason": "по искане", "day": FILED_ON.isoformat()}.items() <= dict(findings[0].values).items()
    record = (shelf.withdrawn / "1" / "withdrawal.json").read_text("utf-8")
    assert all(sha256 in record for sha256 in gone)


def test_only_the_state_of_the_filing_it_touches_changes(tmp_path: Path) -> None:
    workspace = archive(tmp_path)

    def states() -> list[str]:
        shelf = Shelf(workspace)
        return [shelf.state(filing) for filing in shelf.filings]

    before = states()
    withdraw_article(workspace)
    assert [now == then for now, then in zip(states(), before, strict=True)] == [True, False, True]


def test_a_source_that_another_filing_needs_stays(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    filed(workspace, material(ISSUES[1], f"текст {ISSUES[1]}", FiledCorrection(1, "Поправено.")))
    withdraw_article(workspace)
    shelf = Shelf(workspace)
    assert shelf.source(shelf.read(f"{ISSUES[1]}/2"), ARTICLE) == f"текст {ISSUES[1]}".encode()
    assert codes(workspace) == ["W204"]


def test_the_chain_goes_on_and_finds_a_withdrawal_that_is_missing_or_changed(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    withdraw_article(workspace)
    withdraw_article(workspace, b"other", b"%PDF again")
    filed(workspace, material(ISSUES[0], "нов", FiledCorrection(1, "Поправено.")))
    assert codes(workspace) == ["W204", "W204"]
    index = (workspace.issues / "archive.txt").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in index[3:]] == [
        *(f"{issue}/1" for issue in ISSUES), "withdrawn/1", "withdrawn/2", f"{ISSUES[0]}/2",
    ]  # fmt: skip
    second = workspace.issues / "withdrawn" / "2"
    kept = tmp_path / "kept"
    second.rename(kept)
    assert "E218" in codes(workspace)
    kept.rename(second)
    record = second / "withdrawal.json"
    record.chmod(0o644)
    record.write_text(record.read_text("utf-8").replace("по искане", "друго"), "utf-8")
    assert [finding.code for finding in errors(verify(Shelf(workspace)).findings)] == ["E217"]
    with pytest.raises(ArchiveError):
        _ = Shelf(workspace).filings


def test_a_forged_withdrawal_is_found_by_the_next_one(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    withdraw_article(workspace)
    withdraw_article(workspace, b"other", b"%PDF again")
    path = workspace.issues / "withdrawn" / "1" / "withdrawal.json"
    forged = replace(from_record(path.read_bytes(), 1), reason="друго")
    path.chmod(0o644)
    path.write_bytes(as_record(forged))
    assert {"E218", "E214"} <= set(codes(workspace))


def test_a_file_taken_away_without_a_record_is_still_missing(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    withdraw_article(workspace)
    (Shelf(workspace).folder(f"{ISSUES[2]}/1") / f"bulletin-{ISSUES[2]}.pdf").unlink()
    assert [finding.code for finding in errors(verify(Shelf(workspace)).findings)] == ["E210"]
    stand_in = next(path for path in (workspace.issues / "withdrawn" / "1" / "sources").iterdir())
    stand_in.unlink()
    assert [finding.code for finding in errors(verify(Shelf(workspace)).findings)] == ["E210", "E210"]


def test_a_record_written_before_there_were_withdrawals_is_the_same_to_the_byte(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    assert b"withdrawal" not in Shelf(workspace).record(f"{ISSUES[0]}/1")


@pytest.mark.parametrize("first", range(6))
def test_killed_at_any_moment_the_old_or_the_new_state_is_there_and_goes_on(
    tmp_path: Path, first: int
) -> None:
    root = tmp_path / "w"
    archive(root)
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from pipeline.files.workspace import Workspace
        from tests.archive.withdrawals.test_withdrawing import withdraw_article
        left = int(sys.argv[2])
        for name in ("fsync", "rename", "replace", "chmod", "unlink", "rmdir"):
            def counted(*given, _real=getattr(os, name), **named):
                global left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return _real(*given, **named)
            setattr(os, name, counted)
        withdraw_article(Workspace(Path(sys.argv[1])))
        """
    )
    old = Shelf(Workspace(root)).file(Shelf(Workspace(root)).filings[1], PDF)
    states = set()
    for moment in range(first, 100, 6):
        workspace = Workspace(tmp_path / f"w{moment}")
        shutil.copytree(root, workspace.root)
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(
            [sys.executable, "-c", script, str(workspace.root), str(moment)], env=environment, check=False
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        shelf = Shelf(workspace)
        is_new = bool(shelf.withdrawals)
        states.add("new" if is_new else "old")
        filing = shelf.filings[1]
        assert shelf.file(filing, PDF) == (NEW_PDF if is_new else old)
        assert (shelf.source(filing, ARTICLE) == NEW_TEXT) is is_new
        assert {finding.code for finding in verify(shelf).findings} <= {"W200", "W202", "W203", "W204"}
        if is_new:
            complete_withdrawals(Shelf(workspace))
        else:
            withdraw_article(workspace)
        assert codes(workspace) == ["W204"], moment
        assert (Shelf(workspace).folder(filing.name) / PDF).read_bytes() == NEW_PDF
        shutil.rmtree(workspace.root)
    assert "new" in states
    assert moment > 10
