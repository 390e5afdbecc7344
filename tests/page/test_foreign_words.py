"""Names in other letters or languages are marked as such, in styles of today; nothing is guessed."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.workspace import find_workspace
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.page.foreign_words import language_of_cyrillic, own_cyrillic_of, stretches
from pipeline.page.markup import linked, words
from pipeline.typography.english_words import LEAST_DIVIDED, divides_as_english
from tests.page.identity.looks import look
from tests.support.paths import GOOD


def marked(text: str, language: str, own: str = "bg") -> str:
    return str(words(text, language, own))


class TestCyrillicInLatinText:
    def test_a_bulgarian_name_in_an_english_text_is_bulgarian(self) -> None:
        assert marked("The cluster (Клъстер София град на знанието) met.", "en") == (
            'The cluster (<span lang="bg">Клъстер София град на знанието</span>) met.'
        )

    @pytest.mark.parametrize(
        ("name", "language"),
        [
            ("Київ", "uk"),
            ("Гаївка", "uk"),
            ("Ґалаґан", "uk"),
            ("Владимир Высоцкий", "ru"),
            ("Алёна", "ru"),
            ("Ђорђе", "sr"),
            ("Љубљана", "sr"),
            ("Ќирил и Ѓорѓи", "mk"),
            ("Быхаў", "be"),
            ("София", "bg"),
            ("Рила", "bg"),
        ],
    )
    def test_letters_that_only_one_language_has_tell_it(self, name: str, language: str) -> None:
        assert marked(f"in {name} today", "en") == f'in <span lang="{language}">{name}</span> today'

    @pytest.mark.parametrize(
        ("languages", "own"),
        [
            (["bg", "en"], "bg"),
            (["en", "uk"], "uk"),
            (["sr", "en"], "sr"),
            (["sr-Latn", "en"], "bg"),
            (["sr-Cyrl-RS"], "sr"),
            (["en"], "bg"),
        ],
    )
    def test_what_letters_do_not_tell_is_in_the_language_of_the_house(
        self, languages: list[str], own: str
    ) -> None:
        assert own_cyrillic_of(languages) == own
        assert f'lang="{own}"' in marked("in Нови Сад", "en", own)

    def test_letters_of_several_languages_tell_nothing(self) -> None:
        assert language_of_cyrillic("ыї", "bg") == "bg"
        assert language_of_cyrillic("љ", "mk") == "mk"

    def test_a_letter_within_a_latin_word_is_no_name(self) -> None:
        assert marked("COVID-19 aб1", "en") == "COVID-19 aб1"

    def test_a_link_is_marked_whole(self) -> None:
        assert str(linked("Клъстер", "https://example.org", "en", "bg")) == (
            '<a href="https://example.org" lang="bg">Клъстер</a>'
        )


class TestLatinInCyrillicText:
    def test_english_words_may_be_divided(self) -> None:
        assert marked("Проектът Green Skills for Better Employability започна", "bg") == (
            'Проектът <span lang="en" class="divides">Green Skills for Better Employability</span> започна'
        )

    @pytest.mark.parametrize(
        "name",
        [
            "Politeknika Txorierri",
            "SmartCityTech",
            "GO GREEN",
            "Leeuwarden",
            "INNOVATION",
            "IDEC",
            "Skills Leeuwarden",
        ],
    )
    def test_in_doubt_a_name_is_not_divided(self, name: str) -> None:
        assert marked(f"с {name} днес", "bg") == f'с <span lang="en">{name}</span> днес'

    @pytest.mark.parametrize("key", ["919b9cb7fa78ab6b8da7ae9d32e0ee4d", "ab8e" * 5, "q" * 20 + "1"])
    def test_letters_of_a_key_are_no_names_and_stay_in_one_piece(self, key: str) -> None:
        assert marked(f"Ключът {key} е на Green Skills {key}", "bg") == (
            f'Ключът {key} е на <span lang="en" class="divides">Green Skills</span> {key}'
        )

    def test_words_of_a_neighbour_are_marked_with_its_language(self) -> None:
        assert marked("в Київ и в София", "bg") == 'в <span lang="uk">Київ</span> и в София'
        assert marked("у Києві й Софії", "uk") == "у Києві й Софії"
        assert marked("в Минске и Ереване, подъезд", "ru") == "в Минске и Ереване, подъезд"

    def test_every_word_of_the_list_is_divided_by_english_rules_alone(self) -> None:
        english = pyphen.Pyphen(lang="en", left=2, right=3)
        assert english.inserted("Employability") == "Em-ploy-ab-il-ity"
        assert divides_as_english("Employability")
        assert not divides_as_english("a" * (LEAST_DIVIDED - 1))


class TestAnyText:
    @given(
        st.lists(
            st.sampled_from(
                [
                    "Київ",
                    "Skills",
                    "дом",
                    "Ђ",
                    "<b>",
                    "é",
                    "1",
                    " ",
                    "-",
                    "ы",
                    "x",
                    "\u00a0",
                    "(",
                    "”",
                    "Мaria",
                    "&",
                ]
            )
        ).map("".join),
        st.sampled_from(["bg", "en", "uk", "sr", "de"]),
    )
    def test_not_a_letter_is_lost_or_moved(self, text: str, language: str) -> None:
        assert "".join(each.text for each in stretches(text, language, "bg")) == text
        assert unescape(re.sub(r"</?span[^>]*>|<wbr>", "", marked(text, language))) == text

    @given(st.text(st.sampled_from("Київ ы Skills 1-&"), max_size=30), st.sampled_from(["bg", "en"]))
    def test_a_style_of_format_1_is_printed_as_it_was(self, text: str, language: str) -> None:
        html = str(words(text, language))
        assert "divides" not in html
        assert re.findall('lang="(..)"', html) == ["en"] * html.count("<span lang")
        assert language == "bg" or "<span lang" not in html


def test_only_styles_of_format_2_mark_them_on_the_page() -> None:
    workspace = find_workspace(GOOD)
    valid = check_issue(workspace.choose_issue(), workspace).valid()
    issue = dataclasses.replace(valid.issue, title="Skills for Киев: Knowledge")
    pictures = page_assets_of(valid, SCREEN).pictures
    of_today = valid.style._replace(plan=look().plan, sheets={})
    assert "divides" not in compose_html(issue, SCREEN, valid.style, pictures)
    assert 'class="divides"' in compose_html(issue, SCREEN, of_today, pictures)
