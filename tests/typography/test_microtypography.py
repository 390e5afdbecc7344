"""The rules of typography, language by language, on sentences as offices write them.

A no-break space is written ~ here, so that it can be seen.
"""

from __future__ import annotations

import pytest

from pipeline.typography.microtypography.setting import set_runs, set_text

Pairs = list[tuple[str, str]]


def _set(text: str, language: str) -> str:
    return set_text(text.replace("~", "\u00a0"), language).replace("\u00a0", "~")


BULGARIAN: Pairs = [
    # words of one letter
    ("Срещата в Пирея и в Прага", "Срещата в~Пирея и~в~Прага"),
    ("То е с бюджет, а и с план.", "То е~с~бюджет, а~и~с~план."),
    ("(в „Градче“ и „А“)", "(в~„Градче“ и~„А“)"),
    ("трансформацията ѝ в град", "трансформацията ѝ~в~град"),
    # quotation marks
    ('концепцията "Градче на знанието"', "концепцията „Градче на знанието“"),
    ("концепцията “Градче на знанието”", "концепцията „Градче на знанието“"),
    ("концепцията «Градче»", "концепцията „Градче“"),
    ("концепцията „Градче”", "концепцията „Градче“"),
    ("концепцията ,,Градче''", "концепцията „Градче“"),
    ('проект "Центрове "Знание" за всички"', "проект „Центрове ’Знание‘ за всички“"),
    ('„ Градче " е име', "„Градче“ е~име"),
    ('екран от 27" и "книга"', 'екран от 27" и~„книга“'),
    ('кавичка " без двойка', 'кавичка " без двойка'),
    ('на "COVID-19" и "https://a.bg"', "на „COVID-19“ и~„https://a.bg“"),
    # dashes
    ("експерти - членове на клъстера", "експерти~– членове на клъстера"),
    ("експерти – членове", "експерти~– членове"),
    ("експерти -- членове", "експерти~– членове"),
    ("Градче — зона", "Градче~– зона"),
    ("високо-технологични, по-добри, зам.-кмет", "високо-технологични, по-добри, зам.-кмет"),
    ("команда --fresh", "команда --fresh"),
    ("А.2 - Умения", "А.2~– Умения"),
    # ranges
    ("на 16-17 ноември", "на 16~–~17~ноември"),
    ("на 13 - 15 ноември", "на 13~–~15~ноември"),
    ("през 2022-2024 г.", "през 2022~–~2024~г."),
    ("офис 11-12", "офис~11~–~12"),
    ("от 10:00-12:30 ч.", "от 10:00~–~12:30~ч."),
    ("2.5-3.5 млн. евро", "2,5~–~3,5~млн.~евро"),
    ("5-10 %", "5~–~10~%"),
    ("3-та среща, 5-дневен, 2-3-годишен", "3-та среща, 5-дневен, 2-3-годишен"),
    ("тел. 987-6543", "тел. 987-6543"),
    ("02 987-65-43, +359 2 987 65 43", "02 987-65-43, +359 2 987 65 43"),
    ("стандарт EN 301-549", "стандарт EN 301-549"),
    ("в БАН 16-17 ноември", "в~БАН 16~–~17~ноември"),
    ("2023-11-16", "2023-11-16"),
    ("договор 15-3", "договор 15-3"),
    # villages, rivers, peaks
    ("храмът в с. Долно Камарци, р. Янтра и вр. Ботев", "храмът в~с.~Долно Камарци, р.~Янтра и~вр.~Ботев"),
    ("след 25 с. Долу чакат", "след 25 с. Долу чакат"),
    # numbers, units, money
    ("6 bar отзад и 2 ¼ чаши", "6~bar отзад и~2~¼~чаши"),
    ("42.5 хил. евро", "42,5~хил.~евро"),
    ("315.6 хил. евро, в т.ч. 40.2 хил. евро", "315,6~хил.~евро, в~т.ч. 40,2~хил.~евро"),
    ("4,96 млн. евро", "4,96~млн.~евро"),
    ("12.5% и 36.6 °C", "12,5% и~36,6~°C"),
    ("раздел 4.2 Участници", "раздел 4.2 Участници"),
    ("версия 2.5 с новости", "версия 2.5 с~новости"),
    ("в 10.30 часа", "в~10.30~часа"),
    ("на 12.05 г.", "на 12.05~г."),
    ("1.2.3 и 20.12.2023 г.", "1.2.3 и~20.12.2023~г."),
    ("294 500 евро", "294~500~евро"),
    ("2023г. и 100лв.", "2023~г. и~100~лв."),
    ("5 декември 2023 г.", "5~декември 2023~г."),
    ("3 * 4 м", "3~×~4~м"),
    # abbreviations
    ("през м септември 2022", "през м.~септември 2022"),
    ("бр.2, ет.2, № 5, чл. 3, ал.4, стр. 7", "бр.~2, ет.~2, №~5, чл.~3, ал.~4, стр.~7"),
    ("БР.2", "БР.~2"),
    ("ул. Цар Калоян 8, гр.София", "ул.~Цар Калоян 8, гр.~София"),
    ("ул. „Цар Калоян“ 8", "ул.~„Цар Калоян“ 8"),
    ("д-р Иванов, проф. Петрова, г-жа Колева", "д-р~Иванов, проф.~Петрова, г-жа~Колева"),
    ("И. Петров и А. Б. Колев", "И.~Петров и~А.~Б.~Колев"),
    ("практики и т.н. и т. н.", "практики и~т.н. и~т.~н."),
    ("офиса 5 и офис 5", "офиса 5 и~офис~5"),
    # spaces and dots
    ("дума , дума ; дума !", "дума, дума; дума!"),
    ("( в скоби )", "(в~скоби)"),
    ("две  думи", "две думи"),
    ("и така...", "и~така…"),
    ("мащаб 16 : 9", "мащаб 16 : 9"),
    ("два\u202fреда\u2009тук", "два~реда~тук"),
]
ENGLISH: Pairs = [
    ("a partner and I", "a~partner and I"),
    ("I am a member", "I~am a~member"),
    ('"Knowledge City"', "“Knowledge City”"),
    ('He said "the "green" one".', "He said “the ‘green’ one”."),
    ("„Knowledge City“", "“Knowledge City”"),
    ("don't, it's, the members' hall", "don’t, it’s, the members’ hall"),
    ("a 'green' city in the '90s", "a~‘green’ city in the ’90s"),
    ("experts - members", "experts~– members"),
    ("16-17 November 2023", "16–17~November 2023"),
    ("16 – 17 November", "16–17~November"),
    ("2022-2024", "2022–2024"),
    ("Group 2 - 30 people", "Group 2–30~people"),
    ("Group 2 - third", "Group 2~– third"),
    ("42.5 thousand euro", "42.5~thousand~euro"),
    ("pp. 11-12, No. 5", "pp.~11–12, No.~5"),
    ("Dr Brown, 5 partners", "Dr~Brown, 5~partners"),
    ("on December 5, 2023", "on December~5, 2023"),
    ("the well-known city", "the well-known city"),
]
RUSSIAN: Pairs = [
    ('проект "Город знаний"', "проект «Город знаний»"),
    ('проект "Город "знаний" наш"', "проект «Город „знаний“ наш»"),
    ("в Софии и с нами", "в~Софии и~с~нами"),
    ("эксперты - члены", "эксперты~— члены"),
    ("16-17 ноября 2023 г.", "16–17~ноября 2023~г."),
    ("42.5 тыс. евро", "42,5~тыс.~евро"),
    ("и т. д., и т. п.", "и~т.~д., и~т.~п."),
]
UKRAINIAN: Pairs = [
    ('проєкт "Місто знань"', "проєкт «Місто знань»"),
    ("у Софії з нами й вами", "у~Софії з~нами й~вами"),
    ("об'єднання, п'ять", "об’єднання, п’ять"),
    ("експерти - члени", "експерти~— члени"),
    ("16-17 листопада 2023 р.", "16–17~листопада 2023~р."),
    ("42.5 тис. євро", "42,5~тис.~євро"),
]
SERBIAN: Pairs = [
    ('пројекат "Град знања"', "пројекат „Град знања”"),
    ("у Софији и с нама", "у~Софији и~с~нама"),
    ("чланови - стручњаци", "чланови~– стручњаци"),
    ("16-17. новембар", "16–17. новембар"),
    ("42.5 милиона евра", "42,5~милиона~евра"),
]
OTHERS: Pairs = [
    ("c'est l'avis - le sien : \"oui\" ; non", "c'est l'avis~– le sien : \"oui\" ; non"),
    ("1.5 km...", "1.5~km…"),
]


