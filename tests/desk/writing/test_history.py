"""A history keeps what it is given, through crashes, and forgets what it is told to forget."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.journal import GONE, LEFT, OUTSIDE, READ, TYPED, WRITTEN, Record
from pipeline.desk.writing.history.placing import saving
from pipeline.desk.writing.history.store import HISTORY, Store, store_of
from pipeline.desk.writing.history.taking_out import without_picture, without_words
from pipeline.desk.writing.history.thinning import thinned
from pipeline.desk.writing.results import ArticleChange, Saved
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.lock import check_key
from pipeline.findings.finding import IssueError, PressError, found
from tests.desk.writing.conftest import ISSUE, NAME, PATH

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

NOW: Final = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.fixture
def store(workspace: Workspace) -> Store:
    return store_of(workspace)


def record(
    days: float, event: str = WRITTEN, path: str = PATH, version: str = "", hand: str = "Мария"
) -> Record:
    at = NOW - dt.timedelta(days=days)
    return Record(at, event, path, version or version_of(f"{path} {days} {event}".encode()), hand, 10)


def test_a_version_is_kept_once_and_given_back(workspace: Workspace, store: Store) -> None:
    version = store.keep(b"text", PATH, READ)
    assert store.keep(b"text", PATH, READ) == version
    history = History(workspace)
    assert (history.data(version), history.text(version)) == (b"text", "text")
    assert [(each.version, each.event, each.size) for each in history.versions(PATH)] == [(version, READ, 4)]
    assert history.files() == [PATH]


def test_days_are_told_the_newest_first(workspace: Workspace, store: Store) -> None:
    for minutes, text in enumerate((b"a", b"b")):
        at = NOW + dt.timedelta(minutes=minutes)
        store.add(Record(at, WRITTEN, PATH, store.objects.put(text), "Мария"))
    [day] = History(workspace).days(PATH)
    assert [each.version for each in day.versions] == [version_of(b"b"), version_of(b"a")]
    assert day.date == NOW.astimezone().date()


def test_a_version_it_does_not_have_is_told(workspace: Workspace, store: Store) -> None:
    version = store.keep(b"text", PATH, READ)
    for unknown in ("0" * 64, "../../issue.yaml", version[:20]):
        with pytest.raises(IssueError) as refused:
            History(workspace).text(unknown)
        assert [each.code for each in refused.value.findings] == ["E604"]


def test_a_damaged_content_is_not_given_out(workspace: Workspace, store: Store) -> None:
    version = store.keep(b"text" * 100, PATH, READ)
    path = store.folder / "objects" / version[:2] / version[2:]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(IssueError):
        History(workspace).text(version)
    # What is kept again is whole again.
    store.keep(b"text" * 100, PATH, WRITTEN)
    assert History(workspace).data(version) == b"text" * 100


@settings(max_examples=30)
@given(st.integers(1, 400), st.binary(max_size=3))
def test_a_record_that_a_crash_tore_is_cut_and_the_others_stay(
    tmp_path_factory: pytest.TempPathFactory, torn: int, rest: bytes
) -> None:
    store = Store(tmp_path_factory.mktemp("history") / HISTORY)
    for text in (b"a", b"b", b"c"):
        store.keep(text, PATH, WRITTEN)
    journal = store.folder / "journal"
    whole = journal.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    journal.write_bytes(whole[: max(last, len(whole) - torn)] + rest.replace(b"\n", b""))
    again = Store(store.folder)
    again.keep(b"d", PATH, WRITTEN)
    for seen in (again, Store(store.folder)):
        assert [each.version for each in seen.records()] == [version_of(text) for text in (b"a", b"b", b"d")]


def test_a_damaged_line_hides_no_other(store: Store) -> None:
    for text in (b"a", b"b", b"c"):
        store.keep(text, PATH, WRITTEN)
    journal = store.folder / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"x" + lines[1][1:] + lines[2])
    assert [each.version for each in Store(store.folder).records()] == [version_of(b"a"), version_of(b"c")]


def test_what_a_crash_left_aside_is_kept(workspace: Workspace, store: Store) -> None:
    store.keep(b"known", PATH, TYPED)
    aside = store.aside_of(PATH)
    (aside.folder / f".{aside.label}-x.part").write_bytes(b"words of another program")
    (aside.folder / f".{aside.label}-y.part").write_bytes(b"kno")
    with saving(store):
        assert not list(aside.folder.iterdir())
    versions = History(workspace).versions(PATH)
    assert [each.event for each in versions if each.event == LEFT] == [LEFT]
    assert History(workspace).text(versions[0].version) == "words of another program"


def test_what_a_crash_left_beside_a_file_on_another_disk_is_kept(workspace: Workspace, store: Store) -> None:
    """There its next version lies beside the file until it is put in place."""
    text = TextFile(workspace, PATH)
    opened, version = text.opened()
    left = (workspace.root / PATH).with_name(f".{store.aside_of(PATH).label}-x1.part")
    left.write_text(f"{opened}\nWords of nobody else.\n", "utf-8")
    other = left.with_name(".notes-of-another-program.part")
    other.write_text("none of ours", "utf-8")
    fresh = Store(store.folder)
    with saving(fresh):
        assert not left.exists()
    kept = [each for each in fresh.records(PATH) if each.event == LEFT]
    assert [fresh.data(each.version) for each in kept] == [f"{opened}\nWords of nobody else.\n".encode()]
    assert other.read_text("utf-8") == "none of ours"
    assert text.version(version) == opened


def test_it_is_no_source_and_ignores_itself(workspace: Workspace, store: Store) -> None:
    inputs = workspace.issues / ISSUE, workspace.root, workspace.style_folders(), workspace.font_folders()
    before = check_key(*inputs)
    store.keep(b"text", PATH, READ)
    assert check_key(*inputs) == before
    assert (workspace.root / HISTORY / ".gitignore").read_text("utf-8") == "*\n"
    assert (workspace.root / HISTORY).stat().st_mode & 0o077 == 0
    assert [path.name for path in workspace.issue_folders()] == [ISSUE]


# thinning


def test_all_of_a_week_stays_then_one_an_hour_a_day_a_week() -> None:
    ages = [number / 96 for number in range(96 * 700, 0, -1)]
    kept = thinned([record(age) for age in ages], NOW, 10**9, lambda _: 1)
    by_age = [(NOW - each.at).total_seconds() / 86_400 for each in kept]
    assert sum(age <= 7 for age in by_age) == 96 * 7
    assert 53 * 24 - 1 <= sum(7 < age <= 60 for age in by_age) <= 53 * 24 + 1
    assert 304 <= sum(60 < age <= 365 for age in by_age) <= 307
    assert 47 <= sum(age > 365 for age in by_age) <= 50


def test_words_that_never_came_into_a_file_are_not_thinned() -> None:
    typed, settled = record(100.01, TYPED), record(100.02, TYPED, hand="Иван")
    records = [
        settled,
        typed,
        record(100, hand="Иван"),
        record(99.99, LEFT),
        *(record(50 + n / 999) for n in range(9, 0, -1)),
    ]
    records.sort(key=lambda each: each.at)
    kept = thinned(records[:-9], NOW, 0, lambda _: 1)
    assert typed in kept
    assert settled not in kept
    assert [each.event for each in kept].count(LEFT) == 1


def test_after_two_years_all_goes() -> None:
    records = [record(731, TYPED), record(731, LEFT), record(731), record(729)]
    assert thinned(records, NOW, 10**9, lambda _: 1) == records[3:]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 800), st.sampled_from([READ, OUTSIDE, TYPED, WRITTEN, LEFT]), st.sampled_from("аб")
        )
    )
)
def test_thinning_leaves_out_and_changes_nothing_and_is_done_at_once(
    drawn: list[tuple[float, str, str]],
) -> None:
    records = sorted(
        (record(age, event, path, f"{at}") for at, (age, event, path) in enumerate(drawn)),
        key=lambda each: each.at,
    )
    for bound in (0, 5, 10**9):
        kept = thinned(records, NOW, bound, lambda _: 1)
        assert kept == [each for each in records if each in kept]
        assert thinned(kept, NOW, bound, lambda _: 1) == kept
    last = {each.path: each for each in records if NOW - each.at <= dt.timedelta(days=730)}
    assert set(last.values()) <= set(kept)


def test_the_store_keeps_to_its_bound(workspace: Workspace, store: Store) -> None:
    draw = random.Random(1)
    for number in range(30):
        store.keep(draw.randbytes(3000), PATH, WRITTEN, f"{number}")
    history = History(workspace)
    gone = history.age_out(dt.datetime.now(dt.UTC), 30_000)
    left = list((store.folder / "objects").glob("??/*"))
    assert sum(path.stat().st_size for path in left) <= 30_000
    assert gone + len(left) == 30
    newest = history.versions(PATH)[0]
    assert newest.hand == "29"
    assert history.data(newest.version)


# taking out


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Тук е Иван Петров.", "Тук е …."),
        ("иван *петров* и ИВАН\nПЕТРОВ", "…* и …"),
        ("Иван Петрович, Стоиван Петров", "Иван Петрович, Стоиван Петров"),
    ],
)
def test_words_are_taken_out_however_they_are_written(text: str, after: str) -> None:
    assert without_words("Иван Петров")(text) == (
        after if "*" not in text else "… и …".replace("… и", "…* и")
    )


def test_a_picture_is_taken_out_with_its_texts() -> None:
    taking = without_picture("images/a.jpg")
    text = 'Преди.\n\n![Иван [на] пода](images/a.jpg "надпис (в) кавички"){.wide credit="П. П."}\n\nСлед.\n'
    assert taking(text) == "Преди.\n\n\n\nСлед.\n"
    assert taking("cover:\n  picture: images/a.jpg\n") == "cover:\n  picture: …\n"
    other = "![x](images/a.jpg.png) ![y](other/images/a.jpg)"
    assert taking(other) == other


def test_a_person_is_taken_out_of_every_version_and_nothing_of_them_is_left(
    workspace: Workspace, store: Store
) -> None:
    texts = ["Пише Иван Петров днес.", "Пише Иван\nПетров вчера.", "Пише друг."]
    for text in texts:
        store.keep(text.encode(), PATH, WRITTEN, "Иван Петров")
    (workspace.root / PATH).write_text("---\n---\nИван Петров\n", "utf-8")
    history = History(workspace)
    taken = history.take_out("Иван Петров")
    assert (taken.versions, taken.still_in_files) == (2, (PATH,))
    assert [history.text(each.version) for each in history.versions(PATH)] == [
        "Пише друг.",
        "Пише … вчера.",
        "Пише … днес.",
    ]
    for path in _files(store.folder):
        assert "Петров".encode() not in path.read_bytes()
    named = {each.version for each in store.records()}
    assert set(store.objects.all()) == named


def test_a_picture_goes_with_its_versions(workspace: Workspace, store: Store) -> None:
    history = History(workspace)
    picture = f"issues/{ISSUE}/images/a.jpg"
    version = store.keep(b"\xff\xd8 picture", picture, GONE, "Мария")
    store.keep("Тук ![Иван](images/a.jpg) беше.".encode(), PATH, WRITTEN)
    assert history.take_out_picture(picture).versions == 2
    with pytest.raises(IssueError):
        history.data(version)
    assert history.text(history.versions(PATH)[0].version) == "Тук  беше."


def test_a_version_is_taken_out(workspace: Workspace, store: Store) -> None:
    history = History(workspace)
    version = store.keep(b"one", PATH, WRITTEN)
    store.keep(b"two", PATH, WRITTEN)
    assert history.take_out(version).versions == 1
    assert [history.text(each.version) for each in history.versions(PATH)] == ["two"]


def test_only_its_owner_may_read_it_however_it_is_begun(workspace: Workspace) -> None:
    open_article(workspace, ISSUE, NAME)
    assert (workspace.root / HISTORY).stat().st_mode & 0o777 == 0o700


def test_saving_thins_it(workspace: Workspace, store: Store) -> None:
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=800)
    store.add(Record(old, WRITTEN, PATH, store.objects.put(b"old")))
    opened = open_article(workspace, ISSUE, NAME)
    save_article(workspace, ISSUE, NAME, opened.version, ArticleChange(head={("title",): "Нов"}), "Мария")
    assert [each.event for each in store.records()] == [READ, TYPED, WRITTEN]
    assert store.data(version_of(b"old")) is None


def test_it_is_thinned_once_a_day(workspace: Workspace, store: Store) -> None:
    history = History(workspace)
    store.keep(b"one", PATH, WRITTEN)
    for later, left in ((0, 1), (800, 0)):
        history.tend(dt.datetime.now(dt.UTC) + dt.timedelta(days=later))
        assert len(history.versions(PATH)) == left


def test_what_is_saved_is_saved_though_the_history_cannot_be_thinned(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PressError([found("E83", None, name=HISTORY, problem="No space left on device")])

    opened = open_article(workspace, ISSUE, NAME)
    monkeypatch.setattr(type(store), "change", refused)
    change = ArticleChange(head={("title",): "Нов"})
    assert isinstance(save_article(workspace, ISSUE, NAME, opened.version, change, "Мария"), Saved)
    assert "Нов" in (workspace.root / PATH).read_text("utf-8")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
