"""From an empty folder to the draft of a whole bulletin: without a terminal, no file edited by hand."""

from __future__ import annotations

import datetime as dt
import io
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from playwright.sync_api import expect

from tests.specimens.photographs import photograph
from tests.studio.expected.conftest import violations
from tests.studio.processes import WAIT
from tests.studio.running import ready, studio
from tests.support.paths import SEED, WHOLE_BULLETIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument
    from playwright.sync_api import Browser, Locator, Page

DRAWN: Final = "Дъсчен кей с три лодки"


class Old(NamedTuple):
    """A bulletin that an office made in Word.

    Args:
        path: Its text.
        date: Of the new issue.
        article: An article of it, by its title.
        said: What its draft has to say.
        fact: What is proposed as a fact of it, and has to be in a file once it is taken on.
    """

    path: Path
    date: str
    article: str
    said: tuple[str, ...]
    fact: str


OLD: Final = {
    "kept here": Old(
        WHOLE_BULLETIN, "2024-06-14", "WARM WOOL", ("Old Boats Atlas", "WARM WOOL"), "partners:"
    ),
    "the office's own": Old(
        SEED,
        "2023-12-20",
        "XD Media Hub",
        ("Леуварден", "GO GREEN", "INVESTech", "294,5 хил. евро"),
        'total: "294500 EUR"',
    ),
}


@pytest.fixture(scope="module", params=OLD)
def old(request: pytest.FixtureRequest) -> Old:
    if not OLD[request.param].path.is_file():
        pytest.skip("the bulletin of an office is not kept with the code")
    return OLD[request.param]


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory: pytest.TempPathFactory, old: Old) -> list[Path]:
    """Return what colleagues sent: the bulletin in Word, an article in Word, a mail and photographs."""
    folder = tmp_path_factory.mktemp("sent")
    bulletin = Document()
    for line in old.path.read_text("utf-8").splitlines():
        written(bulletin, line)
    bulletin.save(str(folder / "Бюлетин 5.docx"))
    article = Document()
    article.add_heading("Нов член от Силистра", 1)
    article.add_paragraph("Корабостроителницата в Силистра стана член на съюза на 3 юни 2024 г.")
    article.add_picture(io.BytesIO(photograph("yard", 4, 900, 600)), Mm(90))
    article.save(str(folder / "Силистра.docx"))
    mail = EmailMessage()
    mail["From"], mail["To"] = "Мария Иванова <maria@example.org>", "office@example.org"
    mail["Subject"], mail["Date"] = "Покана за регата", "Mon, 3 Jun 2024 10:12:00 +0300"
    mail.set_content(
        "Каним всички членове на регата на 6 юли 2024 г. от 9:30 ч. при кея в Русе.\n\n"
        "-- \nМария Иванова\nтел. 0888 000 111\n"
    )
    (folder / "покана.eml").write_bytes(bytes(mail))
    for number, scene in enumerate(("river", "hills"), 1):
        (folder / f"снимка {number}.jpg").write_bytes(photograph(scene, number, 1600, 1000))
    return sorted(folder.iterdir())


def written(document: WordDocument, line: str) -> None:
    """Write a line of the kept bulletin as Word holds it: headings by their style, the rest as paragraphs."""
    hashes, _, title = line.partition(" ")
    if hashes and not hashes.strip("#") and title:
        document.add_heading(title, len(hashes))
    elif line.startswith("- "):
        document.add_paragraph(line[2:], style="List Bullet")
    elif line.strip():
        paragraph = document.add_paragraph()
        for number, part in enumerate(
            re.sub(r"<(https?:[^>]*)>|\[([^]]*)\]\([^)]*\)", r"\1\2", line).split("**")
        ):
            paragraph.add_run(part).bold = number % 2 == 1


