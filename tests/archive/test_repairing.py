"""A last filing that cannot be read is taken out of the way, whole; one that others stand on is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.archive.filing_record import RECORD, FiledCorrection
from pipeline.archive.repairing import TAKEN_AWAY, put_in_order, take_away, unreadable_filings
from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.findings.finding import ArchiveError
from tests.support.shelves import FILED_ON, ISSUES, archive, filed, material

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

LAST = f"{ISSUES[-1]}/1"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return archive(tmp_path / "w")


def spoilt(workspace: Workspace, name: str) -> None:
    """Make the record of a filing unreadable."""
    path = Shelf(workspace).folder(name) / RECORD
    path.chmod(0o644)
    path.write_bytes(b"{ no record")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_in_a_sound_archive_nothing_is_unreadable(workspace: Workspace) -> None:
    assert unreadable_filings(Shelf(workspace)) == []


def test_the_last_filing_is_named_with_what_it_holds(workspace: Workspace) -> None:
    spoilt(workspace, LAST)
    (filing,) = unreadable_filings(Shelf(workspace))
    folder = Shelf(workspace).folder(LAST)
    assert (filing.name, filing.problem.code, filing.last_day) == (LAST, "E212", FILED_ON.isoformat())
    assert filing.files == {name: len(data) for name, data in contents(folder).items()}
    assert f"bulletin-{ISSUES[-1]}.pdf" in filing.files


def test_it_is_moved_whole_and_the_archive_is_sound_again(workspace: Workspace) -> None:
    spoilt(workspace, LAST)
    shelf = Shelf(workspace)
    before = contents(shelf.folder(LAST))
    moved = take_away(unreadable_filings(shelf)[0], shelf)
    put_in_order(Shelf(workspace))
    assert moved == workspace.root / TAKEN_AWAY / LAST.replace("/", "-")
    assert contents(moved) == before
    after = verify(Shelf(workspace))
    # The sources that it alone had stay, and are told as unused.
    assert ({finding.code for finding in after.findings}, after.filings) == ({"W202"}, len(ISSUES) - 1)
    filed(workspace, material(ISSUES[-1]))
    assert [each.name for each in Shelf(workspace).filings][-1] == LAST


def test_what_was_taken_away_before_is_not_written_over(workspace: Workspace) -> None:
    for _ in range(3):
        spoilt(workspace, LAST)
        take_away(unreadable_filings(Shelf(workspace))[0], Shelf(workspace))
        put_in_order(Shelf(workspace))
        filed(workspace, material(ISSUES[-1]))
    stem = LAST.replace("/", "-")
    taken = sorted(path.name for path in (workspace.root / TAKEN_AWAY).iterdir())
    assert taken == [stem, f"{stem}-2", f"{stem}-3"]


@pytest.mark.parametrize("name", [f"{ISSUES[0]}/1", f"{ISSUES[1]}/1"])
def test_a_filing_that_another_stands_on_is_refused(workspace: Workspace, name: str) -> None:
    spoilt(workspace, name)
    with pytest.raises(ArchiveError) as raised:
        unreadable_filings(Shelf(workspace))
    (finding,) = raised.value.findings
    following = {f"{ISSUES[0]}/1": f"{ISSUES[1]}/1", f"{ISSUES[1]}/1": LAST}[name]
    assert (finding.code, dict(finding.values)["filing"], dict(finding.values)["next"]) == (
        "E222",
        name,
        following,
    )


def test_a_filing_that_a_correction_mends_is_refused(workspace: Workspace) -> None:
    correction = FiledCorrection(of=1, text="Датата беше грешна.")
    filed(workspace, material(ISSUES[0], "поправен текст", correction))
    spoilt(workspace, f"{ISSUES[0]}/2")
    (last,) = unreadable_filings(Shelf(workspace))
    assert last.name == f"{ISSUES[0]}/2"
    take_away(last, Shelf(workspace))
    spoilt(workspace, LAST)
    assert [each.name for each in unreadable_filings(Shelf(workspace))] == [LAST]
