"""An article that is saved loses nothing: not what is untouched, not what somebody else wrote meanwhile."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.results import ArticleChange, Conflict, Saved
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.findings.finding import IssueError
from tests.desk.writing.conftest import ISSUE, NAME, PATH, edited

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.writing.results import OpenArticle
    from pipeline.files.workspace import Workspace


def opened(workspace: Workspace) -> OpenArticle:
    return open_article(workspace, ISSUE, NAME)


def save(workspace: Workspace, base: str, change: ArticleChange) -> Saved | Conflict:
    return save_article(workspace, ISSUE, NAME, base, change, "Мария")


def file_of(workspace: Workspace) -> Path:
    return workspace.root / PATH


def codes(refused: pytest.ExceptionInfo[IssueError]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_an_article_is_opened_with_its_kind_its_facts_and_its_text(workspace: Workspace) -> None:
    article = opened(workspace)
    assert (article.kind, article.findings) == ("project", ())
    assert article.head["budget"] == {"total": "294500 EUR", "share": "42500 EUR"}
    assert article.text.encode() == file_of(workspace).read_bytes()
    assert version_of(article.text.encode()) == article.version
    assert article.document.content[0].type == "paragraph"


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n"), ("", "\r\n")])
def test_one_word_and_one_fact_change_two_lines_and_no_other_byte(
    workspace: Workspace, mark: str, end: str
) -> None:
    text = file_of(workspace).read_text("utf-8").replace("url:", "# адресът\nurl:").replace("\n", end)
    file_of(workspace).write_bytes((mark + text).encode())
    article = opened(workspace)
    change = ArticleChange(
        edited(article.document, "консорциума", "хората"), {("budget", "total"): "300000 EUR"}
    )
    result = save(workspace, article.version, change)
    assert isinstance(result, Saved)
    assert not result.merged
    expected = (mark + text).replace("консорциума", "хората").replace("294500 EUR", "300000 EUR")
    assert file_of(workspace).read_bytes() == expected.encode()
    assert result.version == version_of(expected.encode())
    assert result.head["budget"]["total"] == "300000 EUR"


def test_what_is_saved_unchanged_is_not_written(workspace: Workspace) -> None:
    article = opened(workspace)
    before = file_of(workspace).stat()
    result = save(workspace, article.version, ArticleChange(article.document, {("kind",): "project"}))
    assert isinstance(result, Saved)
    assert file_of(workspace).stat().st_mtime_ns == before.st_mtime_ns
    assert [each.event for each in History(workspace).versions(PATH)] == ["read"]


def test_a_fact_is_added_and_taken_out_and_the_comments_stay(workspace: Workspace) -> None:
    text = file_of(workspace).read_text("utf-8").replace("period:", "# докога\nperiod:")
    file_of(workspace).write_text(text, "utf-8")
    article = opened(workspace)
    change = ArticleChange(
        head={("period", "end"): None, ("partners", "countries"): ["BG", "ES"], ("author",): "И. П."}
    )
    result = save(workspace, article.version, change)
    assert isinstance(result, Saved)
    assert "period" not in result.head
    expected = text.replace("period:\n  end: 2024-01\n", "author: И. П.\n").replace(
        "[BG, ES, IE, PT, NL]", "[BG, ES]"
    )
    now = file_of(workspace).read_text("utf-8")
    assert sorted(now.splitlines()) == sorted(expected.splitlines())
    assert "# докога" in now


def test_changes_of_two_are_merged_word_by_word(workspace: Workspace) -> None:
    article = opened(workspace)
    save(workspace, article.version, ArticleChange(edited(article.document, "консорциума", "хората")))
    change = ArticleChange(
        edited(article.document, "мениджърите", "ръководителите"), {("period", "end"): "2024-02"}
    )
    result = save(workspace, article.version, change)
    assert isinstance(result, Saved)
    assert result.merged
    expected = article.text.replace("консорциума", "хората").replace("мениджърите", "ръководителите")
    assert file_of(workspace).read_text("utf-8") == expected.replace("2024-01", "2024-02", 1)


def test_a_conflict_shows_both_side_by_side_and_writes_nothing(workspace: Workspace) -> None:
    article = opened(workspace)
    first = save(workspace, article.version, ArticleChange(edited(article.document, "консорциума", "хората")))
    before = file_of(workspace).read_bytes()
    ours = ArticleChange(edited(article.document, "консорциума", "основателите"))
    result = save(workspace, article.version, ours)
    assert isinstance(result, Conflict)
    assert file_of(workspace).read_bytes() == before
    [part] = [part for part in result.parts if part.is_conflict]
    assert tuple(part)[:3] == ("консорциума", "основателите", "хората")
    for at, text in enumerate((result.base, result.ours, result.theirs)):
        assert "".join(part[:3][at] for part in result.parts) == text
    history = History(workspace)
    kept = [history.text(each.version) for each in history.versions(PATH)]
    assert any("основателите" in text for text in kept)
    assert any("хората" in text for text in kept)
    assert isinstance(first, Saved)
    assert result.version == first.version
    # Somebody chooses, and saves again.
    chosen = save(workspace, result.version, ArticleChange(text=result.ours))
    assert isinstance(chosen, Saved)
    assert file_of(workspace).read_text("utf-8") == result.ours


def test_a_fact_is_never_mixed_of_two(workspace: Workspace) -> None:
    article = opened(workspace)
    save(workspace, article.version, ArticleChange(head={("period", "end"): "2025-01"}))
    result = save(workspace, article.version, ArticleChange(head={("period", "end"): "2024-06"}))
    assert isinstance(result, Conflict)
    assert [part.ours for part in result.parts if part.is_conflict]


def test_both_took_the_same_paragraph_away_and_one_wrote_another(workspace: Workspace) -> None:
    article = opened(workspace)
    shorter = article.document.model_copy(update={"content": article.document.content[1:]})
    save(workspace, article.version, ArticleChange(shorter))
    result = save(workspace, article.version, ArticleChange(edited(shorter, "фокус група", "среща")))
    assert isinstance(result, Saved)
    assert "среща" in file_of(workspace).read_text("utf-8")


def test_two_notes_that_would_have_one_name_are_a_conflict(workspace: Workspace) -> None:
    """Word by word both changes go together, and read back one note would stand for the other."""
    text = "---\nkind: article\ntitle: К\n---\nЕдин.\n\nДва.\n\nТри.\n"
    file_of(workspace).write_text(text, "utf-8")
    article = opened(workspace)
    outside = text.replace("Три.\n", "Три[^1].\n\n[^1]: Тяхна бележка.\n")
    file_of(workspace).write_text(outside, "utf-8")
    ours = text.replace("Един.\n", "Един[^1].\n\n[^1]: Наша бележка.\n")
    result = save(workspace, article.version, ArticleChange(text=ours))
    assert isinstance(result, Conflict)
    assert any(part.is_conflict for part in result.parts)
    assert file_of(workspace).read_text("utf-8") == outside


# the file, and other programs


def test_a_file_that_vanished_is_told_and_the_words_are_kept(workspace: Workspace) -> None:
    article = opened(workspace)
    file_of(workspace).unlink()
    with pytest.raises(IssueError) as refused:
        save(workspace, article.version, ArticleChange(edited(article.document, "консорциума", "думата")))
    assert codes(refused) == ["E601"]
    assert not file_of(workspace).exists()
    history = History(workspace)
    [typed, *_] = history.versions(PATH)
    assert "думата" in history.text(typed.version)
    history.restore(PATH, typed.version, None, "Мария")
    assert "думата" in file_of(workspace).read_text("utf-8")


def write_slowly(path: Path, text: str, begun: threading.Event) -> None:
    with path.open("w", encoding="utf-8") as file:
        for at in range(0, len(text), len(text) // 4 + 1):
            file.write(text[at : at + len(text) // 4 + 1])
            file.flush()
            begun.set()
            # Longer than a file has to be quiet: that it is open tells it.
            time.sleep(PATIENCE.quiet * 1.3)


def test_a_file_that_is_half_written_is_no_version_and_its_other_half_is_not_destroyed(
    workspace: Workspace,
) -> None:
    article = opened(workspace)
    begun = threading.Event()
    outside = article.text.replace("мениджърите", "ръководителите")
    writer = threading.Thread(target=write_slowly, args=(file_of(workspace), outside, begun))
    writer.start()
    begun.wait()
    change = ArticleChange(edited(article.document, "консорциума", "хората"))
    result = save(workspace, article.version, change)
    writer.join()
    assert isinstance(result, Saved)
    assert file_of(workspace).read_text("utf-8") == outside.replace("консорциума", "хората")
    history = History(workspace)
    for each in history.versions(PATH):
        assert history.text(each.version).endswith(article.text[-40:]), each.event


def test_an_article_that_is_being_written_is_opened_whole(workspace: Workspace) -> None:
    text, begun = file_of(workspace).read_text("utf-8"), threading.Event()
    writer = threading.Thread(target=write_slowly, args=(file_of(workspace), text + "\nКрай.\n", begun))
    writer.start()
    begun.wait()
    assert opened(workspace).text == text + "\nКрай.\n"
    writer.join()


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_program_keeps_locked_is_told_and_the_words_are_kept(
    workspace: Workspace,
) -> None:
    import fcntl  # noqa: PLC0415

    article = opened(workspace)
    before = file_of(workspace).read_bytes()
    with file_of(workspace).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(IssueError) as refused:
            save(
                workspace,
                article.version,
                ArticleChange(edited(article.document, "консорциума", "думата")),
            )
    assert codes(refused) == ["E602"]
    assert file_of(workspace).read_bytes() == before
    assert "думата" in History(workspace).text(History(workspace).versions(PATH)[0].version)


def test_what_came_into_the_file_in_the_last_moment_is_not_overwritten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program renames its file to the place after ours was compared with it."""
    from pipeline.desk.writing.disk import replacing  # noqa: PLC0415

    article = opened(workspace)
    outside = article.text.replace("мениджърите", "ръководителите")
    exchange = replacing._exchanged
    beginnings = [outside]

    def late(one: Path, other: Path) -> bool:
        if beginnings:
            aside = workspace.root / "aside.md"
            aside.write_text(beginnings.pop(), "utf-8")
            aside.replace(other)
        return exchange(one, other)

    monkeypatch.setattr(replacing, "_exchanged", late)
    result = save(
        workspace, article.version, ArticleChange(edited(article.document, "консорциума", "хората"))
    )
    assert isinstance(result, Saved)
    assert result.merged
    assert file_of(workspace).read_text("utf-8") == outside.replace("консорциума", "хората")


