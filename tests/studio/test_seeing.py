"""What an officer sees of an issue: the flatplan on which it is planned, and how it looks elsewhere."""

from __future__ import annotations

import functools
import os
import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.specimens.bulletins import BULLETINS, laid_out
from tests.standards.browsing import CHROMIUM, patient
from tests.studio.processes import until
from tests.studio.running import Studio, ready, studio
from tests.studio.test_views import AXE, violations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Route

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

SCHOOL: Final = BULLETINS["school"]
ISSUE: Final = f"/issues/{SCHOOL.date}"
FEW: Final = """\
sections:
  - title: Класната стая без стени
    articles: [yard.md]
  - title: Накратко
    articles: [chess.md, frogs.md, radio.md]
  - title: Хора
    articles:
      - librarian.md
      - caretaker.md  # снимката идва
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    issue = laid_out(SCHOOL, None, tmp_path_factory.mktemp("seen"))
    plan = issue / "issue.yaml"
    head = plan.read_text("utf-8").partition("sections:\n")[0]
    plan.write_text(f"{head}{FEW}", "utf-8")
    return issue


@pytest.fixture(scope="module")
def entered(
    folder: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Studio, BrowserContext]]:
    with studio(folder.parents[1], tmp_path_factory.mktemp("state"), language="en") as running:
        context, _ = running.opened(browser, viewport={"width": 1280, "height": 900})
        yield running, context
        context.close()


@pytest.fixture
def page(entered: tuple[Studio, BrowserContext], folder: Path) -> Iterator[Page]:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    tab = entered[1].new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield tab
    tab.close()
    for path, data in before.items():
        if path.read_bytes() != data:
            path.write_bytes(data)
    assert faults == []


def shown(entered: tuple[Studio, BrowserContext], page: Page, path: str) -> None:
    page.goto(f"{entered[0].base}{ISSUE}{path}")
    ready(page)


def chip(page: Page, name: str) -> Locator:
    return page.locator(f'[data-article="{name}"]').first


def as_wide_as(mail: Frame, width: int) -> bool:
    shown = "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    return bool(mail.evaluate(shown) == [width, width])


def lines_changed(before: bytes, after: bytes) -> list[str]:
    """Return the lines that only one of two texts has, `-` before those of the first."""
    old, new = before.decode().splitlines(), after.decode().splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


def test_an_article_is_moved_by_keys_and_what_that_does_is_said_before_it_is_saved_and_taken_back(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    plan = folder / "issue.yaml"
    before = plan.read_bytes()
    shown(entered, page, "/pages")
    chip(page, "frogs.md").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#announcer")).to_contain_text("place 1 of 3 in “Накратко”")
    page.keyboard.press("Alt+ArrowUp")
    # Over the edge of its section into the one before.
    expect(page.locator("#announcer")).to_contain_text("place 2 of 2 in “Класната стая без стени”")
    does = page.locator("[data-does]")
    expect(does).to_have_attribute("aria-busy", "false")
    assert does.locator("li").count() >= 1
    assert "foretold" not in does.inner_text()
    assert plan.read_bytes() == before
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#announcer")).to_have_text("Saved")
    after = plan.read_bytes()
    assert lines_changed(before, after) == [
        "-    articles: [yard.md]",
        "-    articles: [chess.md, frogs.md, radio.md]",
        "+    articles: [yard.md, frogs.md]",
        "+    articles: [chess.md, radio.md]",
    ]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#announcer")).to_have_text("Undone")
    assert plan.read_bytes() == before
    # The steps are known as long as the tab is open.
    page.reload()
    ready(page)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("#announcer")).to_have_text("Undone")
    assert plan.read_bytes() == after


def test_an_article_is_dragged_to_another_one_and_nothing_is_written_until_it_is_saved(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    before = (folder / "issue.yaml").read_bytes()
    shown(entered, page, "/pages")
    chip(page, "radio.md").drag_to(chip(page, "chess.md"), target_position={"x": 20, "y": 3})
    pending = page.locator("[data-pending]")
    expect(pending).to_contain_text("place 1 of 3 in “Накратко”")
    page.keyboard.press("Escape")
    expect(page.locator("[data-outcome]")).to_be_hidden()
    chip(page, "radio.md").drag_to(chip(page, "chess.md"), target_position={"x": 20, "y": 3})
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#announcer")).to_have_text("Saved")
    after = (folder / "issue.yaml").read_bytes()
    assert lines_changed(before, after)[1:] == ["+    articles: [radio.md, chess.md, frogs.md]"]


def test_weight_width_and_cover_say_together_what_they_do_and_change_their_lines_alone(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    names = ("issue.yaml", "chess.md")
    before = {name: (folder / name).read_bytes() for name in names}
    shown(entered, page, "/pages")
    chip(page, "chess.md").click()
    page.get_by_label("Weight on the page").select_option("feature")
    page.locator("#f-picture-0").select_option("third")
    page.get_by_label("Cover").select_option("librarian.md")
    expect(page.locator("[data-pending] li")).to_have_count(3)
    expect(page.locator("[data-does]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-does]")).to_contain_text("line")
    assert {name: (folder / name).read_bytes() for name in names} == before
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#announcer")).to_have_text("Saved")
    after = {name: (folder / name).read_bytes() for name in names}
    changed = lines_changed(before["chess.md"], after["chess.md"])
    assert "+weight: feature" in changed
    assert [line for line in changed if "third" in line and line.startswith("+!")]
    assert len(changed) == 3
    assert [line for line in lines_changed(before["issue.yaml"], after["issue.yaml"]) if line[0] == "+"] == [
        "+  article: librarian.md"
    ]
    page.keyboard.press("Control+z")
    expect(page.locator("#announcer")).to_have_text("Undone")
    assert {name: (folder / name).read_bytes() for name in names} == before


def test_the_weight_that_is_left_to_the_program_says_which_it_is_now(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    shown(entered, page, "/pages")
    chip(page, "yard.md").click()
    automatic = page.locator("#f-weight option[value='']")
    expect(automatic).to_have_text("automatic (now: lead of the issue)")
    chip(page, "chess.md").click()
    expect(automatic).to_have_text("automatic (now: short)")
    # Among the facts of the article it says the same, and follows what is written.
    article = folder / "chess.md"
    before = article.read_bytes()
    shown(entered, page, "/articles/chess.md")
    page.locator("details.facts").evaluate("(each) => { each.open = true; }")
    among_facts = page.locator("[data-facts] [name=weight] option[value='']")
    expect(among_facts).to_have_text("automatic (now: short)")
    try:
        article.write_bytes(before + "\nТова е дълъг абзац за шахмата, който продължава. ".encode() * 40)
        expect(among_facts).to_have_text("automatic (now: feature)")
    finally:
        article.write_bytes(before)


def test_axe_finds_no_violation_while_something_is_chosen(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    # axe itself is a script that the policy refuses: it comes with the test's own window.
    running, _ = entered
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(
        bypass_csp=True, storage_state=page.context.storage_state(), viewport={"width": 1280, "height": 900}
    )
    tab = context.new_page()
    shown(entered, page, "/pages")
    tab.goto(f"{running.base}{ISSUE}/pages")
    key = page.evaluate("sessionStorage.getItem('bulletin-studio-key')")
    tab.evaluate("(key) => sessionStorage.setItem('bulletin-studio-key', key)", key)
    tab.reload()
    ready(tab)
    chip(tab, "yard.md").click()
    tab.get_by_label("Weight on the page").select_option("lead")
    expect(tab.locator("[data-does]")).to_have_attribute("aria-busy", "false")
    tab.add_script_tag(path=AXE)
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360)):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(tab, colours_alone=scheme == "dark") == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_mail_is_seen_narrow_and_wide_by_day_and_in_the_dark_without_scripts(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    article = folder / "frogs.md"
    article.write_text(
        article.read_text("utf-8").replace("title: ", "title: <script>x</script> ", 1), "utf-8"
    )
    shown(entered, page, "/pages/mail")
    frame = page.locator("iframe:not(.coming)")
    expect(frame).to_have_attribute("width", "600")
    expect(frame).to_have_attribute("sandbox", "")
    mail = page.frame_locator("iframe:not(.coming)")
    # The first is the line that a list of mails shows, which the mail itself hides.
    expect(mail.get_by_text("<script>x</script>").last).to_be_visible()
    assert mail.locator("script").count() == 0
    ground = "getComputedStyle(document.body).backgroundColor"
    by_day = mail.locator("body").evaluate(ground)
    # The dark letter is still on its way when its width is chosen.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/frames/*", hold)
    page.get_by_label("in the dark").check()
    expect(page.locator("iframe")).to_have_count(2)
    with page.expect_response("**/mail?dark=*"):
        page.get_by_label("360 px").check()
    for each in held:
        each.continue_()
    expect(page.locator("iframe")).to_have_count(1)
    expect(frame).to_have_attribute("width", "360")
    assert mail.locator("body").evaluate(ground) != by_day


def test_an_error_keeps_what_was_shown_last_and_says_why(
    entered: tuple[Studio, BrowserContext], page: Page, folder: Path
) -> None:
    article = folder / "frogs.md"
    good = article.read_text("utf-8")
    shown(entered, page, "/pages/phone")
    page.get_by_label("What is shown").select_option("frogs.md")
    text = page.frame_locator("iframe:not(.coming)").locator("article")
    expect(text).to_contain_text("Преброихме жабите")
    words = text.inner_text()
    other = page.context.new_page()
    shown(entered, other, "/pages/spreads")
    expect(other.locator("[data-open] img")).to_have_count(1)
    article.write_text(good.replace("title:", "titel:", 1), "utf-8")
    expect(page.locator("[data-stale-note]")).to_contain_text("how it was before, for: unknown field “titel”")
    expect(other.locator("[data-stale-note]")).to_contain_text(
        "how it was before, for: unknown field “titel”"
    )
    assert text.inner_text() == words
    expect(other.locator("[data-open] img")).to_have_count(1)
    article.write_text(good, "utf-8")
    expect(page.locator("[data-stale-note]")).to_be_hidden()
    expect(other.locator("[data-stale-note]")).to_be_hidden()
    other.close()


def test_an_article_as_on_a_screen_follows_each_word(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, "/articles/frogs.md")
    page.get_by_role("button", name="As on a screen").click()
    text = page.frame_locator("iframe:not(.coming)").locator("article")
    expect(text).to_be_visible()
    page.locator(".ProseMirror > p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" Допълнение")
    expect(text).to_contain_text("Допълнение")


def test_a_page_is_seen_as_it_is_cut_and_ink_by_ink(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, "/pages/press")
    expect(page.locator("[data-sheet-size]")).to_have_text("210 × 297 mm as cut, 3 mm of bleed around it")
    expect(page.locator("[data-most-ink]")).to_contain_text("the paper takes 300 %")
    sheet = page.locator("[data-sheet]")
    for ink in ("black", "all inks together"):
        page.get_by_label(ink, exact=True).check()
        expect(sheet).to_have_attribute("alt", re.compile(rf"^Page 1 of \d+, {ink}$"))
        assert sheet.evaluate("async (each) => { await each.decode(); return each.naturalWidth; }") > 800
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("[data-fold]")).to_contain_text("right edge")


def test_a_mail_is_as_wide_as_is_chosen_beside_its_bar_and_fits_a_telephone(
    folder: Path, browser: Browser, tmp_path: Path
) -> None:
    # Playwright hides the bars by which one scrolls, which others have.
    with_bars = patient(
        browser.browser_type.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-features=OverlayScrollbar"],
            ignore_default_args=["--hide-scrollbars"],
            # As `chromium` has it.
            env={name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")},
        )
    )
    with studio(folder.parents[1], tmp_path) as running:
        context, page = running.opened(with_bars, viewport={"width": 1280, "height": 900})
        page.goto(f"{running.base}{ISSUE}/pages/mail")
        for window, chosen in ((1280, 600), (1280, 360), (360, 360)):
            page.set_viewport_size({"width": window, "height": 900})
            page.locator(f"[name=width][value='{chosen}']").check()
            page.wait_for_selector(f".framed iframe[data-shows='{chosen}']:not(.coming)")
            expect(page.locator("iframe")).to_have_count(1)
            # As the browser has it once it is laid out anew.
            until(functools.partial(as_wide_as, page.frames[-1], chosen))
            mail = page.frames[-1]
            assert mail.evaluate("innerWidth") > chosen
            around = (
                "(([box]) => box.scrollWidth - box.clientWidth)(document.getElementsByClassName('framed'))"
            )
            assert page.evaluate(around) == 0
        context.close()
    with_bars.close()