@pytest.mark.parametrize(("written", "wanted"), BULGARIAN)
def test_bulgarian(written: str, wanted: str) -> None:
    assert _set(written, "bg") == wanted


@pytest.mark.parametrize(("written", "wanted"), ENGLISH)
def test_english(written: str, wanted: str) -> None:
    assert _set(written, "en") == wanted
    assert _set(written, "en-GB") == wanted


@pytest.mark.parametrize(("written", "wanted"), RUSSIAN)
def test_russian(written: str, wanted: str) -> None:
    assert _set(written, "ru") == wanted


@pytest.mark.parametrize(("written", "wanted"), UKRAINIAN)
def test_ukrainian(written: str, wanted: str) -> None:
    assert _set(written, "uk") == wanted


@pytest.mark.parametrize(("written", "wanted"), SERBIAN)
def test_serbian(written: str, wanted: str) -> None:
    assert _set(written, "sr") == wanted


@pytest.mark.parametrize("language", ["bg", "en", "de", "da", "sv", "ru"])
@pytest.mark.parametrize(
    "text",
    [
        "die Genossenschaft »Am Lindenhof« eG",
        "hon sade ”Hej” och gick",
        "er rief: »Halt!« Dann ging er",
        "»Ja,« sagte sie, »gern.«",
    ],
)
def test_the_marks_of_another_language_keep_the_spaces_around_them(language: str, text: str) -> None:
    assert len(_set(text, language).replace("~", " ").split(" ")) == len(text.split(" "))


