"""The fifteen things that people who know Word alone expect, each as they would try it."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Error, expect

from tests.specimens.photographs import photograph
from tests.studio.editor.test_pasting import CLIPBOARDS, DROP
from tests.studio.expected.conftest import ISSUE, Officer, violations
from tests.studio.processes import PATIENCE, WAIT, until
from tests.studio.running import ready, studio

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.studio.running import Studio

SIGNS: Final = re.compile(r"\*\*|\]\(|!\[|\{credit|^#+ |^---$|^\s*[-*] \[|\\$", re.MULTILINE)
"""What only those meet who write files by hand."""

PASTE: Final = """html => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    document.activeElement.closest('.ProseMirror').dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def label_of_page(page: Page) -> Locator:
    return page.locator("[data-page-label]")


def pages_of(officer: Officer) -> dict[str, Any]:
    answer = officer.running.ask("GET", f"/api{ISSUE}/pages", officer.running.own)
    return dict(json.loads(answer.text))


@pytest.fixture(scope="module", autouse=True)
def beside_the_browser(entered: tuple[Studio, BrowserContext]) -> None:
    """Let the tests ask the studio without the browser, as another window would."""
    running, context = entered
    running.cookie = "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())
    running.key = context.pages[0].evaluate("sessionStorage.getItem('bulletin-studio-key')")


def test_01_it_saves_itself_and_says_so(officer: Officer) -> None:
    before = officer.text("xd-media-hub").splitlines()
    officer.open("xd-media-hub")
    officer.caret(0)
    officer.type(" Допълнение")
    state = officer.page.locator("[data-state]")
    expect(state).to_have_text(re.compile("Написано|Записване|Записано"))
    officer.saved()
    # Those who do not see it hear it.
    assert state.get_attribute("role") == "status"
    after = officer.text("xd-media-hub").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.count("Допълнение") for line in changed] == [1]


def test_01_a_paragraph_that_was_begun_is_still_there_after_it_saved_itself(officer: Officer) -> None:
    text = officer.open("smart-city-expo")
    count = text.locator("> p").count()
    officer.caret(0)
    officer.type(" Край на първия.")
    officer.press("Enter")
    officer.saved()
    expect(text.locator("> p")).to_have_count(count + 1)
    officer.type("Начало на втория.")
    expect_in(officer.file("smart-city-expo"), " Край на първия.\n\nНачало на втория.\n")
    # What somebody else writes meanwhile does not take it away, either.
    officer.press("Enter")
    file = officer.file("smart-city-expo")
    file.write_text(f"{file.read_text('utf-8')}\nОтвън.\n", "utf-8")
    expect(text).to_contain_text("Отвън.")
    officer.type("Трети.")
    expect_in(officer.file("smart-city-expo"), "Начало на втория.\n\nТрети.\n")


def test_02_nothing_is_lost_on_a_crash_or_a_closed_tab(
    officer: Officer, browser: Browser, root: Path, tmp_path: Path
) -> None:
    officer.open("xd-media-hub")
    officer.caret(1)
    officer.type(" Затворено")
    officer.page.close()
    expect_in(officer.file("xd-media-hub"), "Затворено")
    with studio(root, tmp_path / "state") as ended:
        context, page = ended.opened(browser, viewport={"width": 1280, "height": 900})
        mine = Officer(ended, page, root)
        mine.open("degrebe")
        # The studio is killed, and so is the tab while it tries in vain.
        ended.process.send_signal(signal.SIGKILL)
        ended.process.wait(PATIENCE)
        mine.caret(0)
        mine.type(" Сринато")
        expect(page.locator("[data-state]")).to_contain_text("Не е записано")
        assert "Сринато" in page.locator(".ProseMirror").inner_text()
        crash(page)
        assert "Сринато" not in mine.text("degrebe")
        with studio(root, tmp_path / "state", "--port", str(ended.port)) as again:
            page = context.new_page()
            page.goto(again.link)
            page.wait_for_url(f"{again.base}/")
            ready(page)
            Officer(again, page, root).open("degrebe")
            expect(page.locator("[data-state]")).to_contain_text("Записано")
            assert "Сринато" in page.locator(".ProseMirror").inner_text()
            expect_in(mine.file("degrebe"), "Сринато")
        context.close()


