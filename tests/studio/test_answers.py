"""What a page asks for is done, or refused in words, whatever it sends: each code of the studio."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import functools
import io
import json
import re
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from PIL import Image

from pipeline.desk.editing import account
from pipeline.desk.editing.contact_sheet import save_print
from pipeline.desk.editing.documents import document_of
from pipeline.desk.editing.house_files import take_house_file
from pipeline.desk.intake.first_day import FirstDay, begin
from pipeline.desk.intake.picture_arrival import take_picture
from pipeline.desk.writing.history import journal
from pipeline.desk.writing.results import Conflict
from pipeline.files.bounded_process import PastBoundsError
from pipeline.files.workspace import Workspace
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import IssueError
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.reading.issue_reader import read_issue
from pipeline.studio.gate.sessions import Session
from pipeline.studio.serving.app import studio_app
from pipeline.studio.serving.fault_log import written_down
from pipeline.studio.views import jobs
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.fields import Column, Field, shown_fields
from pipeline.studio.views.issue.history import EVENTS
from pipeline.studio.views.news import ALL, News
from pipeline.studio.views.state import StudioState
from pipeline.studio.views.wording.program_faults import LARGEST, write_fault
from tests.studio.processes import PATIENCE
from tests.studio.running import Answer, Studio, studio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ISSUE = "/issues/2023-12-20"


def sent(running: Studio, path: str, data: Any, method: str = "POST") -> Answer:
    headers = {**running.own, "Content-Type": "application/json"}
    return running.ask(method, path, headers, json.dumps(data).encode())


def codes(answer: Answer) -> list[str]:
    assert answer.status == 422, answer
    return [finding["code"] for finding in json.loads(answer.text)["findings"]]


def plan_version(running: Studio) -> str:
    shown = running.ask("GET", ISSUE, running.own).text
    return shown.partition('data-base="')[2].partition('"')[0]


def test_a_new_issue_is_begun_on_a_day_and_refused_on_none(running: Studio, root: Path) -> None:
    assert codes(sent(running, "/issues", {"date": "31 февруари"})) == ["E630"]
    assert codes(sent(running, "/issues", {"date": "2023-12-20"})) == ["E86"]
    answer = sent(running, "/issues", {"date": "2024-02-29"})
    assert json.loads(answer.text) == {"go": "/issues/2024-02-29"}
    assert (root / "issues/2024-02-29/issue.yaml").is_file()
    (article,) = (root / "issues/2024-02-29").glob("first-article*.md")
    # Who writes here meets no sign of the files, and no lesson about them.
    body = article.read_text("utf-8").split("---\n")[-1]
    assert not re.search(r"[*_#`\[\]>|{}~]|^- ", body, re.MULTILINE), body
    told = json.loads(running.ask("GET", "/api/issues/2024-02-29/findings", running.own).text)
    assert "W172" in {finding["code"] for finding in told["findings"]}


@pytest.mark.parametrize("data", [None, [], "x", {"date": 5}, {"date": {"a": 1}}])
def test_what_is_no_form_is_refused_in_words(running: Studio, data: Any) -> None:
    assert codes(sent(running, "/issues", data)) == ["E630"]


def test_it_is_told_how_many_pages_are_laid_out_of_those_that_are_being_made(running: Studio) -> None:
    assert json.loads(running.ask("GET", f"/api{ISSUE}/progress", running.own).text) == {"pages": 0}
    assert running.ask("GET", "/api/issues/1999-01-01/progress", running.own).status == 422


def test_an_article_is_added_taken_out_and_put_back(running: Studio, root: Path) -> None:
    plan = root / "issues/2023-12-20/issue.yaml"
    before = plan.read_text("utf-8")
    base = plan_version(running)
    added = sent(
        running,
        f"{ISSUE}/plan",
        {"change": "add-article", "base": base, "section": "0", "kind": "notice", "title": "Покана"},
    )
    name = json.loads(added.text)["go"].rpartition("/")[2]
    assert (root / "issues/2023-12-20" / name).is_file()
    base = json.loads(added.text)["version"]
    taken = sent(running, f"{ISSUE}/plan", {"change": "take-out-article", "base": base, "name": name})
    assert plan.read_text("utf-8") == before
    assert not (root / "issues/2023-12-20" / name).exists()
    base = json.loads(taken.text)["version"]
    back = sent(running, f"{ISSUE}/plan", {"change": "put-back", "base": base, "name": name, "section": "0"})
    assert (root / "issues/2023-12-20" / name).is_file()
    shown = running.ask("GET", f"{ISSUE}/history?file={name}", running.own).text
    assert "махнато" in shown
    assert "gone" not in shown
    base = json.loads(back.text)["version"]
    sent(running, f"{ISSUE}/plan", {"change": "take-out-article", "base": base, "name": name})
    assert plan.read_text("utf-8") == before


def test_every_event_of_a_history_has_its_words() -> None:
    events = {value for name, value in vars(journal).items() if name.isupper() and isinstance(value, str)}
    assert events == EVENTS.keys()


def test_a_change_that_is_unknown_is_refused(running: Studio) -> None:
    assert codes(sent(running, f"{ISSUE}/plan", {"change": "burn", "base": "x"})) == ["E631"]


def test_an_article_is_opened_and_saved_as_the_editor_has_it(running: Studio, root: Path) -> None:
    address = f"/api{ISSUE}/articles/degrebe.md"
    opened = json.loads(running.ask("GET", address, running.own).text)
    path = root / "issues/2023-12-20/degrebe.md"
    before = path.read_bytes()
    assert opened["places"][0]["line"] > 1
    untouched = sent(running, address, {"base": opened["version"], "document": opened["document"]}, "PUT")
    assert json.loads(untouched.text)["state"] == "saved"
    assert path.read_bytes() == before
    broken = sent(running, address, {"base": opened["version"], "document": {"type": "doc", "x": 1}}, "PUT")
    assert codes(broken) == ["E634"]
    deep = '{"type": "blockquote", "content": [' * 5000 + "]}" * 5000
    nested = running.ask("PUT", address, running.own, f'{{"document": {{"content": [{deep}]}}}}'.encode())
    assert nested.status < 500
    assert path.read_bytes() == before


def test_a_language_that_is_none_changes_nothing(running: Studio) -> None:
    headers = {**running.own, "Content-Type": "application/json"}
    assert running.ask("POST", "/api/language", headers, b"{").status == 200
    assert json.loads(sent(running, "/api/language", {"language": "xx"}).text) == {"reload": True}


def test_a_document_that_is_none_is_refused() -> None:
    none: list[Any] = [5, [], {"type": "doc", "content": [{"type": "script"}]}]
    for data in none:
        with pytest.raises(IssueError) as refused:
            document_of(data)
        assert refused.value.findings[0].code == "E634"


def test_words_that_are_not_there_are_told(running: Studio) -> None:
    assert codes(sent(running, f"{ISSUE}/replacing", {"words": "няма ги"})) == ["E628"]
    shown = running.ask("GET", f"{ISSUE}/replacing?words=xyzzy", running.own)
    assert "xyzzy" in shown.text


def test_words_of_an_article_that_changed_since_they_were_found_are_not_replaced(
    running: Studio, root: Path
) -> None:
    path = root / "issues/2023-12-20/degrebe.md"
    before = path.read_text("utf-8")
    word = "Консорциумът"
    shown = running.ask("GET", f"{ISSUE}/replacing?words={quote(word)}", running.own).text
    chosen = re.findall(r'name="chosen" value="([^"]+degrebe\.md)"', shown)
    assert chosen
    changed = before.replace("\n---\nЗад", f"\n---\n{word} преди всичко.\n\nЗад", 1)
    path.write_text(changed, "utf-8")
    data = {"words": word, "by": "нещо", "chosen": chosen}
    assert codes(sent(running, f"{ISSUE}/replacing", data)) == ["E632"]
    assert path.read_text("utf-8") == changed
    path.write_text(before, "utf-8")
    answer = sent(running, f"{ISSUE}/replacing", data)
    assert answer.status == 200, answer
    assert path.read_text("utf-8") == before.replace(word, "нещо", 1)
    path.write_text(before, "utf-8")


def test_files_that_do_not_arrive_are_told(running: Studio) -> None:
    headers = {**running.own, "Content-Type": "multipart/form-data; boundary=b"}
    empty = b'--b\r\nContent-Disposition: form-data; name="issue"\r\n\r\n\r\n--b--\r\n'
    assert codes(running.ask("POST", "/import", headers, empty)) == ["E629"]


def test_questions_are_answered_once_and_words_are_learnt(running: Studio, root: Path) -> None:
    for data in ({"accept": "numbers: две, три"}, {"know": "мемекс"}, {"know": "хипертекст"}):
        assert sent(running, f"/api{ISSUE}/answers", data).status == 200
    house = (root / "issues/house.yaml").read_text("utf-8")
    assert "format: 1" in house.replace('"', "")
    assert house.count("мемекс") == house.count("хипертекст") == 1
    wrong = sent(running, "/api/spelling", {"language": "bg", "texts": ["мемекс и грешкка"]})
    (found,) = json.loads(wrong.text)["misspelt"]
    assert (found["text"], found["start"], found["end"]) == (0, 9, 16)


def test_typography_is_set_by_its_language(running: Studio) -> None:
    answer = sent(running, "/api/typography", {"language": "bg", "text": '"дума" - 16-17 ноември'})
    assert json.loads(answer.text)["text"].startswith("„дума“\u00a0– 16\u00a0–\u00a017")


def test_an_account_that_was_damaged_counts_as_none(running: Studio, root: Path) -> None:
    kept = root / "issues/2023-06-30/.account.json"
    for damaged in ('{"imports": [{"files": 5, "items": 7}, 3, {"items": [{}]}]}', "{", "[]"):
        kept.write_text(damaged, "utf-8")
        assert account.accounts(kept.parent) == {}
    assert running.ask("GET", "/issues/2023-06-30", running.own).status == 200
    kept.unlink()


class _Failing(StudioState):
    @property
    def begun(self) -> Workspace | None:
        raise ZeroDivisionError


def test_a_fault_of_the_program_is_told_in_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    app = studio_app(_Failing(tmp_path, dt.date(2026, 3, 1), tmp_path / "faults.log"))
    sent_back: list[dict[str, Any]] = []

    async def asked() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent_back.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
        with pytest.raises(ZeroDivisionError):
            await app({**scope, "state": {"session": Session("bg")}}, receive, send)

    asyncio.run(asked())
    assert sent_back[0]["status"] == 500
    assert "Грешката е в програмата" in sent_back[1]["body"].decode()
    shown = sent_back[1]["body"].decode()
    assert "Traceback" not in shown
    assert "ZeroDivisionError" not in shown
    assert "faults.log" in shown
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_draft_is_made_and_handed_over_in_one_step(running: Studio, root: Path) -> None:
    begun = sent(running, f"{ISSUE}/draft", {})
    told = running.ask("GET", f"/api/jobs/{json.loads(begun.text)['job']}", running.own).text
    steps = [json.loads(line.removeprefix("data: ")) for line in told.splitlines() if line.startswith("data")]
    assert all(step["words"] for step in steps[:-1])
    assert steps[-1]["download"] == f"/api{ISSUE}/draft.pdf"
    pdf = running.ask("GET", steps[-1]["download"], running.own)
    assert (pdf.status, pdf.headers["content-type"], pdf.text[:5]) == (200, "application/pdf", "%PDF-")
    assert (root / "out/2023-12-20/bulletin-2023-12-20-draft.pdf").is_file()


def test_a_picture_that_arrives_is_cleaned_and_named_by_us(root: Path) -> None:
    folder = root / "issues/2023-12-20"
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(written, "JPEG")
    data = written.getvalue()
    first = take_picture(folder, "../../Моя снимка?.JPG", data)
    again = take_picture(folder, "other.jpg", data)
    assert first == again
    assert first.source.startswith("images/")
    assert (folder / first.source).resolve().parent == folder / "images"
    with pytest.raises(IssueError):
        take_picture(folder, "x.jpg", b"no picture")


def test_a_picture_waits_for_another_that_arrives_at_the_same_time(root: Path) -> None:
    folder = root / "issues/2023-12-20"
    other = contextlib.ExitStack()
    other.enter_context(locked(folder / "images/.lock"))
    threading.Timer(0.1, other.close).start()
    data = io.BytesIO()
    Image.new("RGB", (20, 10), "teal").save(data, "PNG")
    assert take_picture(folder, "Двор.png", data.getvalue()).width == 20


@pytest.mark.parametrize("name", ["Двор.svg", "Двор.SVG", "Двор.Svg"])
def test_a_picture_is_what_its_bytes_say_whatever_its_name_ends_with(root: Path, name: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (20, 10), "olive").save(data, "PNG")
    assert take_picture(root / "issues/2023-12-20", name, data.getvalue()).source.endswith(".png")


def test_a_logo_that_is_replaced_stays_beside_the_new_one(root: Path) -> None:
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='{}' height='9'/></svg>"
    names = [
        take_house_file(Workspace(root), "Лого.svg", drawn.format(width).encode()) for width in (4, 4, 5)
    ]
    assert len(set(names)) == 2
    assert [(root / "issues" / name).read_text("utf-8") for name in names[1:]] == [
        drawn.format(4),
        drawn.format(5),
    ]


def test_a_picture_is_shown_made_anew_and_nothing_else_is(running: Studio) -> None:
    shown = {**running.own, "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"}
    del shown["X-Studio-Key"]
    see = f"see={running.sight}"
    good = running.ask("GET", f"/api{ISSUE}/pictures/images/go-green.svg?width=99999999999&{see}", shown)
    assert (good.status, good.headers["content-type"]) == (200, "image/svg+xml")
    for name in ("issue.yaml", "../publication.yaml", "..%2Fpublication.yaml", "images/none.jpg"):
        assert running.ask("GET", f"/api{ISSUE}/pictures/{name}?{see}", shown).status in {404, 422}
    # What is no picture is not shown to an element of a page.
    assert running.ask("GET", f"/api{ISSUE}/findings?{see}", shown).status == 401


def test_a_picture_that_was_moved_meanwhile_is_not_overwritten(root: Path) -> None:
    workspace = Workspace(root)
    for position, source in (
        (0, "images/other.svg"),
        (9, "images/go-green.svg"),
        (-1, "images/go-green.svg"),
    ):
        with pytest.raises(IssueError) as refused:
            save_print(workspace, "2023-12-20", "go-green.md", position, {"source": source, "credit": "x"})
        assert [finding.code for finding in refused.value.findings] == ["E633"]


def test_the_first_day_asks_for_what_is_needed_and_refuses_what_is_no_logo(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with studio(empty, tmp_path / "state") as fresh:
        fresh.enter()
        body = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nNews\r\n--b--\r\n'
        headers = {**fresh.own, "Content-Type": "multipart/form-data; boundary=b"}
        answer = fresh.ask("POST", "/first-day/logo", headers, body)
        assert codes(answer) == ["E624", "E624"]
        fields = [finding["field"] for finding in json.loads(answer.text)["findings"]]
        assert fields == ["publisher", "email"]
    answers = FirstDay("Вести", "Клъстер", "office@example.net", "#0f4c64", "#d9a441", b"GIF89a no logo")
    with pytest.raises(IssueError) as refused:
        begin(empty, dt.date(2026, 3, 1), "bg", answers)
    assert [finding.code for finding in refused.value.findings] == ["E625"]
    assert not (empty / "issues").exists()


def test_what_an_import_left_over_is_placed_dropped_and_taken_up_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, folder = Workspace(root), root / "issues/2023-12-20"
    items = [
        {"code": code, "values": {"name": "a.docx", "found": whole}, "path": "", "whole": whole}
        for code, whole in (("W500", "Ред *едно* <b>"), ("W503", ""), ("W502", "само отча…"))
    ]
    told = {"issue": folder.name, "files": ["a.docx"], "items": items, "words": [3, 0], "counts": {}}
    number = account.enter(folder, told)
    account.place(workspace, folder, number, 0, "degrebe.md")
    assert (folder / "degrebe.md").read_text("utf-8").endswith("Ред \\*едно\\* \\<b>\n")
    account.settle(folder, number, 1, "dropped")
    kept = account.items_of(account.accounts(folder)[number])
    assert [item.state for item in kept] == ["placed", "dropped", "open"]
    assert kept[0].article == "degrebe.md"
    account.settle(folder, number, 1, "open")
    for wrong_number, item in ((number, 2), (number, 9), (99, 0), (-1, 0)):
        with pytest.raises(IssueError) as refused:
            account.place(workspace, folder, wrong_number, item, "degrebe.md")
        assert [finding.code for finding in refused.value.findings] == ["E631"]
    monkeypatch.setattr(account, "save_article", lambda *_, **__: Conflict("", "", "", "", ()))
    account.settle(folder, number, 0, "open")
    with pytest.raises(IssueError) as refused:
        account.place(workspace, folder, number, 0, "degrebe.md")
    assert [finding.code for finding in refused.value.findings] == ["E632"]


def _faulty(_: object) -> Iterator[dict[str, Any]]:
    yield {"step": "x", "done": 0, "total": 1}
    raise ZeroDivisionError


def test_work_that_fails_by_a_fault_of_the_program_is_told_and_its_trace_written_down(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """As it is done: in a process of its own."""
    log = tmp_path / "faults.log"
    with capfd.disabled(), written_down(log):
        working = jobs.Jobs(log)
        job = working.get(working.start(jobs.Work(_faulty, None, "bg", dict)))
        assert job is not None
        *_, last = job.news()
    assert last is not None
    assert "Грешката е в програмата" in last["findings"][0]["message"]
    assert str(log) in last["findings"][0]["message"]
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_fault_that_goes_on_fills_no_disk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "faults.log"
    with capfd.disabled(), written_down(log):
        for _ in range(4):
            write_fault(ValueError("x" * (LARGEST // 2)), log)
        write_fault(ValueError("the last one"), log)
    assert log.stat().st_size < 2 * LARGEST
    assert "the last one" in log.read_text("utf-8")


def test_one_that_missed_news_is_told_to_look_at_everything() -> None:
    async def slept() -> tuple[str, Any] | None:
        news = News()
        first = asyncio.ensure_future(anext(news.listen()))
        await asyncio.sleep(0)
        for number in range(1000):
            news.tell("saved", {"issue": "2023-12-20", "path": f"{number}.md"})
        return await first

    assert asyncio.run(slept()) == ALL


def test_work_in_hand_is_kept_however_much_was_begun_since(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()

    def waits(*_: object) -> Iterator[dict[str, Any]]:
        goes_on.wait(PATIENCE)
        yield {"result": {}}

    monkeypatch.setattr(jobs, "in_bounds", waits)
    working = jobs.Jobs()
    names = [working.start(jobs.Work(waits, None, "bg", dict)) for _ in range(jobs.MOST_KEPT + 2)]
    goes_on.set()
    for name in names:
        job = working.get(name)
        assert job is not None
        assert [*job.news()] == [{}]
    working.start(jobs.Work(waits, None, "bg", dict))
    assert [name for name in names if working.get(name) is None] == names[:3]


def test_the_end_of_work_is_told_also_where_its_files_cannot_be_tidied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "in_bounds", lambda *_: iter([{"result": {"go": "/"}}]))
    monkeypatch.setattr(threading, "excepthook", lambda _: None)

    def tidy() -> None:
        raise PermissionError

    working = jobs.Jobs()
    job = working.get(working.start(jobs.Work(_faulty, None, "bg", dict, tidy)))
    assert job is not None
    assert [*job.news()] == [{"go": "/"}]


def _too_long(_: object) -> Iterator[dict[str, Any]]:
    yield {"step": "x", "done": 0, "total": 1}
    raise PastBoundsError("time")


def test_work_past_its_bounds_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "in_bounds", lambda work, request, _: work(request))
    working = jobs.Jobs()
    tidied: list[bool] = []
    name = working.start(jobs.Work(_too_long, None, "bg", dict, lambda: tidied.append(True)))
    job = working.get(name)
    assert job is not None
    *_, last = job.news()
    assert last is not None
    assert [finding["code"] for finding in last["findings"]] == ["E627"]
    assert tidied == [True]


def test_work_that_goes_on_after_its_end_was_told_does_not_begin_anew() -> None:
    job = jobs.Job()
    job.tell({"end": "stopped"}, last=True)
    job.tell({"step": "Reading the files"})
    assert next(iter(job.news(0.01))) == {"end": "stopped"}
    assert job.is_done


def test_a_form_changes_what_was_changed_and_nothing_else() -> None:
    fields = (
        Field("title", "t"),
        Field("budget.total", "b", "money"),
        Field("start", "s", "moment"),
        Field("partners.countries", "c", "countries"),
        Field("words", "w", "lines"),
        Field("team", "t", "rows", columns=(Column("role", "r"), Column("name", "n"))),
        Field("names", "n", "rows", columns=(Column("name", "n"), Column("also", "a", "lines"))),
    )
    values = {
        "title": {"bg": "Вести", "en": "News"},
        "budget": {"total": "294,5 хил. евро"},
        "start": "2026-01-02 10:30",
        "partners": {"countries": ["NL", "BG"]},
        "words": ["едно"],
        "team": [
            {"role": {"bg": "Ред", "en": "Ed"}, "name": "А"},
            {"role": {"bg": "К", "en": "C"}, "name": "Б"},
        ],
        "names": [{"name": "Иван", "also": ["Ив.", "И."]}],
    }
    as_shown = {
        "title.bg": "Вести",
        "title.en": "News",
        "budget.total.amount": "294,5 хил. евро",
        "budget.total.currency": "",
        "start.day": "2026-01-02",
        "start.time": "10:30",
        "partners.countries": ["BG", "NL"],
        "words": "едно",
        "team.count": "3",
        "team.0.role.bg": "Ред",
        "team.0.role.en": "Ed",
        "team.0.name": "А",
        "team.1.role.bg": "К",
        "team.1.role.en": "C",
        "team.1.name": "Б",
        "names.count": "2",
        "names.0.name": "Иван",
        "names.0.also": "Ив., И.",
    }
    assert changed_values(fields, values, as_shown) == {}
    assert changed_values(fields, values, {}) == {}
    edits: list[tuple[dict[str, Any], dict[Any, Any]]] = [
        ({"title.en": "Tidings"}, {("title", "en"): "Tidings"}),
        ({"budget.total.amount": "5", "budget.total.currency": "EUR"}, {("budget", "total"): "5 EUR"}),
        ({"start.time": ""}, {("start",): "2026-01-02"}),
        ({"start.day": "", "start.time": ""}, {("start",): None}),
        ({"partners.countries": ["BG", "DE"]}, {("partners", "countries"): ["BG", "DE"]}),
        ({"words": "едно\n две \n"}, {("words",): ["едно", "две"]}),
        ({"team.1.role.en": "Chief"}, {("team", 1, "role", "en"): "Chief"}),
        ({"team.2.name": "В"}, {("team", 2): {"name": "В"}}),
        (
            {"team.0.role.bg": "", "team.0.role.en": "", "team.0.name": ""},
            {("team",): [{"role": {"bg": "К", "en": "C"}, "name": "Б"}]},
        ),
        ({"names.0.also": ""}, {("names", 0, "also"): None}),
    ]
    for edit, expected in edits:
        assert changed_values(fields, values, as_shown | edit) == expected
    assert [each.language for each in shown_fields(fields, values)][:2] == ["bg", "en"]


def test_an_article_is_translated_and_has_the_fields_that_a_translation_says_anew(
    running: Studio, root: Path
) -> None:
    folder = root / "issues/2023-12-20"
    assert sent(running, f"{ISSUE}/texts/de", {}).status == 404
    answer = sent(running, f"{ISSUE}/texts/en", {"title": "Projects", "sections.0.title": "Under way"})
    assert answer.status == 200
    assert (folder / "issue.en.yaml").read_text("utf-8").count("title:") == 5
    told = json.loads(running.ask("GET", f"/api{ISSUE}/findings", running.own).text)
    words = " ".join(f"{each['message']} {each['remedy']}" for each in told["findings"])
    # What is not translated is called by its name here, and never by that of a field or file.
    assert not re.search(r"cover\.|sections\.|greeting|\.md", words)
    begun = sent(running, f"{ISSUE}/texts/en/articles", {"article": "xd-media-hub.md"})
    name = json.loads(begun.text)["go"].rpartition("/")[2]
    assert (folder / name).read_text("utf-8") == "---\ntitle: XD Media Hub\n---\n"
    shown = running.ask("GET", f"{ISSUE}/articles/{name}", running.own).text
    named = set(re.findall(r'name="([a-z_.]+)"', shown))
    assert {"title", "standfirst", "programme"} <= named
    assert not named & {"kind", "weight", "budget.total.amount", "url"}
    assert 'data-text-language="en"' in shown
    again = sent(running, f"{ISSUE}/texts/en/articles", {"article": "xd-media-hub.md"})
    assert again.text == begun.text


def test_a_piece_of_the_house_is_written_with_every_sign_as_it_is_and_listed(
    running: Studio, root: Path, request: pytest.FixtureRequest
) -> None:
    assert codes(sent(running, "/publication/fillers", {"filler_title": "Членство"})) == ["E624"]
    publication = root / "issues/publication.yaml"
    request.addfinalizer(functools.partial(publication.write_bytes, publication.read_bytes()))
    words = "Пишете на *нас* _утре_.\n\n- Не е списък, [а] изречение."
    # Sent twice, as by two quick clicks, it is written once.
    for _ in range(2):
        form = {"filler_title": "Как се влиза", "filler_words": words}
        assert sent(running, "/publication/fillers", form).status == 200
    (path,) = (root / "issues/fillers").glob("*.md")
    request.addfinalizer(path.unlink)
    assert (root / "issues/publication.yaml").read_text("utf-8").count(f"fillers/{path.name}") == 1
    reading = read_issue(root / "issues/2023-12-20", Workspace(root))
    assert [finding.code for finding in reading.findings if "fillers" in str(finding.place)] == []
    assert reading.issue is not None
    (filler,) = reading.issue.fillers
    said = "\n\n".join("".join(run.text for run in nodes_of(Run, (block,))) for block in filler.body)
    assert said == words
