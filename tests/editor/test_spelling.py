"""Spelling: unknown words are queried with a suggestion; names and foreign words are not."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.overview.language_help import misspelt
from pipeline.editor.passages import passages
from pipeline.editor.spelling import Spelling, has_dictionary
from pipeline.editor.word_lists import DICTIONARIES, hunspell_lookup, spylls_lookup
from pipeline.files.workspace import Workspace
from pipeline.reading.issue_reader import read_issue
from tests.conftest import REPOSITORY, run_bulletin
from tests.editor.test_editor import asked
from tests.support.whole_issues.workspaces import checked, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path


CLEAN = [
    "Клъстерите и стартъпите се дигитализират; екосистемата за иновации расте.",
    "Проф. Йорданка Тодорова-Маринова от Лаунчи гостува в Билбао на XD Media Hub.",
    "Пишете ни на офис@пример.бг, office@example.org или в www.primer.bg/стртия.",
    "По-добрите, най-смелите и научно-техническите екипи.",
    "КСГЗ, МРРБ и БАН подписаха.",
    "Ето го `програмка` и `nqkude`.",
    "Дванайсет души, двайсетина гости и трийсетте столове на шейсетата година.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_let_be(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "found", "guess"),
    [
        ("Пазарът пораждаат нови нужди.", "пораждаат", "пораждат"),
        ("Срещата беше поллезна.", "поллезна", "полезна"),
        ("Това е нашата бдъеща работа.", "бдъеща", "бъдеща"),
        ("Получихме *отговроа* им.", "отговроа", "отговора"),
    ],
)
def test_a_slip_is_asked_about_with_what_was_meant(tmp_path: Path, text: str, found: str, guess: str) -> None:
    (query,) = asked(tmp_path, f"{text}\n\n{text}")
    told = dict(query.values)
    assert (query.code, told["found"], told["guess"]) == ("W420", found, guess)
    assert query.place is not None
    assert (query.place.line, query.place.column) == (4, text.index(found) + 1)
    assert asked(tmp_path, text, house=f"words: [{found}]\n") == []


def test_what_is_said_of_pictures_and_on_the_first_page_is_read_too(tmp_path: Path) -> None:
    figure = '![На нея се вижда снимкаа](images/p.jpg "Под нея стои надписс"){credit="А" consent=not-needed}'
    issue = workspace(
        tmp_path,
        {"a.md": f"---\ntitle: Новини\n---\nТекст.\n\n{figure}\n"},
        {"images/p.jpg": photograph(1800, 1200)},
        issue="greeting: Пишем за поздраф\nsections: [{title: Раздел, articles: [a.md]}]\n",
    )
    asked_about = [each for each in checked(issue, spelling=True) if each.code == "W420"]
    assert {(str(each.place), dict(each.values)["found"]) for each in asked_about} == {
        ("issues/2024-03-12/issue.yaml:5:20", "поздраф"),
        ("issues/2024-03-12/a.md:6:19", "снимкаа"),
        (f"issues/2024-03-12/a.md:6:{figure.index('надписс') + 1}", "надписс"),
    }


def test_a_stem_of_the_house_is_known_with_its_endings(tmp_path: Path) -> None:
    text = "Форсайтът, форсайта и форсайтите."
    assert asked(tmp_path, text) != []
    assert asked(tmp_path, text, house="words: [форсайт]\n") == []


def spoilt(word: str, chance: random.Random) -> str:
    """Return a word with one typing error: two letters swapped, one missing, one doubled."""
    at = chance.randrange(1, len(word) - 1)
    kinds = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    return chance.choice(kinds)


@pytest.mark.parametrize(("issue", "language"), [("2023-12-20", "bg"), ("2023-06-30", "en")])
def test_of_seeded_slips_most_are_found_and_most_are_understood(issue: str, language: str) -> None:
    workspace = Workspace(REPOSITORY)
    read = read_issue(workspace.issues / issue, workspace).issue
    assert read is not None
    spelling = Spelling(language)
    text = " ".join(passage.text for passage in passages(read) if passage.article)
    words = sorted(
        {word for word in re.findall(r"[^\W\d_]{6,}", text) if word.islower() and spelling.knows(word)}
    )
    chance = random.Random(7)
    slips = [(word, spoilt(word, chance)) for word in chance.sample(words, 60)]
    real = [(word, slip) for word, slip in slips if slip != word]
    found = [(word, slip) for word, slip in real if not spelling.knows(slip)]
    understood = [word for word, slip in found if spelling.meant(slip) == word]
    assert len(real) > 50
    assert len(found) / len(real) > 0.85
    assert len(understood) / len(found) > 0.6


@pytest.mark.parametrize("language", ["bg", "en"])
def test_both_libraries_that_read_dictionaries_answer_alike(language: str) -> None:
    pytest.importorskip("hunspell", reason="no wheel of Hunspell for this machine")
    lines = (DICTIONARIES / f"{language}.dic").read_text("utf-8").splitlines()[1:]
    chance = random.Random(5)
    stems = [line.split("/")[0] for line in chance.sample(lines, 1000)]
    texts = " ".join(path.read_text("utf-8") for path in (REPOSITORY / "issues").rglob("*.md"))
    # Words in capitals alone are abbreviations to the editor, and never looked up.
    written = {word for word in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", texts) if not word.isupper()}
    slips = [spoilt(word, chance) for word in stems if len(word) > 2]
    capitals = [word.capitalize() for word in stems]
    quick, slow = hunspell_lookup(language), spylls_lookup(language)
    asked_about = [*stems, *sorted(written), *slips, *capitals]
    assert len(asked_about) > 3000
    assert [word for word in asked_about if quick(word) != slow(word)] == []


def test_only_languages_with_a_dictionary_are_looked_up() -> None:
    assert has_dictionary("bg")
    assert not has_dictionary("sr")


def test_looking_up_can_be_left_out(tmp_path: Path) -> None:
    asked(tmp_path, "Срещата беше поллезна.")
    for words, told in (((), True), (("--no-spelling",), False)):
        ran = run_bulletin("check", *words, cwd=tmp_path / "w")
        assert ("W420" in ran.stdout) == told
        assert ran.returncode == 0


@pytest.mark.parametrize(
    "text",
    ["Елате на празника!", "Моля, елате.", "Недейте, елате утре.", "Работи\u00adлницата е сла\u00adва."],
)
def test_a_right_word_is_not_asked_about(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, text) == []


def test_a_slip_with_a_soft_hyphen_in_it_is_asked_about_as_one_word(tmp_path: Path) -> None:
    (query,) = asked(tmp_path, "Срещата беше поллез\u00adна.")
    told = dict(query.values)
    assert (told["found"], told["guess"]) == ("поллезна", "полезна")


def test_what_is_underlined_while_one_types_is_what_the_check_asks_about(tmp_path: Path) -> None:
    texts = [
        "Дадоха 12 хил. лева на ПОО и на колегите от Грешкаград, проф. Иванов, стр. 12.",
        "Пазарът пораждаат нови нужди и мемекс, виж www.primer.bg/стртия и офис@пример.бг.",
        "Бюжета и бдъеща работа, „Бдъеща“ и НИРД-ът.",
    ]
    house = "words: [форсайт]\naccepted: [мемекс]\nterms: [{use: средства, instead_of: [бюжет]}]\n"
    queried = {
        dict(each.values)["found"]
        for each in asked(tmp_path, "\n\n".join(texts), house=house)
        if each.code == "W420"
    }
    marked = {
        texts[each.text][each.start : each.end] for each in misspelt(Workspace(tmp_path / "w"), "bg", texts)
    }
    assert {word.casefold() for word in marked} == {word.casefold() for word in queried}
    assert "хил" not in marked
    assert "бдъеща" in {word.casefold() for word in marked}
