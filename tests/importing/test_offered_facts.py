"""Facts that a text gives are offered with their sentences: period, site, partners, day, place, deadline."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.importing.draft.dates_in_prose import dates_in, periods_in, times_behind
from tests.conftest import run_bulletin
from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


INVITATIONS: Final = {
    "Каним Ви на среща на 3 юли 2026 г. от 10:30 ч. в Русе, ул. „Александровска“ 5. Записване до 25 юни на "
    "https://example.org/s": [
        "start: 2026-07-03 10:30",
        'place: "Русе, ул. „Александровска“ 5"',
        "deadline: 2026-06-25",
        'registration: "https://example.org/s"',
    ],
    "Семинарът ще се проведе на 12.06.2026 г., 14:00 – 16:30 ч., в зала 3 на бул. Витоша 15, София.": [
        "start: 2026-06-12 14:00",
        "end: 2026-06-12 16:30",
        'place: "зала 3 на бул. Витоша 15, София"',
    ],
    "Дата: 7 юли 2026 г., 18 ч.\n\nМясто: Исторически музей, Пловдив\n\nЗаповядайте на откриването!": [
        "start: 2026-07-07 18:00",
        'place: "Исторически музей, Пловдив"',
    ],
    "Join us on 5 June 2026 at 2 pm in the Town Hall, Plovdiv, for all of the day.": [
        "start: 2026-06-05 14:00",
        'place: "the Town Hall, Plovdiv, for all of the day"',
    ],
}


def offered(tmp_path: Path, text: str) -> list[str]:
    """Return the lines of fields offered for a text."""
    head = article(import_file(tmp_path, written(tmp_path, "a.md", f"# Заглавие\n\n{text}\n"))).split("---")[
        1
    ]
    return [
        line[2:] for line in head.split("\n") if line.startswith("# ") and ": " in line and line[2] != "„"
    ]


class TestProjects:
    def test_budget_period_and_site(self, tmp_path: Path) -> None:
        text = (
            "Това е проект на музея с бюджет от 80 хил. евро, от които 20 хил. евро за нас. Срок: май 2025 – "
            "април 2027 г. Сайт: https://arhiv.example.org/"
        )
        assert offered(tmp_path, text) == [
            "url: https://arhiv.example.org/",
            "budget: {total: 80000 EUR, share: 20000 EUR}",
            "period: {start: 2025-05, end: 2027-04}",
        ]

    def test_partners_and_a_period_of_days(self, tmp_path: Path) -> None:
        text = (
            "Проектът се изпълнява от четири организации от България, Румъния и Италия от 1 юни 2025 г. до "
            "31 май 2027 г."
        )
        assert offered(tmp_path, text) == [
            "partners: {organisations: 4, countries: [BG, RO, IT]}",
            "period: {start: 2025-06-01, end: 2027-05-31}",
        ]

    def test_in_english(self, tmp_path: Path) -> None:
        text = (
            "The project runs from March 2026 to February 2028 and has a budget of 250 000 EUR. It is "
            "carried out by four organisations from Bulgaria, Greece and Italy. Website: www.example.org/p"
        )
        assert offered(tmp_path, text) == [
            "url: https://www.example.org/p",
            "budget: {total: 250000 EUR}",
            "partners: {organisations: 4, countries: [BG, GR, IT]}",
            "period: {start: 2026-03, end: 2028-02}",
        ]


INVITATIONS_ABROAD = {
    "Запрошуємо на толоку, яку ми готуємо для всіх! Зустрічаємося 12 квітня 2027 року о 10:00 біля мосту на "
    "вул. Набережній. Зареєструватися можна до 5 квітня на https://example.org/toloka.": [
        "start: 2027-04-12 10:00",
        "place: біля мосту на вул. Набережній",
        "deadline: 2027-04-05",
        'registration: "https://example.org/toloka"',
    ],
    "Загальні збори товариства відбудуться 3 березня 2027 р. о 18-й годині в Будинку культури, м. Біла "
    "Церква. Це вже традиція.": [
        "start: 2027-03-03 18:00",
        'place: "Будинку культури, м. Біла Церква"',
    ],
    "Приглашаем вас на субботник, который будет 24 апреля 2027 года в 10 часов у моста. Это не первый раз.": [
        "start: 2027-04-24 10:00",
        "place: у моста",
    ],
    "Позивамо вас на чишћење обале 22. маја 2027. године у 9 часова код старог моста. Пријаве су до 15. маја "
    "на reka@example.org.": [
        "start: 2027-05-22 09:00",
        "place: код старог моста",
        "deadline: 2027-05-15",
        'registration: "reka@example.org"',
    ],
    "Wir laden herzlich zum Frühjahrsputz am 10. April 2027 um 9 Uhr im Alten Wehr ein. Die "
    "Anmeldung ist an fluss@example.org zu richten, bis 1. April.": [
        "start: 2027-04-10 09:00",
        "deadline: 2027-04-01",
        'registration: "fluss@example.org"',
    ],
}


class TestEvents:
    @pytest.mark.parametrize("text", INVITATIONS)
    def test_day_time_place_and_registration(self, tmp_path: Path, text: str) -> None:
        assert offered(tmp_path, text) == ["kind: event", *INVITATIONS[text]]

    @pytest.mark.parametrize("text", INVITATIONS_ABROAD)
    def test_in_languages_of_neighbours(self, tmp_path: Path, text: str) -> None:
        assert offered(tmp_path, text) == ["kind: event", *INVITATIONS_ABROAD[text]]

    def test_a_day_without_a_year_is_the_next_after_the_mail_was_sent(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["From"], mail["Subject"], mail["Date"] = (
            "a@example.org",
            "Покана",
            "Mon, 30 Nov 2026 10:00:00 +0200",
        )
        mail.set_content("Заповядайте на срещата на клуба на 12 януари от 17 ч. в читалището.\n")
        text = article(import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail))))
        assert "# start: 2027-01-12 17:00\n" in text
        assert "# place: читалището\n" in text

    def test_a_last_day_alone_is_offered_as_a_notice(self, tmp_path: Path) -> None:
        text = "Обявяваме конкурс за снимка. Краен срок за кандидатстване: 15 май 2026 г."
        assert offered(tmp_path, text) == ["kind: notice", "deadline: 2026-05-15"]

    @pytest.mark.parametrize(
        ("written_as", "way"),
        [
            ("a@example.org", "a@example.org"),
            ("https://example.org/s", "https://example.org/s"),
            ("http://example.org/s", "http://example.org/s"),
            ("www.example.org/s", "https://www.example.org/s"),
        ],
    )
    def test_the_way_to_register_is_an_address_of_mail_or_of_a_page(
        self, tmp_path: Path, written_as: str, way: str
    ) -> None:
        text = f"Каним Ви на среща на 3 юли 2026 г. от 10:30 ч. в Русе. Записване на {written_as}."
        assert [fact for fact in offered(tmp_path, text) if fact.startswith("registration")] in (
            [f'registration: "{way}"'],
            [f"registration: {way}"],
        )

    def test_days_of_a_history_are_none(self, tmp_path: Path) -> None:
        text = "Музеят е открит на 5 май 1958 г. в Пловдив. От 1990 до 2005 г. беше затворен за ремонт."
        assert offered(tmp_path, text) == []

    def test_what_is_accepted_is_right(self, tmp_path: Path) -> None:
        text = "Каним Ви на среща на 3 юли 2026 г. от 10:30 ч. в Русе. Записване до 25 юни на a@example.org."
        imported = import_file(tmp_path, written(tmp_path, "a.md", f"# Среща\n\n{text}\n"))
        path = next(imported.folder.glob("*.md"))
        accepted = path.read_text("utf-8").replace("kind: article\n", "").replace("# kind:", "kind:")
        for field in ("start", "place", "deadline", "registration"):
            accepted = accepted.replace(f"# {field}:", f"{field}:")
        path.write_text(accepted, "utf-8")
        told = run_bulletin("check", cwd=tmp_path)
        assert ": грешка " not in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("на 5 юни 2026 г.", ["2026-06-05"]),
        ("on June 5th, 2026", ["2026-06-05"]),
        ("03.2026 и 01.04.2026, 2026-05-06", ["2026-03", "2026-04-01", "2026-05-06"]),
        ("на 31 февруари 2026", []),
        ("тел. 02 2026 333, 1.2026.3", []),
    ],
)
def test_dates_as_they_are_written(text: str, dates: list[str]) -> None:
    assert [date.text for date in dates_in(text, "bg") if date.text and date.month] == dates


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("от април до юни 2026 г.", ("2026-04", "2026-06")),
        ("01.03.2026 – 28.02.2028 г.", ("2026-03-01", "2028-02-28")),
        ("2025 – 2027 г.", ("2025", "2027")),
        ("from 1 April 2026 until 31 March 2028", ("2026-04-01", "2028-03-31")),
    ],
)
def test_periods_as_they_are_written(text: str, period: tuple[str, str]) -> None:
    ((begins, ends),) = periods_in(text, "bg")
    assert (begins.text, ends.text) == period


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (" г. от 10:00 ч.", ("10:00", "")),
        (", 14:00 – 16:30 ч.", ("14:00", "16:30")),
        (" at 2 pm", ("14:00", "")),
        (" от 18 часа", ("18:00", "")),
        (" г. (неделя), 10:00 ч., салона", ("10:00", "")),
        (" (събота) от 9:30 ч.", ("09:30", "")),
        (" г. – начало 18,00 ч.", ("18:00", "")),
        (" 25:00", ("", "")),
        (" в 5 зали", ("", "")),
    ],
)
def test_times_as_they_are_written(text: str, times: tuple[str, str]) -> None:
    assert times_behind(text, 0)[:2] == times


@pytest.mark.parametrize(
    ("text", "is_project"),
    [
        ("Дневен ред: 1. Отчет. 2. Приемане на бюджет – 25 400 лв.", False),
        ("Общинският бюджет за културата е 25 400 лв. и е приет единодушно.", False),
        ("Проектът е с бюджет 25 400 лв. и трае две години.", True),
    ],
)
def test_a_budget_alone_makes_no_project(tmp_path: Path, text: str, is_project: bool) -> None:  # noqa: FBT001
    imported = import_file(tmp_path, written(tmp_path, "a.txt", f"Събрание\n\n{text}\n"))
    assert ("kind: project" in article(imported)) is is_project
