"""Importing again and into an existing issue: edits made since are kept."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.desk.intake import import_writing, importing
from pipeline.desk.intake.import_writing import join_issue
from pipeline.desk.intake.importing import import_files
from pipeline.files.workspace import Workspace
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import BulletinError
from pipeline.importing.merging import RECORD, merge
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.reading.issue_reader import read_issue
from tests.conftest import REPOSITORY
from tests.importing.helpers import ARRIVALS, TODAY, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.intake.import_target import ImportTarget
    from pipeline.desk.intake.import_writing import ImportedFiles, WrittenFiles

FIRST: Final = "# Есенна среща\n\nСрещата беше в Прага.\n\nДойдоха двадесет души.\n\nБеше хубаво.\n"


class TestAgain:
    def test_nothing_new_changes_nothing(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.md", FIRST)
        folder = import_file(tmp_path, path).folder
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        again = import_file(tmp_path, path)
        assert again.written == ()
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before

    def test_both_sides_are_kept(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.md", FIRST))
        path = imported.folder / "esenna-sreshta.md"
        path.write_text(path.read_text("utf-8").replace("Беше хубаво.", "Беше много хубаво!"), "utf-8")
        plan = imported.folder / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("title: Новини", "title: Вести"), "utf-8")
        again = import_file(
            tmp_path, written(tmp_path, "a.md", FIRST.replace("в Прага", "в Бърно")), date=None
        )
        text = path.read_text("utf-8")
        assert "Срещата беше в Бърно." in text
        assert "Беше много хубаво!" in text
        assert "title: Вести" in plan.read_text("utf-8")
        assert codes(again) == []
        assert again.written == ("esenna-sreshta.md",)

    def test_a_conflict_keeps_the_editors_words_and_shows_the_others(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.md", FIRST))
        path = imported.folder / "esenna-sreshta.md"
        path.write_text(path.read_text("utf-8").replace("двадесет", "двадесет и двама"), "utf-8")
        changed_text = written(tmp_path, "a.md", FIRST.replace("двадесет", "тридесет"))
        again = import_file(tmp_path, changed_text)
        assert codes(again) == ["W511"]
        place = again.findings[0].place
        assert place is not None
        text = path.read_text("utf-8")
        assert "Дойдоха двадесет и двама души." in text.split("\n")[place.line - 1]
        assert "<!-- a.md:\nДойдоха тридесет души.\n-->" in text
        reading = read_issue(imported.folder, Workspace(tmp_path))
        assert reading.issue is not None
        runs = [run.text for run in nodes_of(Run, reading.issue.articles[0].body)]
        assert not [run for run in runs if "тридесет" in run]
        assert import_file(tmp_path, changed_text).written == ()

    def test_an_article_that_is_no_text_any_more_is_refused_and_stays(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.md", FIRST))
        path = imported.folder / "esenna-sreshta.md"
        held = path.read_bytes().decode().encode("cp1251")
        path.write_bytes(held)
        before = sorted(imported.folder.iterdir())
        with pytest.raises(BulletinError) as refused:
            import_file(tmp_path, written(tmp_path, "a.md", FIRST.replace("двадесет", "тридесет")))
        assert [finding.code for finding in refused.value.findings] == ["E02"]
        assert (path.read_bytes(), sorted(imported.folder.iterdir())) == (held, before)

    def test_what_is_saved_while_pictures_are_written_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.md", FIRST))
        article = imported.folder / "esenna-sreshta.md"

        def late(path: Path, data: bytes) -> None:
            if path.parent.name == "images":
                article.write_text(article.read_text("utf-8").replace("Беше", "Наистина беше"), "utf-8")
            write_atomically(path, data)

        monkeypatch.setattr(import_writing, "write_atomically", late)
        (tmp_path / "in/p.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        changed = FIRST.replace("двадесет", "тридесет").replace("души.", "души.\n\n![Знак](p.svg)")
        import_file(tmp_path, written(tmp_path, "a.md", changed))
        text = article.read_text("utf-8")
        assert "Наистина беше хубаво." in text
        assert "Дойдоха тридесет души." in text
        assert "images/p.svg" in text

    def test_an_article_that_was_taken_out_stays_out(self, tmp_path: Path) -> None:
        two = written(tmp_path, "a.md", f"{FIRST}\n# Втора среща\n\nИ тя мина.\n")
        imported = import_file(tmp_path, two)
        (imported.folder / "vtora-sreshta.md").unlink()
        plan = imported.folder / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("      - vtora-sreshta.md\n", ""), "utf-8")
        again = import_file(tmp_path, two)
        assert codes(again) == ["W516"]
        assert not (imported.folder / "vtora-sreshta.md").exists()
        assert "vtora" not in plan.read_text("utf-8")

    def test_an_article_that_no_longer_comes_stays(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.md", f"{FIRST}\n# Втора среща\n\nИ тя мина.\n"))
        again = import_file(tmp_path, written(tmp_path, "a.md", f"{FIRST}\n# Трета среща\n\nТя предстои.\n"))
        assert codes(again) == ["W517"]
        assert (imported.folder / "vtora-sreshta.md").is_file()
        assert (imported.folder / "treta-sreshta.md").is_file()

    @pytest.mark.parametrize(
        "record",
        [
            "{",
            "[]",
            '{"texts": {"a.md": {"../../evil.md": "x"}}, "titles": {}}',
            '{"texts": {}, "titles": {"a.md": {"Есенна среща": ["../../evil.md"]}}}',
            '{"texts": {}, "titles": {"a.md": {"Есенна среща": 5}}}',
        ],
    )
    def test_a_record_that_is_broken_loses_nothing(self, tmp_path: Path, record: str) -> None:
        path = written(tmp_path, "a.md", FIRST)
        imported = import_file(tmp_path, path)
        (imported.folder / RECORD).write_text(record, "utf-8")
        again = import_file(tmp_path, path)
        assert [p.name for p in imported.folder.glob("*.md")] == ["esenna-sreshta.md"]
        assert again.written == ()

    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(st.sampled_from("абвгд"), max_size=8),
        st.lists(st.sampled_from("абвгде"), max_size=8),
        st.data(),
    )
    def test_no_line_of_either_side_is_lost(
        self, base: list[str], ours: list[str], data: st.DataObject
    ) -> None:
        came = data.draw(st.lists(st.sampled_from("абвгдж"), max_size=8))
        merged = merge("\n".join(base), "\n".join(ours), "\n".join(came), path="issue.yaml", name="x").text
        new = [line for line in (*ours, *came) if line and line not in base]
        assert [line for line in new if line not in merged] == []


class TestIntoAnIssue:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        shutil.copytree(REPOSITORY / "issues", tmp_path / "issues")
        return tmp_path

    def test_a_text_joins_the_issue_in_the_making(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        before = plan.read_text("utf-8")
        path = written(
            root, "news.md", "# Нов член на клъстера\n\nПосрещнахме нов член на клъстера в София.\n"
        )
        imported = import_files([path], root, None, "bg", today=dt.date(2023, 12, 1))
        assert imported.folder.name == "2023-12-20"
        after = plan.read_text("utf-8")
        assert after.startswith(before.rstrip("\n"))
        assert (
            after[len(before) :].strip() == "- title: Новини\n    articles:\n      - nov-chlen-na-klastera.md"
        )
        reading = read_issue(imported.folder, Workspace(root))
        assert reading.issue is not None, reading.findings
        second = written(
            root, "more.md", "# Още един член на клъстера\n\nПосрещнахме още един член на клъстера.\n"
        )
        import_files([second], root, None, "bg", today=dt.date(2023, 12, 1))
        assert plan.read_text("utf-8") == after + "      - oshte-edin-chlen-na-klastera.md\n"

    def test_line_ends_the_mark_and_what_stands_behind_the_list_stay(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        before = plan.read_text("utf-8").rstrip("\n") + "\n\n# a remark at the end\n"
        plan.write_bytes(b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode())
        kept = plan.read_bytes()
        path = written(root, "x.md", "# Нов член\n\nПосрещнахме нов член на клъстера в София.\n")
        import_files([path], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        added = "  - title: Новини\r\n    articles:\r\n      - nov-chlen.md\r\n".encode()
        after = plan.read_bytes()
        assert added in after
        assert after.replace(added, b"") == kept

    def test_an_issue_that_is_no_text_is_refused_and_stays(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        plan.write_bytes(b"title: \xff\n")
        path = written(root, "x.md", "# Нов член\n\nПосрещнахме нов член на клъстера в София.\n")
        with pytest.raises(BulletinError) as caught:
            import_files([path], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        assert [finding.code for finding in caught.value.findings] == ["E02"]
        assert plan.read_bytes() == b"title: \xff\n"

    def test_a_whole_bulletin_overwrites_none(self, root: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            import_files([ARRIVALS / "bulletin.docx"], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        assert [finding.code for finding in caught.value.findings] == ["E86"]

    def test_a_file_of_that_name_is_not_overwritten(self, root: Path) -> None:
        held = (root / "issues/2023-12-20/go-green.md").read_bytes()
        path = written(root, "x.md", "# GO GREEN\n\nДруг текст със същото заглавие за проекта.\n")
        imported = import_files([path], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        assert imported.sections[0][1] == ("go-green-2.md",)
        assert (root / "issues/2023-12-20/go-green.md").read_bytes() == held

    def test_a_file_of_that_name_that_is_no_text_is_not_overwritten(self, root: Path) -> None:
        held = "---\nkind: article\ntitle: Бюджет\n---\nДумите на редактора.\n".encode("cp1251")
        (root / "issues/2023-12-20/byudzhet.md").write_bytes(held)
        path = written(root, "x.md", "# Бюджет\n\nДруг текст със същото заглавие за клъстера.\n")
        imported = import_files([path], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        assert imported.sections[0][1] == ("byudzhet-2.md",)
        assert (root / "issues/2023-12-20/byudzhet.md").read_bytes() == held

    def test_a_file_of_that_name_that_comes_meanwhile_is_not_overwritten(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = root / "issues/2023-12-20/byudzhet.md"

        def late(target: ImportTarget, imported: ImportedFiles) -> WrittenFiles:
            made.write_text("---\nkind: article\ntitle: Бюджет\n---\nДумите на редактора.\n", "utf-8")
            return join_issue(target, imported)

        monkeypatch.setattr(importing, "join_issue", late)
        path = written(root, "x.md", "# Бюджет\n\nДруг текст със същото заглавие за клъстера.\n")
        with pytest.raises(BulletinError) as refused:
            import_files([path], root, dt.date(2023, 12, 20), "bg", today=TODAY)
        assert [finding.code for finding in refused.value.findings] == ["E632"]
        assert "Думите на редактора." in made.read_text("utf-8")

    def test_a_masthead_that_says_otherwise_is_told(self, root: Path) -> None:
        imported = import_files([ARRIVALS / "bulletin.docx"], root, dt.date(2024, 3, 15), "bg", today=TODAY)
        assert codes(imported).count("W512") == 3
        assert "Пловдив 4000" in findings_text(imported)
        # The title of the bulletin is not missing: it is the issue's.
        assert "\ntitle: Вести от клъстера\n" in (imported.folder / "issue.yaml").read_text("utf-8")

    def test_a_text_in_another_language_is_told(self, root: Path) -> None:
        text = (
            "# News\n\nThe cluster and the members of the board met in Sofia for the first time this year.\n"
        )
        imported = import_files([written(root, "n.md", text)], root, dt.date(2024, 3, 15), "bg", today=TODAY)
        assert codes(imported) == ["W513"]
