"""The editor's queries: beyond spelling, naming both places, and each raised once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.intake.checking import check
from pipeline.editor.confusables import _CONFUSABLES, _Confusable
from pipeline.files.workspace import Workspace
from tests.bench.editor import UNSEEN, add_unseen, edited
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.mails import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding

ISSUES = ("2023-12-20", "2023-06-30")


def asked(tmp_path: Path, text: str, *, house: str = "", front: str = "title: Кулата") -> list[Finding]:
    """Return the queries about an article of the sound issue, dated 20 December 2023."""
    root = tmp_path / "w"
    if not root.exists():
        shutil.copytree(GOOD, root)
    (root / "issues/2023-12-20/tower.md").write_text(f"---\n{front}\n---\n{text}\n", "utf-8")
    if house:
        (root / "issues/house.yaml").write_text(f"format: 1\n{house}", "utf-8")
    workspace = Workspace(root)
    found = check(workspace.issues / "2023-12-20", workspace)
    # The sound issue's first page leads to an article with a picture, which these have not.
    return [finding for finding in found if not finding.code.startswith("W0")]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize("issue", ISSUES)
def test_a_clean_issue_is_asked_nothing(issue: str) -> None:
    workspace = Workspace(REPOSITORY)
    assert [f for f in check(workspace.issues / issue, workspace) if f.code.startswith("W4")] == []


SLIPS = [
    ("Участва Димитър Филипов.\n\nИзбран беше Димитър Филипков.", "W400", "Димитър Филипков"),
    ("Говори Милена Колева.\n\nПриветства ни **Милена Колецва**.", "W400", "Милена Колецва"),
    ("Доповідала Ірина Їжакевич.\n\nОбрано було Ірину й Ірина Їжакевіч.", "W400", "Ірина Їжакевіч"),
    ("Говори Zoë Lefèvre.\n\nПриветства ни Zoë Lefévre.", "W400", "Zoë Lefévre"),
    ("Проектът XD Media Hub завърши.\n\nПостиженията на XD Media HUB са ясни.", "W402", "XD Media HUB"),
    ("Партньорите са от Нидерландия.\n\nСрещата беше в Холандия.", "W402", "Холандия"),
    ("Проектът има три резултата:\n\n- един\n- два\n- още един\n- и последен", "W410", "три резултата"),
    ("Основните 5 цели са:\n\n1. една\n2. две", "W410", "5 цели"),
    ("На 19 април 2023 г. се проведе среща, в която ще участват колегите ни.", "W411", "ще участват"),
    ("На 02.05.2023 г. предстои среща.", "W411", "предстои среща"),
    ("Очакваме ви в понеделник, 7 ноември 2023 г.", "W412", "понеделник"),
    ("Срещата е на 24 декември 2023 г. (събота).", "W412", "събота"),
    ("| Проект | Сума |\n|---|---|\n| А | 10,5 |\n| Б | 20 |\n| Общо | 31,5 |", "W413", "31,5"),
    ("| Проект | Сума |\n|---|---|\n| А | 1 200 |\n| Б | 20 |\n| Общо | 1 200 |", "W413", "1 200"),
]


SLIPS += [
    ("В същия ден се преведе и семинар с над 45 участници.", "W421", "преведе"),
    ("Това е дума .Нова мисъл започва тук.", "W421", "дума .Нова"),
    ("Дойдоха учители,ученици и родители.", "W421", "учители,ученици"),
    ("Срещата е на площада.Елате навреме.", "W421", "площада.Елате"),
    ("Дойде „сборът“ ,после и други.", "W421", "сборът“ ,после"),
    ("В последствие срещата беше отложена.", "W421", "В последствие"),
    ("Играха сeдем отбора.", "W422", "сeдем"),
    ("Срещата е на СOVID и след него.", "W422", "СOVID"),
    ("Увод.\n\n**Как се съди**\n\nСъди се добре.", "W405", "Как се съди"),
]


@pytest.mark.parametrize(("text", "code", "found"), SLIPS)
def test_a_slip_is_asked_about_once_with_its_place(tmp_path: Path, text: str, code: str, found: str) -> None:
    (query,) = asked(tmp_path, text)
    assert query.code == code
    assert dict(query.values)["found" if code != "W410" else "said"] == found
    assert query.place is not None
    assert query.place.path == "issues/2023-12-20/tower.md"
    line = text.split("\n")[query.place.line - 4] if code != "W413" else text
    assert found.split("\u00a0", maxsplit=1)[0].split(" ", maxsplit=1)[0] in line


@pytest.mark.parametrize(("text", "code", "found"), SLIPS)
def test_what_was_answered_is_not_asked_again(tmp_path: Path, text: str, code: str, found: str) -> None:
    (query,) = asked(tmp_path, text)
    key = dict(query.values)["key"]
    assert asked(tmp_path, text, house=f'accepted:\n  - "{key}"\n') == [], (code, found)


CLEAN = [
    "Димитър Филипов и Мария Филипова говориха. После Димитър Филипов си тръгна.",
    "Технически университет и Техническия университет са едно.",
    "Институт Напредък и Институти Напредък не са имена.",
    "Иван Петров, Иван Павлов и Иван Попов са трима души.",
    "Петър Иванов, Петър Илиев, Петър Ангелов и Петър Антонов също.",
    "На 19 април 2023 г. участваха колегите ни. През март 2024 г. ще се срещнем пак.",
    "На 19 април 2023 г. се договорихме, че на 5 май 2024 г. ще се видим.",
    "На 19 април 2023 г. щеше да се проведе среща, която ще помним.",
    "Във вторник, 7 ноември 2023 г., и в неделя, 24 декември 2023 г.",
    "Трите резултата са:\n\n- един\n- два\n- три",
    "Поканихме 120 души, сред тях:\n\n- учени\n- учители",
    "От 2 януари важат нови правила:\n\n- едно\n- второ\n- трето",
    "Двете страни и трите партньори се договориха:\n\n- едно\n- второ",
    "| Проект | Сума |\n|---|---|\n| А | 10,5 |\n| Б | 20 |\n| Общо | 30,5 |",
    "| Проект | Брой |\n|---|---|\n| А | 10 от 12 |\n| Б | 20 |\n| Общо | 5 |",
    "GO GREEN и Go Green Agency са различни неща.".replace("Go Green Agency", "Green Agency"),
    "Пишем на .NET и Node.js, а файлът е .docx; домейнът е .бг, цената – 0,5 лв.",
    "Пишете на ivan,petrov@example.org или вижте https://example.org/a,b;c.",
    "Facebookа и WhatsAppа си имат членове; iPhoneът също.",
    "Белите играят Кf3, Тxe5 и Дd1, а PDF-а пази ходовете.",
    "**Важно.**\n\nСъди се добре.",
    "**Иван Петров**\n\n**Мария Колева**",
    "**Мария** каза друго.\n\nСъди се добре.",
    "| Име | Град |\n|---|---|\n| Ема Райчева | Разград |\n| Ния Русева | Велинград |",
    "В четири русенски училища и в един разградски клуб се играе.",
    "Smart City Expo се проведе. На Smart City Expo World Congress бяхме и ние.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_asked_nothing(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, text) == []


def test_a_name_is_held_against_other_issues_too(tmp_path: Path) -> None:
    asked(tmp_path, "Текст.")
    earlier = tmp_path / "w/issues/2023-06-30"
    earlier.mkdir()
    (earlier / "talk.md").write_text("---\ntitle: Разговор\n---\nОтговаря\nДимитър Филипов.\n", "utf-8")
    (query,) = asked(tmp_path, "Избран беше Димитър Филипков.")
    assert dict(query.values)["where"] == "issues/2023-06-30/talk.md:5"
    (earlier / "talk.md").write_text("---\ntitle: Разговор\n---\nДимитър Филипков.\n", "utf-8")
    assert asked(tmp_path, "Избран беше Димитър Филипков.") == []


def test_the_words_of_the_house_are_held_to(tmp_path: Path) -> None:
    house = "terms:\n  - {use: стартъп, instead_of: [стартап]}\n"
    (query,) = asked(tmp_path, "Поканихме млади стартапи от София.", house=house)
    assert (query.code, dict(query.values)["found"], dict(query.values)["wanted"]) == (
        "W401",
        "стартапи",
        "стартъп",
    )


def test_two_people_the_house_knows_are_two(tmp_path: Path) -> None:
    text = "Участва Димитър Филипов.\n\nИзбран беше Димитър Филипков."
    house = "people:\n  - name: Димитър Филипов\n  - {name: Димитър Филипков, also: [Д. Филипков]}\n"
    assert asked(tmp_path, text, house=house) == []


def test_a_project_has_the_budget_its_facts_give(tmp_path: Path) -> None:
    front = "kind: project\ntitle: Мостове\nfunder: eu\nbudget: {total: 294500 EUR, share: 42500 EUR}"
    right = "Бюджетът е 294,5 хил. евро, от тях 42 500 евро за нас. Наемът е 5 хил. евро."
    assert asked(tmp_path, right, front=front) == []
    (query,) = asked(tmp_path, right.replace("294,5", "249,5"), front=front)
    assert (query.code, dict(query.values)["found"]) == ("W414", "249,5 хил. евро")


def test_english_is_read_too(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    folder = root / "issues/2023-12-20"
    plan = folder / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 2", "number: 2\nlanguage: en"), "utf-8")
    text = "On 19 April 2023 we will meet. We met on Monday, 7 November 2023.\n\n"
    text += "Three results came of it:\n\n- one\n- two\n"
    (folder / "tower.md").write_text(f"---\ntitle: The tower\n---\n{text}", "utf-8")
    workspace = Workspace(root)
    found = [finding for finding in check(folder, workspace) if finding.code.startswith("W4")]
    assert codes(found) == ["W411", "W412", "W410"]


def test_a_house_style_with_errors_is_told_by_line(tmp_path: Path) -> None:
    findings = asked(tmp_path, "Текст.", house="terms:\n  - {use: стартъп}\npepole: []\n")
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("E13", "issues/house.yaml:3:5"),
        ("E12", "issues/house.yaml:4:1"),
    ]


def test_queries_stop_nothing(tmp_path: Path) -> None:
    asked(tmp_path, SLIPS[0][0])
    ran = run_bulletin("--language", "bg", "check", cwd=tmp_path / "w")
    assert ran.returncode == 0
    assert "едно име, написано по два начина: „Димитър Филипков“" in ran.stdout


def test_of_errors_made_by_rule_nearly_all_are_found_and_nothing_else() -> None:
    found, made, wrong = edited(12, seed=3)
    assert made.total() == 12
    assert found.total() >= 11
    assert wrong <= 1


def test_a_verb_that_is_meant_is_not_asked_about(tmp_path: Path) -> None:
    assert asked(tmp_path, "Книгата се преведе на английски. Докладът се преведе за гостите.") == []


@pytest.mark.parametrize(
    ("quotation", "text", "asked_about"),
    [
        ("„“", "Каза «така» и си тръгна.", ["W403", "W404"]),
        ("„“", 'Каза "така" и си тръгна.', ["W404", "W403"]),
        ("„“", "Каза „така «и иначе» беше“ и си тръгна.", ["W403"]),
        ("«»", "Каза „така“ и си тръгна.", ["W404"]),
    ],
)
def test_the_house_has_its_marks(tmp_path: Path, quotation: str, text: str, asked_about: list[str]) -> None:
    found = codes(asked(tmp_path, text, house=f'quotation: "{quotation}"\n'))
    assert sorted(found) == sorted(asked_about)


FACTS = "kind: project\ntitle: {title}\nbudget: {{total: {total} EUR}}\nperiod: {{end: {end}}}"


@pytest.mark.parametrize(
    ("title", "total", "end", "fields"),
    [
        ("Слънце", "250000", "2025-05", []),
        ("Слънце", "260000", "2025-05", ["budget.total"]),
        ("СЛЪНЦЕ", "250000", "2025-06", ["period.end"]),
        ("Слънце", "250000", "2025", []),
        ("Вода", "1", "2030", []),
    ],
)
def test_a_project_has_one_budget_and_one_end_from_issue_to_issue(
    tmp_path: Path, title: str, total: str, end: str, fields: list[str]
) -> None:
    assert asked(tmp_path, "Текст.") == []
    earlier = tmp_path / "w/issues/2023-06-30"
    earlier.mkdir()
    told = FACTS.format(title="Слънце", total="250000", end="2025-05")
    (earlier / "sun.md").write_text(f"---\n{told}\n---\nТекст.\n", "utf-8")
    found = asked(tmp_path, "Текст.", front=FACTS.format(title=title, total=total, end=end))
    assert codes(found) == ["W415"] * len(fields)
    for query in found:
        assert dict(query.values)["where"].startswith("issues/2023-06-30/sun.md:")
        accepted = f'accepted:\n  - "{dict(query.values)["key"]}"\n'
        front = FACTS.format(title=title, total=total, end=end)
        assert asked(tmp_path, "Текст.", front=front, house=accepted) == []


def test_typewriter_signs_are_told_once_for_all_files(tmp_path: Path) -> None:
    (query,) = asked(tmp_path, "Срещата - най-сетне - беше на 16-17 ноември.\n\nСтрува 42.5 хил. евро.")
    assert query.code == "W403"
    assert dict(query.values)["count"] == "2"
    assert query.place is not None
    assert query.place.column == len("Срещата -")


def test_a_thousand_words_of_clean_text_are_asked_two_things_at_most(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    add_unseen(root / "issues/2023-12-20")
    words = sum(len(path.read_text("utf-8").split()) for path in UNSEEN.glob("*.md"))
    assert words > 1000
    workspace = Workspace(root)
    found = check(workspace.issues / "2023-12-20", workspace)
    assert len([finding for finding in found if finding.code.startswith("W4")]) <= 2


@pytest.mark.parametrize("confusable", [each for of in _CONFUSABLES.values() for each in of])
def test_a_text_without_the_sign_of_a_confusable_cannot_hold_it(confusable: _Confusable) -> None:
    assert confusable.sign == confusable.sign.lower()
    assert confusable.sign in confusable.pattern


EVENT = "kind: event\ntitle: Сеанс\nplace: Русе\n"
DAYS = [
    (f"{EVENT}start: 2023-12-18", ["W416"]),
    (f"{EVENT}start: 2023-12-18\nend: 2023-12-20", []),
    (f"{EVENT}start: 2024-01-05\ndeadline: 2023-12-19", ["W416"]),
    (f"{EVENT}start: 2024-01-05\nend: 2024-01-07\ndeadline: 2024-01-08", ["W417"]),
    (f"{EVENT}start: 2024-01-05\nend: 2024-01-07\ndeadline: 2024-01-07", []),
    ("kind: notice\ntitle: Внос\ndeadline: 2023-12-19", ["W416"]),
    ("kind: notice\ntitle: Внос\ndeadline: 2023-12-20", []),
    ("kind: notice\ntitle: Внос", []),
]


@pytest.mark.parametrize(("front", "expected"), DAYS)
def test_a_day_that_was_past_when_the_issue_came_out_is_asked_about(
    tmp_path: Path, front: str, expected: list[str]
) -> None:
    found = asked(tmp_path, "Добре сте дошли.", front=front)
    assert codes(found) == expected
    for query in found:
        assert query.place is not None
        assert query.place.line == len(front.split("\n")) + 1
        answer = dict(query.values)["key"]
        assert asked(tmp_path, "Добре сте дошли.", front=front, house=f'accepted: ["{answer}"]\n') == []