def test_the_rights_of_a_file_stay(workspace: Workspace) -> None:
    article = opened(workspace)
    file_of(workspace).chmod(0o640)
    save(workspace, article.version, ArticleChange(head={("title",): "Друго"}))
    assert file_of(workspace).stat().st_mode & 0o777 == 0o640


def test_nothing_is_left_beside_the_articles(workspace: Workspace) -> None:
    before = sorted(file_of(workspace).parent.iterdir())
    article = opened(workspace)
    save(workspace, article.version, ArticleChange(head={("title",): "Друго"}))
    assert sorted(file_of(workspace).parent.iterdir()) == before


# what cannot be done


@pytest.mark.parametrize("name", ["../publication.yaml", "issue.yaml", ".hidden.md", "images/a.md", "a\0.md"])
def test_what_is_no_article_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(IssueError) as refused:
        open_article(workspace, ISSUE, name)
    assert codes(refused) == ["E608"]


def test_a_link_that_leads_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text("---\n---\nТайна.\n", "utf-8")
    file_of(workspace).with_name("linked.md").symlink_to(outside)
    with pytest.raises(IssueError) as refused:
        open_article(workspace, ISSUE, "linked.md")
    assert codes(refused) == ["E04"]


def test_a_missing_article_is_told(workspace: Workspace) -> None:
    with pytest.raises(IssueError) as refused:
        open_article(workspace, ISSUE, "none.md")
    assert codes(refused) == ["E01"]


