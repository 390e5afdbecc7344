"""`archive withdraw`: a picture or an article goes out of sources, PDFs, mail, site, feed and search."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipeline.archive.comparing.comparison import Verdict
from pipeline.archive.filing_record import hash_of
from pipeline.archive.search.catalogue import Catalogue
from pipeline.archive.search.query import parse_query, search
from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.archive.withdrawal_record import METADATA
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.archive.rebuilding import _job, rebuild_filing
from pipeline.desk.archive.restoring import restore_from
from pipeline.desk.archive.site_publishing import publish
from pipeline.desk.archive.withdrawing import plan_withdrawal, withdraw
from pipeline.desk.intake.checking import check
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError, errors
from pipeline.models.editions import ARCHIVE
from tests.desk.pictures import photographs
from tests.desk.pictures.photographs import ISSUE, LATER, OWN, SHARED, TODAY

if TYPE_CHECKING:
    from pathlib import Path

ON = dt.date(2026, 7, 1)
SAID = re.compile("withdrawn|изтеглен|Изтеглен", re.IGNORECASE)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return photographs.filed_workspace(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def picture_withdrawn(filed: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("picture") / "w"
    shutil.copytree(filed, root)
    assert withdraw(Workspace(root), f"{ISSUE}/{SHARED}", "без съгласие", ON, 2) is not None
    return Workspace(root)


@pytest.fixture(scope="module")
def article_withdrawn(filed: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("article") / "w"
    shutil.copytree(filed, root)
    assert withdraw(Workspace(root), f"{ISSUE}/tree.md", "по искане на Йоана", ON, 1) is not None
    return Workspace(root)


def everything(folder: Path) -> str:
    """Return all words and all packed bytes of a folder's files, read with no code of the program."""
    words = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        words.append(data.decode("utf-8", "ignore"))
        if data[:5] == b"%PDF-":
            with pikepdf.open(io.BytesIO(data)) as pdf:
                streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
                words += [_bytes(each).decode("utf-8", "ignore") for each in streams]
                for name, attached in pdf.attachments.items():
                    words += [name, attached.get_file().read_bytes().decode("utf-8", "ignore")]
    return "\n".join(words)


