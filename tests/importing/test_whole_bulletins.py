"""Whole bulletins as an office writes them in one file: recognised, facts offered, read by the editor, set.

One is kept here, in words of its own; the office's own, which it is like in every difficulty, is not kept
with the code and is tried where it lies beside it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pytest

from pipeline.files.workspace import Workspace
from pipeline.reading.issue_reader import read_issue
from tests.conftest import run_bulletin
from tests.support.paths import SEED, WHOLE_BULLETIN

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.issue import Issue


class WholeBulletin(NamedTuple):
    """A bulletin in one file, and what is to be found in it.

    Args:
        path: The file.
        date: The date of the issue.
        number: The number of the issue.
        greeting: Set below the masthead.
        sections: Their titles.
        projects: The titles of those articles that are recognised as projects.
        publisher: Name, address, e-mail and telephone.
        article: The file of a project's article.
        fields: Its fields that are set.
        facts: Its fields that are offered.
        sentence: The one that gives its budget.
        contents_end: The line the text begins with.
        closing: The line the closing begins with, in the source and on the page.
        site: The publisher's.
        fewest_words: Of its text.
        queries: Codes, each with words of its message.
        mended: What `check --fix` writes.
        left_out: An article, and the announced number that no longer fits without it.
    """

    path: Path
    date: str
    number: int
    greeting: str
    sections: list[str]
    projects: list[str]
    publisher: tuple[str, str, str, str | None]
    article: str
    fields: list[str]
    facts: list[str]
    sentence: str
    contents_end: str
    closing: tuple[str, str]
    site: str
    fewest_words: int
    queries: list[tuple[str, tuple[str, ...]]]
    mended: list[str]
    left_out: tuple[str, str]


OFFICES_OWN: Final = WholeBulletin(
    path=SEED,
    date="2023-12-20",
    number=2,
    greeting="ДА БЪДЕ ЧЕСТИТА И УСПЕШНА НОВАТА 2024!",
    sections=[
        "Проекти в изпълнение",
        "Стартиращи нови проекти",
        "Клъстерни инициативи",
        "Участие в изложения",
    ],
    projects=["XD Media Hub", "GO GREEN", "DEGREBE", "Digiskill-retail", "INVESTech"],
    publisher=(
        "Клъстер София град на знанието",
        "София 1000, ул. Цар Калоян 8, ет.2, офис 11-12",
        "office@knowledgesofia.eu",
        None,
    ),
    article="xd-media-hub.md",
    fields=["kind: project", "title: XD Media Hub"],
    facts=[
        "# budget: {total: 294500 EUR, share: 42500 EUR}",
        "# partners: {organisations: 7, countries: [BG, ES, IE, PT, NL]}",
        "# period: {end: 2024-01}",
    ],
    sentence="Проектът е с бюджет от 294,5 хил. евро в т.ч. 42.5 хил. евро за клъстера.",
    contents_end="### 1. Проекти в изпълнение",
    closing=("**CLUSTER SOFIA**", "CLUSTER SOFIA KNOWLEDGE CITY"),
    site="www.knowledgesofia.eu",
    fewest_words=1500,
    queries=[
        ("W400", ("Филипков", "Филипов")),
        ("W411", ("ще участват",)),
        ("W402", ("Холандия", "Нидерландия")),
        ("W402", ("XD Media HUB", "XD Media Hub")),
        ("W421", ("преведе",)),
    ],
    mended=["42,5 хил.", "16 – 17 ноември", "експерти – членове", "13 – 15 ноември"],
    left_out=("degrebe.md", "ЧЕТИРИ проекта"),
)
ANOTHER: Final = WholeBulletin(
    path=WHOLE_BULLETIN,
    date="2024-06-14",
    number=5,
    greeting="ВЕСЕЛО И СЛЪНЧЕВО ЛЯТО 2024!",
    sections=["Текущи начинания", "Предстоящи начинания", "Срещи с общината", "Участие в панаири"],
    projects=["Old Boats Atlas", "WARM WOOL", "Bread Road", "RIVERtools"],
    publisher=(
        "Съюз Дунавски работилници",
        "Русе 7000, ул. Лодкарска 12, ет.3, офис 4-5",
        "pishete@dunavski-rabotilnitsi.example",
        "+359 82 555 010",
    ),
    article="old-boats-atlas.md",
    fields=["kind: project", "title: Old Boats Atlas"],
    facts=[
        "# budget: {total: 187500 EUR, share: 31500 EUR}",
        "# partners: {organisations: 6, countries: [BG, AT, HU, NL]}",
        "# period: {end: 2025-05}",
    ],
    sentence="Проектът е с бюджет от 187,5 хил. евро в т.ч. 31.5 хил. евро за съюза.",
    contents_end="### 1. Текущи начинания",
    closing=("**DANUBE**", "DANUBE WORKSHOPS"),
    site="www.dunavski-rabotilnitsi.example",
    fewest_words=600,
    queries=[
        ("W400", ("Вутов", "Вутев")),
        ("W411", ("ще участват",)),
        ("W402", ("Холандия", "Нидерландия")),
        ("W402", ("Old Boats ATLAS", "Old Boats Atlas")),
        ("W421", ("преведе",)),
    ],
    mended=["31,5 хил.", "21 – 22 март", "майстори – членове", "през м. октомври"],
    left_out=("bread-road.md", "ТРИ проекта"),
)


@pytest.fixture(scope="module", params=[ANOTHER, OFFICES_OWN], ids=["kept here", "the office's own"])
def bulletin(request: pytest.FixtureRequest) -> WholeBulletin:
    found: WholeBulletin = request.param
    if not found.path.exists():
        pytest.skip("the office's own bulletin is not kept with the code")
    return found


@pytest.fixture(scope="module")
def root(bulletin: WholeBulletin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that was begun with the bulletin."""
    folder = tmp_path_factory.mktemp("whole")
    came = run_bulletin("--language", "bg", "import", str(bulletin.path), cwd=folder)
    assert came.returncode == 0, came.stderr
    assert "думи: дойдоха" in came.stdout
    assert "100 %" in came.stdout
    assert "не е поставен" not in came.stdout
    return folder