class Walk:
    """An officer's way through the studio; each step begins where the one before it ended.

    Args:
        page: The tab.
        base: The address of the studio.
        folder: The workspace.
        issue: The address of the issue that is made.
    """

    def __init__(self, page: Page, base: str, folder: Path, issue: str) -> None:
        """Begin in an empty folder."""
        self.page = page
        self.base = base
        self.folder = folder
        self.issue = issue

    def go(self, view: str = "") -> None:
        """Open a view of the issue."""
        self.page.goto(f"{self.base}{self.issue}{view}")
        ready(self.page)

    def press(self, name: str, within: Page | Locator | None = None) -> None:
        """Press a button by its words."""
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def queries(self) -> Locator:
        """Return the list of what there is to look at, once it is there."""
        expect(self.page.locator("[data-summary]")).to_be_visible()
        return self.page.locator("section:has([data-summary]) .findings > li")


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory, old: Old) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("office")
    with studio(folder, tmp_path_factory.mktemp("state")) as running:
        context, page = running.opened(browser, viewport={"width": 1280, "height": 900})
        yield Walk(page, running.base, folder, f"/issues/{old.date}")
        context.close()


def _01_the_first_day_asks_for_four_things_and_makes_the_bulletin(walk: Walk) -> None:
    page = walk.page
    assert list(walk.folder.iterdir()) == []
    assert violations(page) == []
    page.get_by_label("Как се казва бюлетинът").fill("Дунавски вести")
    page.get_by_label("Кой го издава").fill("Съюз Дунавски работилници")
    page.get_by_label("Адресът, от който").fill("office@dunavski-rabotilnitsi.example")
    walk.press("Започване")
    page.wait_for_url("**/issues/20*")
    ready(page)


def _02_a_new_issue_is_begun_by_its_date(walk: Walk, old: Old) -> None:
    walk.page.get_by_role("link", name="Броеве").click()
    ready(walk.page)
    walk.page.get_by_label("Дата на новия брой").fill(old.date)
    walk.press("Нов брой")
    walk.page.wait_for_url(f"**{walk.issue}")
    ready(walk.page)


def _03_what_colleagues_sent_is_dropped_on_it(walk: Walk, arrivals: list[Path]) -> None:
    walk.page.set_input_files("#files", [str(path) for path in arrivals])
    walk.page.wait_for_url(f"**{walk.issue}/account/0", timeout=2 * WAIT)
    ready(walk.page)
    said = walk.page.locator(".figures dd").all_inner_texts()
    came, placed = int(said[0]), int(said[1])
    assert came > placed > 0.97 * came
    assert violations(walk.page) == []


def _04_each_thing_left_over_is_placed_or_dropped(walk: Walk, old: Old) -> None:
    page = walk.page
    waiting = page.locator(".findings:not(.settled) > li")
    pictures = waiting.filter(has=page.locator("img.arrived"))
    expect(pictures).to_have_count(2)
    for left in (1, 0):
        pictures.first.get_by_label("Поставяне в края на").select_option(label=old.article)
        walk.press("Поставяне", pictures.first)
        expect(pictures).to_have_count(left)
    for left in reversed(range(waiting.count())):
        waiting.first.locator("button[data-post]").click()
        expect(waiting).to_have_count(left)
    expect(page.locator(".good-word")).to_be_visible()


def _05_a_draft_that_cannot_be_made_yet_says_what_it_waits_for(walk: Walk) -> None:
    walk.go()
    walk.press("Чернова в PDF")
    refused = walk.page.locator("[data-refused]").first
    expect(refused).to_contain_text("няма алтернативен текст", timeout=2 * WAIT)
    assert violations(walk.page) == []
    assert not re.search(r"\.md|\.yaml|\[|\{|bulletin", refused.inner_text())


def _06_pictures_are_described_on_one_sheet(walk: Walk) -> None:
    walk.go("/pictures")
    prints = walk.page.locator(".print")
    expect(prints).to_have_count(3)
    for number in range(3):
        card = prints.nth(number)
        card.get_by_label("Какво се вижда").fill(f"{DRAWN} {number}")
        card.get_by_label("Кой я е направил").fill("архив на съюза")
        expect(card.locator("[data-state]")).to_have_text("Записано")