def test_a_file_that_is_no_text_is_told(workspace: Workspace) -> None:
    file_of(workspace).write_bytes(b"---\n---\n\xff\xfe")
    with pytest.raises(IssueError) as refused:
        opened(workspace)
    assert codes(refused) == ["E02"]


def test_front_matter_that_cannot_be_read_locks_neither_text_nor_source(workspace: Workspace) -> None:
    text = "---\nkind: article\ntitle: Две: точки\n---\nЕдна дума.\n"
    file_of(workspace).write_text(text, "utf-8")
    article = opened(workspace)
    assert article.head == {}
    assert article.findings
    result = save(workspace, article.version, ArticleChange(edited(article.document, "Една", "Друга")))
    assert isinstance(result, Saved)
    assert file_of(workspace).read_text("utf-8") == text.replace("Една", "Друга")
    with pytest.raises(IssueError):
        save(workspace, result.version, ArticleChange(head={("title",): "Без"}))
    mended = save(workspace, result.version, ArticleChange(text=text.replace("Две: точки", "Без точки")))
    assert isinstance(mended, Saved)
    assert mended.head["title"] == "Без точки"


def test_a_fact_that_cannot_be_set_is_told_and_nothing_is_written(workspace: Workspace) -> None:
    article = opened(workspace)
    with pytest.raises(IssueError) as refused:
        save(workspace, article.version, ArticleChange(head={("author",): "И. П.", ("title", "bg"): "К"}))
    assert codes(refused) == ["E605"]
    assert file_of(workspace).read_text("utf-8") == article.text