@pytest.fixture(scope="module")
def built(bulletin: WholeBulletin, root: Path) -> Path:
    """Return the folder of all its editions."""
    finished = run_bulletin("--language", "en", "build", cwd=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "out" / bulletin.date


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "issues", tmp_path / "w/issues")
    return tmp_path / "w"


def issue_in(folder: Path, bulletin: WholeBulletin) -> Issue:
    workspace = Workspace(folder)
    reading = read_issue(workspace.issues / bulletin.date, workspace)
    assert reading.issue is not None, reading.findings
    return reading.issue


def folded(text: str) -> list[str]:
    """Return the words of a text in small letters; a hyphen between letters or at a line's end joins."""
    joined = re.sub(r"(?<=[^\W\d])[-\u00ad\u2010]\s*\n?(?=[^\W\d])", "", text.replace("\u00ad", ""))
    return re.findall(r"[^\W_]+", joined.replace("\\", "").casefold())


def test_it_is_recognised_whole(bulletin: WholeBulletin, root: Path) -> None:
    issue = issue_in(root, bulletin)
    assert (issue.number, issue.date.isoformat()) == (bulletin.number, bulletin.date)
    assert issue.greeting == bulletin.greeting
    assert [section.title for section in issue.sections] == bulletin.sections
    assert [a.head.title for a in issue.articles if a.head.kind == "project"] == bulletin.projects
    publisher = issue.publication.publisher
    assert (publisher.name, publisher.address, publisher.email, publisher.phone) == bulletin.publisher


def test_facts_are_offered_with_their_sentences_and_none_is_set(bulletin: WholeBulletin, root: Path) -> None:
    text = (root / "issues" / bulletin.date / bulletin.article).read_text("utf-8")
    front = text.split("\n---", maxsplit=1)[0].splitlines()
    assert set(bulletin.facts) <= set(front)
    assert f"# „{bulletin.sentence}“" in front
    assert [line for line in front if not line.startswith("#")] == ["---", *bulletin.fields]