TYPED_MEANWHILE: Final = """const sent = window.fetch;
let isFirst = true;
window.fetch = async (...asked) => {
  const isSave = window.typesOn && asked[1]?.method === 'PUT';
  const answer = await sent(...asked);
  if (isSave && isFirst) {
    isFirst = false;
    document.execCommand('insertText', false, ' и докрай');
  }
  return answer;
};
window.told = [];
addEventListener('DOMContentLoaded', () => {
  new MutationObserver(() => {
    const now = document.querySelector('[data-state]')?.textContent ?? '';
    if (now !== window.told.at(-1)) window.told.push(now);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
});"""


def test_02_nothing_is_lost_of_what_is_typed_while_the_answer_to_a_save_comes(officer: Officer) -> None:
    officer.page.add_init_script(TYPED_MEANWHILE)
    text = officer.open("xd-media-hub")
    officer.caret(2)
    officer.page.evaluate("window.typesOn = true")
    officer.type(" Почти")
    expect_in(officer.file("xd-media-hub"), "Почти и докрай")
    expect(text).to_contain_text("Почти и докрай")
    officer.saved()
    # It said so once: the first time more was typed already.
    assert officer.page.evaluate("window.told").count("Записано") == 1


def test_03_undo_also_after_saving(officer: Officer) -> None:
    before = officer.text("go-green")
    officer.open("go-green")
    officer.caret(0)
    # As one step: what is typed slowly is undone in several.
    officer.page.keyboard.insert_text(" Излишно")
    officer.saved()
    expect_in(officer.file("go-green"), "Излишно")
    officer.press("Control+z")
    expect(officer.page.locator(".ProseMirror")).not_to_contain_text("Излишно")
    expect_in(officer.file("go-green"), "Излишно", holds=False)
    assert officer.text("go-green") == before


def test_04_history_by_day_previewed(officer: Officer) -> None:
    before = officer.text("investech")
    officer.open("investech")
    officer.caret(0)
    officer.type(" Прибързано")
    expect_in(officer.file("investech"), "Прибързано")
    officer.go(f"{ISSUE}/history?file=investech.md")
    days = officer.page.locator("section[aria-labelledby^=d-] h2")
    assert re.fullmatch(r"\d+\s\w+\s20\d\d\sг\.", days.first.inner_text())
    officer.page.locator(".versions a").last.click()
    ready(officer.page)
    # What would change is seen before anything does.
    expect(officer.page.locator(".compared ins")).to_contain_text("Прибързано")
    assert "Прибързано" in officer.text("investech")
    officer.page.get_by_role("button", name="Връщане на тази версия").click()
    officer.announced("Върнато")
    assert officer.text("investech") == before


def test_05_word_paste_keeps_lists_tables_bold(officer: Officer) -> None:
    text = officer.open("technical-university-campus")
    officer.caret(0)
    officer.press("Control+End", "Enter")
    for name in ("word-lists", "word-tables"):
        officer.page.evaluate(PASTE, (CLIPBOARDS / f"{name}.html").read_text("utf-8"))
        officer.press("Control+End", "Enter")
    officer.saved()
    expect_in(officer.file("technical-university-campus"), "| Клъстер София | 10 | 20 |")
    officer.page.reload()
    ready(officer.page)
    assert text.locator("ol > li").count() > 2
    assert text.locator("ol ol ol > li").inner_text() == "снимка"
    assert text.locator("ul ul > li").last.inner_text() == "с мляко"
    assert text.locator("strong").all_inner_texts()[-2:] == ["кмета", "Партньор"]
    assert text.locator("table tr").count() == 3


def test_06_dropped_pictures_ask_for_alternative_text_and_credit(officer: Officer) -> None:
    officer.open("integrated-investments")
    data = list(photograph("river", 1, 600, 400))
    officer.page.evaluate(DROP, ["Река през май.jpg", "image/jpeg", data])
    asked = officer.page.locator(".be-figure").first
    expect(asked.get_by_label("Какво се вижда?")).to_be_focused()
    # Until it is answered, it stands among what there is to look at, and the pages go on all the same.
    found = officer.page.locator("[data-query-list]")
    expect(found).to_contain_text("няма алтернативен текст")
    expect(found).to_contain_text("не е посочен авторът")
    officer.type("Реката през май")
    asked.get_by_label("Автор или източник").fill("Мария Иванова")
    expect(found).not_to_contain_text("няма алтернативен текст")
    expect(found).not_to_contain_text("не е посочен авторът")
    written = officer.text("integrated-investments")
    assert re.search(r'!\[Реката през май\]\(<?images/[^)>]+\.jpg>?\)\{credit="Мария Иванова"', written)