def _bytes(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def stored_hashes(folder: Path) -> set[str]:
    """Return the hashes of all files of a folder and of all that is attached to its PDFs."""
    hashes = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        hashes.add(hash_of(data))
        if data[:5] == b"%PDF-":
            with pikepdf.open(io.BytesIO(data)) as pdf:
                hashes |= {hash_of(each.get_file().read_bytes()) for each in pdf.attachments.values()}
    return hashes


def filed_folders(workspace: Workspace) -> list[Path]:
    return [
        workspace.issues / ISSUE / "filed",
        workspace.issues / LATER / "filed",
        workspace.issues / "withdrawn",
    ]


def test_a_picture_of_several_issues_is_gone_from_all_of_them(picture_withdrawn: Workspace) -> None:
    gone = hash_of((picture_withdrawn.issues / ISSUE / SHARED).read_bytes())
    for folder in filed_folders(picture_withdrawn):
        assert gone not in stored_hashes(folder)
        assert "Мария" not in everything(folder)
    record = (picture_withdrawn.issues / "withdrawn" / "1" / "withdrawal.json").read_text("utf-8")
    assert gone in record
    assert "без съгласие" in record
    assert "2026-07-01" in record


def test_verify_says_withdrawn_and_nothing_is_broken(picture_withdrawn: Workspace) -> None:
    findings = verify(Shelf(picture_withdrawn)).findings
    assert [finding.code for finding in findings] == ["W204"]
    assert not errors(findings)


def test_what_is_made_of_it_says_where_something_is_missing(
    picture_withdrawn: Workspace, tmp_path: Path
) -> None:
    shelf = Shelf(picture_withdrawn)
    publish(shelf, tmp_path / "site")
    site = everything(tmp_path / "site")
    assert "Мария" not in site
    assert SAID.search(site)
    for filing in shelf.filings:
        mail = next(name for name in filing.files if name.endswith("-mail.html"))
        assert "Мария" not in shelf.file(filing, mail).decode()
        restored = tmp_path / filing.issue
        restore_from(shelf.path(filing, filing.pdf(ARCHIVE.suffix)), "x.pdf", restored)
        assert "Мария" not in everything(restored)
        assert SAID.search((restored / "issues" / filing.issue / "garden.md").read_text("utf-8"))
        workspace = Workspace(restored)
        assert not errors(check(workspace.issues / filing.issue, workspace, spelling=False))


def test_it_is_rebuilt_as_it_stands_now(picture_withdrawn: Workspace) -> None:
    shelf = Shelf(picture_withdrawn)
    job = _job(shelf.filings[1], shelf, from_workspace=False, fresh=True)
    assert rebuild_filing(job).verdict is Verdict.IDENTICAL


def test_the_search_forgets_what_was_withdrawn(article_withdrawn: Workspace) -> None:
    shelf = Shelf(article_withdrawn)
    hits = search(Catalogue(shelf), shelf.filings, parse_query("Стоянова"))
    assert {hit.filing.name for hit in hits} == {f"{LATER}/1"}


def test_an_article_goes_in_every_language_with_the_pictures_that_only_it_shows(
    article_withdrawn: Workspace, tmp_path: Path
) -> None:
    tree = hash_of((article_withdrawn.issues / ISSUE / OWN).read_bytes())
    folder = article_withdrawn.issues / ISSUE / "filed"
    held = everything(folder)
    assert not re.search("Йоана|Yoana|Стоянова|Stoyanova", held)
    assert tree not in stored_hashes(folder)
    assert "Мария" in held
    assert SAID.search(held)
    assert [finding.code for finding in verify(Shelf(article_withdrawn)).findings] == ["W204"]
    publish(Shelf(article_withdrawn), tmp_path / "site")
    page = next(path for path in (tmp_path / "site").rglob("*.html") if ISSUE in str(path))
    assert "Йоана" not in page.read_text("utf-8")
    # The other issue has an article of its own on the same: it was not named, and stays.
    assert "Йоана" in everything(article_withdrawn.issues / LATER / "filed")


def test_nothing_is_done_without_the_right_number_and_twice_is_once(
    picture_withdrawn: Workspace, filed: Path
) -> None:
    workspace = Workspace(filed)
    before = stored_hashes(workspace.issues)
    plan = plan_withdrawal(Shelf(workspace), f"issues/{ISSUE}/{SHARED}", ON)
    assert [filing.issue for filing in plan.filings] == [ISSUE, LATER]
    with pytest.raises(ArchiveError) as refused:
        withdraw(workspace, f"{ISSUE}/{SHARED}", "x", ON, 1)
    assert [each.code for each in refused.value.findings] == ["E207"]
    with pytest.raises(ArchiveError) as unknown:
        withdraw(workspace, f"{ISSUE}/images/nobody.jpg", "x", ON, 1)
    assert [each.code for each in unknown.value.findings] == ["E205"]
    assert stored_hashes(workspace.issues) == before
    assert withdraw(picture_withdrawn, f"{ISSUE}/{SHARED}", "again", ON, 2) is None


def test_what_was_withdrawn_is_not_filed_again(picture_withdrawn: Workspace, tmp_path: Path) -> None:
    shutil.copytree(picture_withdrawn.root, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    folder = workspace.issues / LATER
    issue = folder / "issue.yaml"
    issue.write_text(issue.read_text("utf-8") + "correction: {of: 1, text: Поправка.}\n", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        file_issue(folder, workspace, ON)
    assert {each.code for each in refused.value.findings} == {"E204"}
    assert [each.code for each in errors(check(folder, workspace, spelling=False))] == ["E204"]
    assert f"{LATER}/{SHARED}" in {dict(each.values)["name"] for each in refused.value.findings}


def test_what_a_build_cannot_do_without_is_not_withdrawn(
    filed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.desk.archive import withdrawing  # noqa: PLC0415
    from pipeline.findings.finding import PressError, found  # noqa: PLC0415

    def refused(*_: object, **__: object) -> None:
        raise PressError([found("E80", None, record="x")])

    monkeypatch.setattr(withdrawing, "build_from_sources", refused)
    before = stored_hashes(filed / "issues")
    with pytest.raises(ArchiveError) as told:
        withdraw(Workspace(filed), f"{ISSUE}/{SHARED}", "x", ON, 2)
    assert "E206" in {each.code for each in told.value.findings}
    assert stored_hashes(filed / "issues") == before


def test_filings_of_before_lose_what_their_pictures_tell_and_only_then_are_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.pdf.finishing import archive_sources  # noqa: PLC0415
    from tests.page.pictures.metadata import making  # noqa: PLC0415
    from tests.page.pictures.metadata.telling import told  # noqa: PLC0415

    workspace = photographs.small_workspace(tmp_path, (LATER,))
    (workspace.issues / LATER / SHARED).write_bytes(making.jpeg(side=8))
    monkeypatch.setattr(archive_sources, "carried", lambda path: path.read_bytes())
    file_issue(workspace.issues / LATER, workspace, TODAY)
    monkeypatch.undo()
    shelf = Shelf(workspace)
    pdf = shelf.file(shelf.filings[0], shelf.filings[0].pdf(ARCHIVE.suffix))
    assert "coordinates" in told(pdf)
    with pytest.raises(ArchiveError) as refused:
        publish(shelf, tmp_path / "site")
    assert [each.code for each in refused.value.findings] == ["E253"]
    assert withdraw(workspace, METADATA, "място на снимките", ON, 1) is not None
    shelf = Shelf(workspace)
    now = shelf.file(shelf.filings[0], shelf.filings[0].pdf(ARCHIVE.suffix))
    assert told(now) == set()
    publish(shelf, tmp_path / "site")
    for path in (*(tmp_path / "site").rglob("*"), *(workspace.issues / LATER / "filed").rglob("*")):
        if path.is_file():
            assert told(path.read_bytes()) == set(), path
    assert [finding.code for finding in verify(shelf).findings] == ["W204"]