def test_every_offered_fact_is_one_the_model_takes(bulletin: WholeBulletin, copy: Path) -> None:
    for path in (copy / "issues" / bulletin.date).glob("*.md"):
        text = re.sub(r"^# (\w+: )", r"\1", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    issue_in(copy, bulletin)


def source_words(bulletin: WholeBulletin) -> list[str]:
    """Return the words of its text, between contents and closing."""
    body = bulletin.path.read_text("utf-8").partition(bulletin.contents_end)
    text, _, _ = "".join(body[1:]).partition(bulletin.closing[0])
    # What the page makes by itself: numbers of projects, and addresses without their markup.
    text = re.sub(r"^(\*\*)\d\. ", r"\1", text, flags=re.MULTILINE)
    return folded(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def is_divided_between(word: str, pages: list[str]) -> bool:
    """Return whether a word begins with a hyphen behind it on one page and goes on on the next."""
    return any(
        re.search(rf"\b{word[:at]}[-\u00ad]", page.casefold()) and word[at:] in folded(following)
        for page, following in pairwise(pages)
        for at in range(1, len(word))
    )


@pytest.mark.parametrize("edition", ["", "-press", "-archive"])
def test_all_its_words_are_in_every_edition(bulletin: WholeBulletin, built: Path, edition: str) -> None:
    pages: list[str] = []
    with pypdfium2.PdfDocument(built / f"bulletin-{bulletin.date}{edition}.pdf") as document:
        for page in document:
            left, bottom, right, top = page.get_trimbox()
            shown = page.get_textpage().get_text_bounded(left, bottom + 50, right, top - 20)
            pages.append(re.sub("[\x02\ufffe]", "\u00ad", shown.replace("\r\n", "\n")))
    wanted = source_words(bulletin)
    assert len(wanted) > bulletin.fewest_words
    missing = Counter(wanted) - Counter(folded("\n".join(pages)))
    assert [word for word in missing.elements() if not is_divided_between(word, pages)] == []


def test_all_its_editions_are_built_and_nothing_of_it_is_only_in_the_pages(
    bulletin: WholeBulletin, built: Path
) -> None:
    names = {path.name for path in built.iterdir()}
    stem = f"bulletin-{bulletin.date}"
    assert {
        f"{stem}{end}" for end in (".pdf", "-press.pdf", "-archive.pdf", "-mail.html", "-mail.txt")
    } <= names
    assert not (built / "refused").exists()
    text = " ".join((built / f"{stem}-mail.txt").read_text("utf-8").split())
    assert all(title in text for title in [*bulletin.sections, *bulletin.projects])


def test_all_its_words_are_in_the_pdf_in_their_order(bulletin: WholeBulletin, built: Path) -> None:
    pdf = str(built / f"bulletin-{bulletin.date}.pdf")
    # Heads and feet of the pages lie outside; a word may be parted over two pages.
    commands = (
        ["pdftotext", "-raw", pdf, "-"],
        ["pdftotext", "-raw", *["-x", "0", "-y", "60", "-W", "596", "-H", "716"], pdf, "-"],
    )
    whole, shown = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for command in commands
    )
    # The marks of lists are painted after the text, between a parted word and its end.
    wanted, there = source_words(bulletin), folded(re.sub(r"^–\n", "", shown, flags=re.MULTILINE))
    assert len(wanted) > bulletin.fewest_words
    rest = iter(there)
    assert [word for word in wanted if word not in rest] == []
    assert len(there) < len(wanted) + 200
    for line in (bulletin.publisher[0], bulletin.closing[1], bulletin.site):
        assert " ".join(folded(line)) in " ".join(folded(whole))


def test_it_is_asked_about_as_an_editor_would(bulletin: WholeBulletin, root: Path) -> None:
    asked = run_bulletin("--language", "en", "check", "--json", cwd=root)
    found = {(each["code"], each["message"]) for each in json.loads(asked.stdout)}
    for code, words in bulletin.queries:
        assert [m for c, m in found if c == code and all(word in m for word in words)], (code, words)
    assert len([code for code, _ in found if code.startswith("W4")]) < 12


def test_its_typewriter_signs_are_found_and_mended_once(bulletin: WholeBulletin, copy: Path) -> None:
    first = run_bulletin("check", "--fix", "--no-spelling", cwd=copy)
    for mended in bulletin.mended:
        assert mended in first.stdout
    second = run_bulletin("check", "--fix", "--no-spelling", cwd=copy)
    assert "  + " not in second.stdout
    assert "W403" not in second.stdout


def test_a_count_that_no_longer_fits_the_list_is_asked_about(bulletin: WholeBulletin, copy: Path) -> None:
    name, announced = bulletin.left_out
    plan = copy / "issues" / bulletin.date / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace(f"      - {name}\n", ""), "utf-8")
    asked = run_bulletin("--language", "bg", "check", "--no-spelling", cwd=copy)
    assert announced in asked.stdout
    assert "W410" in asked.stdout