def test_07_no_markdown_sign_ever_appears(officer: Officer) -> None:
    # An article with all there is, and with something wrong, so that this is told too.
    file = officer.file("smart-city-expo")
    before = file.read_bytes()
    file.write_text(
        f"{officer.text('smart-city-expo')}\n## Глава\n\n- *точка*[^а]\n\n> **цитат**\n\n"
        "| а | б |\n| - | - |\n| в | `г` |\n\n![](images/go-green.svg)\n\n[^а]: Бележка.\n",
        "utf-8",
    )
    try:
        for path in (
            *("/", ISSUE, f"{ISSUE}/pictures", f"{ISSUE}/replacing?words=проект", f"{ISSUE}/pages"),
            *(f"{ISSUE}/articles/{each.name}" for each in sorted(officer.folder.glob("*.md"))),
            *("/publication", "/house", "/identity"),
        ):
            officer.go(path)
            if "/articles/" in path or path == ISSUE:
                expect(officer.page.locator("[data-query-list] li, [data-summary]").first).to_be_visible()
            assert shown_signs(officer.page) == [], path
        officer.go(ISSUE)
        officer.page.get_by_role("button", name="Чернова в PDF").click()
        refused = officer.page.locator("[data-refused]").first
        expect(refused).to_contain_text("няма алтернативен текст", timeout=2 * WAIT)
        assert shown_signs(officer.page) == []
        assert ".md" not in refused.inner_text()
        refused.get_by_role("link").first.click()
        officer.page.wait_for_url("**/articles/smart-city-expo.md?line=*")
    finally:
        officer.page.wait_for_load_state()
        file.write_bytes(before)


def test_08_typed_signs_stay_typed(officer: Officer) -> None:
    typed = [
        "# едно *две* _три_ `четири`",
        "1. пет [шест](седем) ![осем](девет)",
        "- десет > единадесет | дванадесет \\ <b> &amp; {x} [^1] ~~не~~",
        "* * *",
    ]
    text = officer.open("degrebe")
    count = text.locator("> p").count()
    officer.caret(0)
    for line in typed:
        officer.press("Enter")
        officer.type(line)
    officer.saved()
    assert text.locator("> p").all_inner_texts()[1 : len(typed) + 1] == typed
    officer.page.reload()
    ready(officer.page)
    assert text.locator("> p").count() == count + len(typed)
    assert text.locator("> p").all_inner_texts()[1 : len(typed) + 1] == typed


def test_09_bulgarian_spelling_and_quotes(officer: Officer) -> None:
    text = officer.open("digiskill-retail")
    officer.caret(0)
    officer.type(' "Дума" от 1990 - днес и грешкка тук.')
    expect(text.locator(".be-misspelt", has_text="грешкка")).to_be_visible()
    expect(text.locator("> p").first).to_contain_text("„Дума“ от 1990 – днес")
    # The right word is offered at it, by keyboard too.
    for _ in range(len("ка тук.")):
        officer.press("ArrowLeft")
    officer.press("Alt+Enter")
    officer.page.get_by_role("menuitem", name="грешка", exact=True).click()
    expect(text.locator("> p").first).to_contain_text("и грешка тук.")
    # What is set while one types is undone by itself.
    officer.caret(0)
    officer.type(' "')
    officer.press("Control+z")
    assert text.locator("> p").first.inner_text().endswith('тук. "')