def test_marks_that_no_text_can_have_are_left_out_and_it_is_told(workspace: Workspace) -> None:
    article = opened(workspace)
    marks = [{"type": "em"}, {"type": "strong"}]
    texts = [("а", marks[:1]), ("б", marks), ("в", marks[1:])]
    words = [{"type": "text", "text": text, "marks": each} for text, each in texts]
    document = DOCUMENT.validate_python({"type": "doc", "content": [{"type": "paragraph", "content": words}]})
    result = save(workspace, article.version, ArticleChange(document))
    assert isinstance(result, Saved)
    assert "W602" in [finding.code for finding in result.findings]
    assert re.sub("[*_]", "", file_of(workspace).read_text("utf-8")).endswith("---\nабв\n")


def test_a_base_that_nobody_has_any_more_is_a_conflict(workspace: Workspace) -> None:
    article = opened(workspace)
    change = ArticleChange(edited(article.document, "консорциума", "хората"))
    result = save(workspace, "0" * 64, change)
    assert isinstance(result, Conflict)
    assert (result.base, result.theirs) == ("", article.text)
    assert "хората" in result.ours


# looking back


def test_undo_after_saving_is_the_version_before(workspace: Workspace) -> None:
    article = opened(workspace)
    result = save(
        workspace, article.version, ArticleChange(edited(article.document, "консорциума", "хората"))
    )
    assert isinstance(result, Saved)
    assert History(workspace).text(article.version) == article.text
    History(workspace).restore(PATH, article.version, result.version, "Мария")
    assert file_of(workspace).read_text("utf-8") == article.text
    events = [each.event for each in History(workspace).versions(PATH)]
    assert events == ["restored", "written", "read"]


def test_nothing_is_restored_over_what_was_not_seen(workspace: Workspace) -> None:
    article = opened(workspace)
    file_of(workspace).write_text(article.text + "\nНово.\n", "utf-8")
    with pytest.raises(IssueError) as refused:
        History(workspace).restore(PATH, article.version, article.version)
    assert codes(refused) == ["E603"]
    assert "Ново" in file_of(workspace).read_text("utf-8")
