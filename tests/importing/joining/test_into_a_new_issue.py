"""A bulletin comes in place of the samples of a new issue and its publication, and of nobody's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.desk.intake import import_writing, importing
from pipeline.desk.intake.importing import import_files
from pipeline.desk.intake.starting import new
from pipeline.files.writing.atomic import write_folder
from pipeline.findings.finding import BulletinError, PressError
from tests.importing.helpers import DAY, TODAY, codes
from tests.support.paths import WHOLE_BULLETIN

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.intake.import_target import ImportTarget
    from pipeline.desk.intake.import_writing import ImportedFiles, WrittenFiles


def test_samples_of_the_issue_and_the_publication_are_replaced(tmp_path: Path) -> None:
    begun = new(tmp_path, DAY, "bg")
    publication = tmp_path / "issues/publication.yaml"
    before = publication.read_text("utf-8").splitlines()
    imported = import_files([WHOLE_BULLETIN], tmp_path, DAY, "bg", today=TODAY)
    assert imported.folder == begun.folder
    assert "title: Текущи начинания" in (begun.folder / "issue.yaml").read_text("utf-8")
    assert not (begun.folder / "first-article.md").exists()
    assert [path.name for path in begun.folder.parent.iterdir() if path.is_dir()] == [begun.folder.name]
    after = publication.read_text("utf-8").splitlines()
    assert "  name: Съюз Дунавски работилници" in after
    assert sum(old != now for old, now in zip(before, after, strict=True)) == 5
    assert "W512" not in codes(imported)


def test_what_somebody_wrote_in_the_publication_stays_and_is_told_once(tmp_path: Path) -> None:
    new(tmp_path, DAY, "bg")
    publication = tmp_path / "issues/publication.yaml"
    text = publication.read_bytes().replace("Име на издателя".encode(), "Друг съюз".encode())
    publication.write_bytes(text.replace(b"\n", b"\r\n"))
    imported = import_files([WHOLE_BULLETIN], tmp_path, DAY, "bg", today=TODAY)
    after = publication.read_bytes()
    assert "  name: Друг съюз\r\n".encode() in after
    assert after.count(b"\n") == after.count(b"\r\n")
    told = [dict(each.values)["found"] for each in imported.findings if each.code in {"W500", "W512"}]
    assert told.count("Съюз Дунавски работилници") == 1


@pytest.mark.parametrize("name", ["issue.yaml", "first-article.md", "note.txt", "images/a.png"])
def test_an_issue_in_which_somebody_wrote_is_not_overwritten(tmp_path: Path, name: str) -> None:
    begun = new(tmp_path, DAY, "bg")
    path = begun.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\nx\n")
    with pytest.raises(BulletinError) as refused:
        import_files([WHOLE_BULLETIN], tmp_path, DAY, "bg", today=TODAY)
    assert [finding.code for finding in refused.value.findings] == ["E86"]
    assert path.read_bytes().endswith(b"\nx\n")


def test_samples_stay_where_the_bulletin_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = new(tmp_path, DAY, "bg")
    before = {path.name: path.read_bytes() for path in begun.folder.iterdir()}

    def full(folder: Path, files: dict[str, bytes]) -> None:
        write_folder(folder / "\0", files)

    monkeypatch.setattr(import_writing, "write_folder", full)
    with pytest.raises((PressError, ValueError)):
        import_files([WHOLE_BULLETIN], tmp_path, DAY, "bg", today=TODAY)
    assert {path.name: path.read_bytes() for path in begun.folder.iterdir()} == before


def test_what_is_written_into_the_samples_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = new(tmp_path, DAY, "bg")
    sample = begun.folder / "first-article.md"

    def late(target: ImportTarget, imported: ImportedFiles) -> WrittenFiles:
        sample.write_text(sample.read_text("utf-8") + "Думи на редактора.\n", "utf-8")
        return import_writing.begin_issue(target, imported)

    monkeypatch.setattr(importing, "begin_issue", late)
    with pytest.raises(BulletinError) as refused:
        import_files([WHOLE_BULLETIN], tmp_path, DAY, "bg", today=TODAY)
    assert [finding.code for finding in refused.value.findings] == ["E632"]
    assert sample.read_text("utf-8").endswith("Думи на редактора.\n")