def test_10_the_preview_follows_the_caret_and_a_click_on_the_page_returns(officer: Officer) -> None:
    told = pages_of(officer)
    for file in sorted(officer.folder.glob("*.md")):
        path = f"issues/2023-12-20/{file.name}"
        places = [each for each in told["places"] if each["path"] == path]
        head = len(officer.text(file.stem).partition("\n---\n")[0].splitlines()) + 1
        lines = sorted({each["line"] for each in places if each["line"] > head})
        begins = {line: next(each for each in places if each["line"] == line) for line in lines}
        if begins[lines[0]]["page"] != begins[lines[-1]]["page"]:
            break
    text, page = officer.open(file.stem), officer.page
    text.locator("> *").first.click()
    expect(label_of_page(page)).to_contain_text(f"Страница {begins[lines[0]]['page']} от")
    officer.press("Control+End")
    expect(label_of_page(page)).to_contain_text(f"Страница {begins[lines[-1]]['page']} от")
    # A click on a block of the page puts the caret into the words of that block.
    block = begins[lines[-1]]
    picture = page.locator("[data-page-picture]")
    expect(picture).to_have_js_property("complete", True)  # noqa: FBT003 - the library's
    box = picture.bounding_box()
    assert box is not None
    scale = box["width"] / told["pages"][block["page"] - 1]["width"]
    page.evaluate("document.activeElement.blur()")
    x, y = (block["x"] + block["w"] / 2) * scale, (block["y"] + block["h"] / 2) * scale
    picture.click(position={"x": x, "y": y})
    expect(text).to_be_focused()
    last = text.locator("> p").last
    assert last.evaluate("(each) => each.contains(getSelection().anchorNode)")


def test_11_errors_in_words_at_the_place_and_a_stale_preview_marked(officer: Officer) -> None:
    file = officer.file("xd-media-hub")
    before = file.read_bytes()
    officer.open("xd-media-hub")
    expect(label_of_page(officer.page)).to_contain_text("Страница")
    amount = officer.page.get_by_label("Сума").first
    was = amount.input_value()
    amount.fill("много")
    # It is said at its field, to those who do not see it too, as long as it is wrong.
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(amount).to_have_accessible_description(re.compile("сума"))
    expect(amount.locator("xpath=ancestor::*[contains(@class, 'field')]").last).to_contain_text("сума")
    expect(officer.page.locator("[data-query-list]")).to_contain_text("сума")
    assert violations(officer.page) == []
    amount.fill(was)
    expect(amount).not_to_have_attribute("aria-invalid", "true")
    assert file.read_bytes() == before
    # Somebody else writes what cannot be read: the pages stay, and say so with the reason and its place.
    file.write_bytes(before.replace(b"title:", b"titel:", 1))
    note = officer.page.locator("[data-stale-note]")
    expect(note).to_contain_text("Страниците още показват предишното")
    expect(note).to_contain_text("titel")
    expect(note).to_be_visible()
    expect(officer.page.locator("[data-page-picture]")).to_be_visible()
    file.write_bytes(before)
    expect(note).to_be_hidden()


def test_12_drag_or_keys_reorder(officer: Officer) -> None:
    plan = officer.folder / "issue.yaml"
    officer.go(ISSUE)
    name = officer.page.locator(".article a").first.inner_text()
    officer.page.locator(".article a").first.focus()
    officer.press("Alt+ArrowDown")
    officer.announced(f"„{name}“: място 2 от 4")
    assert order(plan)[:2] == ["go-green.md", "xd-media-hub.md"]
    grip = officer.page.locator(".article").nth(1).locator(".grip")
    grip.drag_to(officer.page.locator(".article").nth(0).locator("a"), target_position={"x": 5, "y": 1})
    officer.announced(f"„{name}“: място 1 от 4")
    assert order(plan)[:2] == ["xd-media-hub.md", "go-green.md"]


def order(plan: Path) -> list[str]:
    return re.findall(r"- (\S+\.md)", plan.read_text("utf-8"))


def test_13_outside_changes_appear_and_the_caret_stays(officer: Officer) -> None:
    text = officer.open("investech")
    officer.caret(2)
    words = text.locator("> p").nth(2).inner_text()
    file = officer.file("investech")
    head, _, body = officer.text("investech").partition("\n---\n")
    file.write_text(f"{head}\n---\nОтвън дойде ред.\n\n{body.lstrip()}", "utf-8")
    expect(text).to_contain_text("Отвън дойде ред.")
    expect(officer.page.locator("[data-state]")).to_contain_text("Променено отвън")
    officer.type(" Продължение")
    expect(text.locator("> p").nth(3)).to_have_text(f"{words} Продължение")
    officer.saved()
    assert "Отвън дойде ред." in officer.text("investech")