@pytest.mark.parametrize(("written", "wanted"), OTHERS)
def test_a_language_we_do_not_know_keeps_its_own_marks(written: str, wanted: str) -> None:
    assert _set(written, "fr") == wanted


def test_rules_see_across_the_seams_of_runs() -> None:
    assert set_runs(("в ", "самия", " град"), "bg") == ("в\u00a0", "самия", " град")
    assert set_runs(("на 16-", "17", " ноември"), "bg") == ("на 16\u00a0–\u00a0", "17", "\u00a0ноември")
    assert set_runs(('проект "', "Градче", '" тук'), "bg") == ("проект „", "Градче", "“ тук")


def test_a_sign_put_in_goes_to_the_run_before_it() -> None:
    assert set_runs(("бр.", "2"), "bg") == ("бр.\u00a0", "2")
    assert set_runs(("20.12.20", "23г."), "bg") == ("20.12.20", "23\u00a0г.")


def test_empty_runs_are_kept() -> None:
    assert set_runs((), "bg") == ()
    assert set_runs(("", "", ""), "bg") == ("", "", "")


def test_what_is_not_text_is_bound_to_and_kept() -> None:
    assert set_runs(("вижте в ", "\ufffc", " и "), "bg") == ("вижте в\u00a0", "\ufffc", " и ")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            '"Every child can sing," she says of the choir at 6-7 pm.',
            "“Every child can sing,” she says of the choir at 6–7 pm.",
        ),
        (
            "„We are the house of this book“ is on the wall.",
            "“We are the house of this book” is on the wall.",
        ),
        # in doubt it is a text of the issue
        ('"Digital Skills for Retail"', "„Digital Skills for Retail“"),
        (
            '"Wir sind das Haus in der Stadt", sagt der Mann an der Ecke.',
            "„Wir sind das Haus in der Stadt“, sagt",
        ),
        (
            'Тя каза: "Every child can sing and that is the best of all".',
            "„Every child can sing and that is the best",
        ),
    ],
)
def test_a_paragraph_in_english_has_its_own_quotation_marks(written: str, wanted: str) -> None:
    (shown,) = set_runs((written,), "bg", passages=True)
    assert wanted in shown.replace("\u00a0", " ")
    assert set_runs((shown,), "bg", passages=True) == (shown,)
    # What was filed before is set as it was.
    (filed,) = set_runs((written,), "bg")
    assert "„" in filed
    assert "“" in filed