def _07_facts_that_were_found_are_taken_on_each_beside_its_sentence(walk: Walk, old: Old) -> None:
    page = walk.page
    walk.go("/account/0")
    proposed = page.locator("section:has(#proposed) a")
    assert proposed.count() > 0
    while proposed.count():
        proposed.first.click()
        page.wait_for_url("**/articles/*")
        ready(page)
        take = page.locator("[data-take=true]")
        while take.count():
            # An article that becomes an event is offered the facts of one.
            name = take.first.get_attribute("aria-label")
            take.first.click()
            expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        walk.go("/account/0")
    # The mail is an event now, which has to say where.
    walk.go("/articles/pokana-za-regata.md")
    page.locator("[name=place]").fill("Кеят в Русе")
    expect(page.locator("[data-state]")).to_have_text("Записано")
    texts = "".join(path.read_text("utf-8") for path in (walk.folder / walk.issue[1:]).glob("*.md"))
    assert any(line.strip(" {").startswith(old.fact) for line in texts.splitlines())


def _08_every_finding_is_mended_or_answered(walk: Walk) -> None:
    page = walk.page
    # The publication is asked for what its form has.
    walk.go()
    walk.queries()
    walk.press("Поправка на типографията")
    expect(page.locator("#announcer")).to_contain_text("променени редове")
    # Said before the view is shown anew, which has none of it left.
    expect(page.get_by_role("button", name="Поправка на типографията")).to_have_count(0)
    walk.queries()
    answers = page.get_by_role("button", name=re.compile("^Вярно е"))
    while count := answers.count():
        answers.first.click()
        expect(answers).to_have_count(count - 1)
    for _ in range(6):
        left = walk.queries()
        if not left.count():
            break
        text = left.first.inner_text()
        left.first.get_by_role("link").first.click()
        page.wait_for_url("**/publication*")
        ready(page)
        mend(walk, text)
        walk.go()
    expect(page.locator("[data-summary]")).to_have_text("Няма грешки и въпроси")


def mend(walk: Walk, text: str) -> None:
    """Do in a view what a finding asks for."""
    sample = re.search(r"примерен текст: „(.*)“", text)
    assert sample is not None, text
    field = walk.page.locator("main input, main textarea")
    values = field.evaluate_all("(all) => all.map((each) => each.value)")
    field.nth(values.index(sample[1])).fill("Мария Иванова")
    walk.press("Запис")
    expect(walk.page.locator("#announcer")).to_contain_text("Записано")


def _09_the_whole_draft_is_one_button(walk: Walk, old: Old) -> None:
    with walk.page.expect_download(timeout=2 * WAIT) as handed:
        walk.press("Чернова в PDF")
    pdf = pypdfium2.PdfDocument(handed.value.path())
    words = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    for said in (*old.said, "Нов член от Силистра", "регата на 6 юли 2024", "Дунавски вести"):
        assert said.replace(" ", "") in words.replace(" ", ""), said
    assert len(pdf) > 3


def _10_no_file_was_touched_by_anybody_else(walk: Walk) -> None:
    folder = walk.folder / walk.issue[1:]
    assert dt.date.fromisoformat(folder.name)
    assert sorted(path.name for path in walk.folder.iterdir()) == [".history", "issues", "out"]
    assert DRAWN in "".join(path.read_text("utf-8") for path in folder.glob("*.md"))


# One test: run by several processes, steps of their own would be taken by different ones.
def test_an_officer_gets_from_an_empty_folder_to_the_whole_draft(
    walk: Walk, old: Old, arrivals: list[Path]
) -> None:
    _01_the_first_day_asks_for_four_things_and_makes_the_bulletin(walk)
    _02_a_new_issue_is_begun_by_its_date(walk, old)
    _03_what_colleagues_sent_is_dropped_on_it(walk, arrivals)
    _04_each_thing_left_over_is_placed_or_dropped(walk, old)
    _05_a_draft_that_cannot_be_made_yet_says_what_it_waits_for(walk)
    _06_pictures_are_described_on_one_sheet(walk)
    _07_facts_that_were_found_are_taken_on_each_beside_its_sentence(walk, old)
    _08_every_finding_is_mended_or_answered(walk)
    _09_the_whole_draft_is_one_button(walk, old)
    _10_no_file_was_touched_by_anybody_else(walk)