def test_14_conflicts_side_by_side_and_nothing_chosen_silently(officer: Officer) -> None:
    # This window hears nothing of what others save.
    officer.page.route("**/api/events", lambda route: route.abort())
    officer.open("go-green")
    other = Officer(officer.running, officer.page.context.new_page(), officer.folder.parents[1])
    other.open("go-green")
    for each, word in ((other, "Тяхно"), (officer, "Мое")):
        each.caret(0)
        each.press("Control+Home")
        each.press("Shift+Control+ArrowRight")
        each.type(f"{word} ")
        if each is other:
            expect_in(officer.file("go-green"), word)
    other.page.close()
    panel = officer.page.locator("[data-conflict-panel]")
    expect(panel).to_be_visible()
    expect(panel).to_be_focused()
    both = panel.locator("label")
    expect(both).to_have_count(2)
    expect(both.nth(0)).to_contain_text("Мое")
    expect(both.nth(1)).to_contain_text("Тяхно")
    assert panel.locator("input:checked").count() == 0
    assert not SIGNS.search(panel.inner_text())
    assert violations(officer.page) == []
    # Without a choice nothing is written.
    panel.get_by_role("button").click()
    expect(panel).to_be_visible()
    assert "Тяхно" in officer.text("go-green")
    panel.get_by_label("Както го написахте").check()
    panel.get_by_role("button").click()
    expect(panel).to_be_hidden()
    assert "Мое" in officer.text("go-green")


def test_15_everything_by_keyboard_and_announced(officer: Officer) -> None:
    page = officer.page
    officer.go("/")
    officer.announced("Броеве")
    tab_to(officer, "a[href$='/issues/2023-12-20']")
    officer.press("Enter")
    page.wait_for_url(f"**{ISSUE}")
    ready(page)
    tab_to(officer, "[id^=to-integrated-investments]")
    officer.press("Enter")
    page.wait_for_url("**/articles/integrated-investments.md")
    ready(page)
    tab_to(officer, ".ProseMirror")
    officer.press("Control+Home")
    officer.type("С клавиши ")
    officer.press("Shift+Control+ArrowLeft", "Shift+Control+ArrowLeft", "Control+b")
    expect_in(officer.file("integrated-investments"), "**С клавиши**")
    officer.press("Alt+F10", "Home")
    assert page.evaluate("document.activeElement.dataset.tool") == "undo"
    officer.press("Escape")
    expect(page.locator(".ProseMirror")).to_be_focused()
    # What is found is reached by a key, answered or left, and the misspelt word corrected.
    officer.press("Control+Home")
    officer.type("Грешкка ")
    page.locator(".be-mark").first.wait_for()
    officer.press("F8")
    expect(page.locator(".be-card[data-open] button").first).to_be_focused()
    officer.press("Escape")
    expect(page.locator(".ProseMirror")).to_be_focused()
    officer.press("F7")
    expect(page.get_by_role("menuitem", name="Грешка", exact=True)).to_be_focused()
    officer.press("Enter")
    expect_in(officer.file("integrated-investments"), "Грешка ")


def tab_to(officer: Officer, selector: str) -> None:
    """Go with the key alone to an element of a view."""
    for _ in range(120):
        officer.press("Tab")
        if officer.page.evaluate("(chosen) => document.activeElement.matches(chosen)", selector):
            return
    pytest.fail(f"{selector} is not reached")


def shown_signs(page: Page) -> list[str]:
    """Return what a view shows of the signs of files: in its words, in its fields, and to screen readers."""
    shown = page.evaluate(
        """() => [
          document.getElementById('view').innerText,
          ...[...document.querySelectorAll('#view input:not([type=hidden]), #view textarea')]
            .map((each) => each.value),
          ...[...document.querySelectorAll('#view [aria-label], #view [title], #view [alt]')].map((each) =>
            [each.getAttribute('aria-label'), each.title, each.alt].filter(Boolean).join(' ')),
        ]"""
    )
    return [
        text[max(0, sign.start() - 30) : sign.end() + 30] for text in shown for sign in SIGNS.finditer(text)
    ]


def crash(page: Page) -> None:
    """Let a tab end as when its process is killed: no script of it has a last word."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash", timeout=WAIT)
    page.close()


def expect_in(file: Path, words: str, *, holds: bool = True) -> None:
    """Wait until a file holds words, or holds them no more."""
    until(lambda: (words in file.read_text("utf-8")) is holds)
