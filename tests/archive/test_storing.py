"""A filing is stored whole, for good, and once, whenever the machine stops."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.chain import in_chain
from pipeline.archive.filing_record import (
    FiledCorrection,
    Filing,
    PreviousFiling,
    StoredFile,
    as_record,
    from_record,
    hash_of,
)
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import UNFINISHED
from pipeline.archive.verifying import verify
from pipeline.desk.archive.filing import file_issue
from pipeline.files.lock import lock_of
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.paths import GOOD
from tests.support.shelves import FILED_ON, ISSUES, archive, empty, filed, material

if TYPE_CHECKING:
    from pathlib import Path

SHA = st.text("0123456789abcdef", min_size=64, max_size=64)
# Windows keeps names such as "prn.pdf" for devices.
NAMES = st.from_regex(
    r"(?!(con|prn|aux|nul|com\d|lpt\d)\.)[a-z][a-z0-9-]{0,12}\.(pdf|txt|png)", fullmatch=True
)
KEPT = st.builds(StoredFile, SHA, st.integers(0, 10**12))
FILINGS = st.builds(
    Filing,
    issue=st.dates(dt.date(1000, 1, 1)).map(str),
    filing=st.integers(1, 99),
    number=st.integers(1, 9999),
    title=st.text(),
    publication=st.text(),
    languages=st.lists(st.sampled_from(["bg", "en", "ru"]), min_size=1, unique=True).map(tuple),
    filed=st.dates(),
    correction=st.none() | st.builds(FiledCorrection, st.integers(1, 9), st.text()),
    previous=st.none() | st.builds(PreviousFiling, st.just("2023-06-30/1"), SHA),
    pages=st.dictionaries(NAMES, st.integers(1, 999)),
    files=st.dictionaries(NAMES, KEPT),
    sources=st.dictionaries(NAMES.map(lambda name: f"issues/{name}"), KEPT),
    program=st.dictionaries(NAMES, SHA),
    versions=st.dictionaries(NAMES, st.text()),
)


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@given(FILINGS)
def test_a_record_reads_back_as_the_filing(filing: Filing) -> None:
    assert from_record(as_record(filing)) == filing


@given(FILINGS, st.data())
def test_a_record_with_one_changed_byte_is_refused(filing: Filing, data: st.DataObject) -> None:
    record = bytearray(as_record(filing))
    at = data.draw(st.integers(0, len(record) - 1))
    record[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match=r"\w"):
        from_record(bytes(record))


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "issues/../../x", "elsewhere/x", "issues"])
def test_a_record_names_nothing_outside_a_workspace(path: str, tmp_path: Path) -> None:
    filing = filed(empty(tmp_path), material(ISSUES[0]))[0]
    record = json.loads(as_record(filing))
    del record["seal"]
    record["sources"][path] = record["sources"].pop("fonts/serif.ttf")
    plain = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    sealed = (json.dumps(record | {"seal": hash_of(plain)}, ensure_ascii=False, indent=1) + "\n").encode()
    with pytest.raises(ValueError, match=path.replace(".", r"\.")):
        from_record(sealed)


def test_each_source_is_stored_once_in_the_whole_archive(tmp_path: Path) -> None:
    shelf = Shelf(archive(tmp_path))
    stored = list(tmp_path.rglob("filed/sources/*"))
    assert len(stored) == len({path.name for path in stored}) == 2 + len(ISSUES)
    for filing in shelf.filings:
        sources = shelf.sources(filing)
        assert sources["fonts/serif.ttf"].startswith(b"\0\1")
        assert sources[f"issues/{filing.issue}/article.md"].decode() == f"текст {filing.issue}"


def test_the_filings_are_a_chain_in_the_order_they_were_filed(tmp_path: Path) -> None:
    workspace = empty(tmp_path)
    filed(workspace, material(ISSUES[2]), material(ISSUES[0]), material(ISSUES[1]))
    filings = Shelf(workspace).filings
    assert [filing.issue for filing in filings] == [ISSUES[2], ISSUES[0], ISSUES[1]]
    assert filings[0].previous is None
    for before, after in itertools.pairwise(filings):
        assert after.previous == PreviousFiling(before.name, hash_of(Shelf(workspace).record(before.name)))
    assert in_chain(reversed(filings)) == list(filings)


def test_the_index_has_a_line_for_each_filing(tmp_path: Path) -> None:
    shelf = Shelf(archive(tmp_path))
    lines = [line for line in shelf.index.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line.split("  ")[:4] for line in lines] == [
        ["2023-06-30/1", "2024-01-05", "6", "bg,en"],
        ["2023-12-20/1", "2024-01-05", "12", "bg,en"],
        ["2024-03-01/1", "2024-01-05", "3", "bg,en"],
    ]
    assert all(line.endswith(f"Брой от {issue}") for line, issue in zip(lines, ISSUES, strict=True))


def test_filing_again_never_overwrites(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    before = files_of(tmp_path)
    corrected = material(ISSUES[1], "поправен текст", FiledCorrection(1, "Сумата беше сгрешена."))
    filed(workspace, corrected)
    after = files_of(tmp_path)
    index = "issues/archive.txt"
    assert {name for name, data in before.items() if after[name] != data} == {index}
    assert after[index].startswith(before[index])
    newest = Shelf(workspace).newest()
    assert [filing.name for filing in newest] == ["2023-06-30/1", "2023-12-20/2", "2024-03-01/1"]
    assert newest[1].correction == FiledCorrection(1, "Сумата беше сгрешена.")


def test_filed_files_are_read_only(tmp_path: Path) -> None:
    archive(tmp_path)
    stored = [path for path in tmp_path.rglob("filed/*/*") if path.is_file()]
    assert stored
    assert {path.stat().st_mode & 0o777 for path in stored} == {0o444}


def test_files_of_the_archive_are_never_inputs(tmp_path: Path) -> None:
    workspace = empty(tmp_path)
    folder = workspace.issues / ISSUES[0]
    before = lock_of(folder, tmp_path, [], [])
    filed(workspace, material(ISSUES[0]), material(ISSUES[1]))
    assert lock_of(folder, tmp_path, [], []) == before


def test_a_filing_interrupted_at_any_file_leaves_the_archive_intact(tmp_path: Path) -> None:
    root = tmp_path / "w"
    archive(root)
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from pipeline.archive.filing_record import FiledCorrection
        from pipeline.files.workspace import Workspace
        from tests.support.shelves import filed, material
        left = int(sys.argv[2])
        for name in ("fsync", "rename", "replace", "chmod"):
            def counted(*given, _real=getattr(os, name), **named):
                global left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return _real(*given, **named)
            setattr(os, name, counted)
        correction = FiledCorrection(1, "Поправено.")
        filed(Workspace(Path(sys.argv[1])), material("2023-12-20", "поправен", correction))
        """
    )
    killed = 0
    for moment in range(200):
        workspace = tmp_path / f"w{moment}"
        shutil.copytree(root, workspace)
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(
            [sys.executable, "-c", script, str(workspace), str(moment)], env=environment, check=False
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        killed += 1
        shelf = Shelf(Workspace(workspace))
        found = verify(shelf).findings
        assert {finding.code for finding in found} <= {"W200", "W202"}
        assert len(shelf.filings) in {len(ISSUES), len(ISSUES) + 1}
        if len(shelf.filings) == len(ISSUES):
            filed(Workspace(workspace), material(ISSUES[1], "поправен", FiledCorrection(1, "Поправено.")))
            again = Shelf(Workspace(workspace))
            assert len(again.filings) == len(ISSUES) + 1
            assert not verify(again).findings
        shutil.rmtree(workspace)
    assert killed > 10


def test_an_unfinished_folder_is_no_filing_and_is_deleted(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    left = workspace.issues / ISSUES[0] / "filed" / f"{UNFINISHED}x1"
    left.mkdir()
    (left / "filing.json").write_bytes(Shelf(workspace).record("2023-06-30/1"))
    assert [finding.code for finding in verify(Shelf(workspace)).findings] == ["W202"]
    assert len(Shelf(workspace).filings) == len(ISSUES)
    filed(workspace, material(ISSUES[0], "нов", FiledCorrection(1, "Поправка.")))
    assert not left.exists()


@pytest.fixture
def good(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    return Workspace(tmp_path / "w")


@pytest.fixture(scope="module")
def filed_by_command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose issue was filed by the command."""
    root = tmp_path_factory.mktemp("filed") / "w"
    shutil.copytree(GOOD, root)
    answer = run_bulletin("archive", "file", "2", "--language", "en", cwd=root)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "issues/2023-12-20/filed/1: filed\n"
    return root


@pytest.fixture
def filed_issue(filed_by_command: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(filed_by_command, tmp_path / "w")
    return Workspace(tmp_path / "w")


def test_an_issue_is_filed_in_all_editions_with_all_its_sources(filed_by_command: Path) -> None:
    (filing,) = Shelf(Workspace(filed_by_command)).filings
    assert {
        "bulletin-2023-12-20.pdf",
        "bulletin-2023-12-20-press.pdf",
        "bulletin-2023-12-20-archive.pdf",
    } == {name for name in filing.files if name.endswith(".pdf")}
    assert {
        "issues/publication.yaml",
        "issues/2023-12-20/tower.md",
        "styles/knowledge-city/1/style.toml",
    } <= (filing.sources.keys())
    assert any(path.endswith(".ttf") for path in filing.sources)


def test_filing_an_issue_again_changes_nothing(filed_issue: Workspace) -> None:
    before = files_of(filed_issue.root)
    again = file_issue(filed_issue.choose_issue("2"), filed_issue, dt.date(2031, 1, 1))
    assert not again.is_new
    assert files_of(filed_issue.root) == before
    assert run_bulletin("archive", "verify", cwd=filed_issue.root).returncode == 0
    listed = run_bulletin("archive", "list", "--language", "en", cwd=filed_issue.root).stdout
    assert "2023-12-20/1" in listed
    assert "Проекти и инициативи" in listed


def test_a_changed_issue_is_filed_only_as_a_correction_of_the_last_filing(
    filed_issue: Workspace,
) -> None:
    before = files_of(filed_issue.root)
    folder = filed_issue.choose_issue("2")
    article = folder / "tower.md"
    article.write_text(article.read_text("utf-8") + "\nИ още едно изречение.\n", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        file_issue(folder, filed_issue, FILED_ON)
    assert [(f.code, dict(f.values)["names"]) for f in refused.value.findings] == [
        ("E200", "issues/2023-12-20/tower.md")
    ]
    plan = folder / "issue.yaml"
    whole = plan.read_text("utf-8")
    plan.write_text(whole + "correction: {of: 2, text: Добавено е изречение.}\n", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        file_issue(folder, filed_issue, FILED_ON)
    assert [f.code for f in refused.value.findings] == ["E201"]
    plan.write_text(whole + "correction: {of: 1, text: Добавено е изречение.}\n", "utf-8")
    second = file_issue(folder, filed_issue, FILED_ON).filing
    assert second.name == "2023-12-20/2"
    assert second.correction == FiledCorrection(1, "Добавено е изречение.")
    now = files_of(filed_issue.root)
    assert {name: now[name] for name in before if "/filed/" in name} == {
        name: data for name, data in before.items() if "/filed/" in name
    }


def test_a_correction_of_an_issue_never_filed_is_refused(good: Workspace) -> None:
    plan = good.issues / "2023-12-20" / "issue.yaml"
    plan.write_text(plan.read_text("utf-8") + "correction: {of: 1, text: Сгрешена дата.}\n", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        file_issue(good.choose_issue(), good, FILED_ON)
    assert [finding.code for finding in refused.value.findings] == ["E202"]
    assert not Shelf(good).filings


def test_an_issue_with_errors_is_not_filed(good: Workspace) -> None:
    (good.issues / "2023-12-20" / "tower.md").write_text("---\nkind: \n---\n", "utf-8")
    run = run_bulletin("archive", "file", "2", cwd=good.root)
    assert run.returncode == 1
    assert not list(good.root.rglob("filed"))


def test_filing_requires_the_issue(good: Workspace) -> None:
    run = run_bulletin("archive", "file", cwd=good.root)
    assert run.returncode == 2


def test_an_issue_that_is_not_filed_is_reported_with_those_that_are(tmp_path: Path) -> None:
    shelf = Shelf(archive(tmp_path))
    with pytest.raises(ArchiveError) as refused:
        shelf.filings_of("2025-01-01")
    (finding,) = refused.value.findings
    assert finding.code == "E203"
    assert "2023-12-20 (12)" in dict(finding.values)["known"]


def test_a_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    record = Shelf(workspace).folder("2023-12-20/1") / "filing.json"
    record.chmod(0o644)
    record.write_bytes(b"{}")
    with pytest.raises(ArchiveError) as refused:
        _ = Shelf(workspace).filings
    assert [finding.code for finding in refused.value.findings] == ["E212"]
    assert [finding.code for finding in verify(Shelf(workspace)).findings] == ["E212"]
