"""Findings as text: one form for all interfaces, in both languages, whatever the file contains."""

from __future__ import annotations

import gettext
import json
import re
import unicodedata

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import Finding, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import WIDEST, excerpt, visible
from pipeline.findings.wording.wording import (
    SYSTEM_MESSAGES,
    as_data,
    as_json,
    in_words,
    message_language,
    message_of,
    remedy_of,
    say,
    summary,
)
from tests.support.catalogues import catalogue_path, used_messages

PATH = "issues/2023-12-20/issue.yaml"
FIELD = found("E12", Place(PATH, 15, 5, 5), name="titel", known="lead", guess="title")


def shown(finding: Finding, line: str) -> Finding:
    assert finding.place is not None
    text = "\n" * (finding.place.line - 1) + line
    return with_excerpts([finding], {finding.place.path: text})[0]


class TestTheFormOfAFinding:
    def test_in_bulgarian(self) -> None:
        assert in_words(shown(FIELD, "  - titel: Участие в изложения"), "bg") == (
            "issues/2023-12-20/issue.yaml:15:5: грешка E12: непознато поле „titel“\n"
            "     15 |   - titel: Участие в изложения\n"
            "        |     ^^^^^\n"
            "  поправка: напишете „title“"
        )

    def test_in_english(self) -> None:
        assert in_words(shown(FIELD, "  - titel: Участие в изложения"), "en") == (
            "issues/2023-12-20/issue.yaml:15:5: error E12: unknown field “titel”\n"
            "     15 |   - titel: Участие в изложения\n"
            "        |     ^^^^^\n"
            "  remedy: write “title”"
        )

    def test_a_warning_about_a_whole_file(self) -> None:
        finding = found("W02", Place("issues/2023-12-20/old.md"), name="old.md")
        assert in_words(finding, "bg") == (
            "issues/2023-12-20/old.md: предупреждение W02: файлът „old.md“ не е включен в броя\n"
            "  поправка: включете го в раздел на issue.yaml или го преместете другаде"
        )

    def test_without_a_place(self) -> None:
        assert in_words(found("E85", None, name="/tmp"), "bg").startswith(
            "грешка E85: в „/tmp“ и нагоре не е намерено издание\n"
        )

    def test_a_page(self) -> None:
        finding = found("W06", None, page=3, number=3, lines=9)
        assert in_words(finding, "bg").startswith("страница 3: предупреждение W06: ")
        assert in_words(finding, "en").startswith("page 3: warning W06: ")

    def test_a_line_without_a_column_has_no_mark(self) -> None:
        finding = shown(found("E49", Place(PATH, 2), title="Новини"), "sections: []")
        assert in_words(finding, "en").split("\n")[1:2] == ["      2 | sections: []"]
        assert "^" not in in_words(finding, "en")


class TestExcerpts:
    def test_tabs_and_wide_letters_and_accents_keep_the_mark_under_the_place(self) -> None:
        line = "\t日本 e\u0301x bad"
        made = excerpt(line, line.index("bad") + 1, 3)
        assert made.text == "    日本 e\u0301x bad"
        # Four for the tab, two for each wide letter, none for the accent.
        assert made.mark == " " * (4 + 4 + 1 + 2 + 1) + "^^^"

    def test_a_long_line_is_cut_around_the_place(self) -> None:
        line = "а" * 500 + "ГРЕШКА" + "б" * 500
        made = excerpt(line, 501, 6)
        assert len(made.text) <= WIDEST
        assert made.text.startswith("…")
        assert made.text.endswith("…")
        assert made.text[made.mark.index("^") : len(made.mark)] == "ГРЕШКА"

    def test_a_mark_longer_than_the_window_ends_with_it(self) -> None:
        made = excerpt("x" * 1000, 1, 1000)
        assert len(made.mark) < len(made.text) <= WIDEST

    def test_a_place_behind_the_end_is_marked_there(self) -> None:
        assert excerpt("title:", 40, 1).mark == "      ^"

    @given(
        st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=300), st.data()
    )
    def test_the_mark_stands_under_the_character(self, line: str, data: st.DataObject) -> None:
        column = data.draw(st.integers(1, len(line)))
        made = excerpt(line, column, 1)
        assert made.text[made.mark.index("^")] == line[column - 1]

    @given(st.text(max_size=400), st.integers(0, 500), st.integers(0, 500))
    def test_no_line_however_odd_hides_anything_or_grows_too_long(
        self, line: str, column: int, length: int
    ) -> None:
        made = excerpt(line, column, length)
        assert all(
            character.isprintable() or unicodedata.category(character) == "Zs" for character in made.text
        )
        assert made.mark.strip(" ^") == ""


class TestValues:
    def test_controls_and_directions_are_made_visible(self) -> None:
        finding = found("E20", Place(PATH, 1, 1), found="a\u202eb\x1b[31mc\nd")
        assert message_of(finding, "en") == "“a⟨U+202E⟩b⟨U+001B⟩[31mc⟨U+000A⟩d” is not a date"

    def test_a_long_value_is_shortened(self) -> None:
        finding = found("E20", Place(PATH, 1, 1), found="я" * 10_000)
        assert len(message_of(finding, "bg")) < 200

    @given(st.text())
    def test_a_value_is_text_and_never_a_placeholder(self, value: str) -> None:
        message = message_of(found("E20", None, found=value), "en")
        assert message.startswith("“")
        assert message.endswith("” is not a date")

    @pytest.mark.parametrize("value", ["{name}", "{0}", "{found.__class__}", "{{"])
    def test_braces_stay(self, value: str) -> None:
        assert message_of(found("E20", None, found=value), "en") == f"“{value}” is not a date"

    def test_a_message_within_a_message_is_translated(self) -> None:
        finding = found("E15", Place(PATH, 1, 1), wanted="a whole number", name="number")
        assert message_of(finding, "bg") == "тук се очаква цяло число"

    def test_what_the_system_says_is_translated(self) -> None:
        finding = found("E83", None, name="out", problem="Permission denied")
        assert message_of(finding, "bg") == "файлът не може да бъде записан: достъпът е отказан"

    def test_a_file_of_another_encoding_in_a_path(self) -> None:
        finding = found("W02", Place("issues/\udcff.md"), name="\udcff.md")
        in_words(finding, "bg").encode()

    def test_visible_keeps_letters_and_spaces(self) -> None:
        assert visible("Бр.\u00a02 – „град“") == "Бр.\u00a02 – „град“"


class TestJson:
    def test_every_field(self) -> None:
        assert as_data(FIELD, "bg") == {
            "code": "E12",
            "severity": "error",
            "path": PATH,
            "line": 15,
            "column": 5,
            "page": None,
            "spot": None,
            "message": "непознато поле „titel“",
            "remedy": "напишете „title“",
        }

    def test_a_list_that_reads_back(self) -> None:
        findings = [FIELD, found("W06", None, page=3, number=3, lines=9)]
        assert json.loads(as_json(findings, "en")) == [as_data(finding, "en") for finding in findings]


class TestSummary:
    @pytest.mark.parametrize(
        ("wrong", "doubtful", "bulgarian", "english"),
        [
            (0, 0, "няма грешки и предупреждения", "no errors, no warnings"),
            (1, 0, "1 грешка", "1 error"),
            (2, 1, "2 грешки, 1 предупреждение", "2 errors, 1 warning"),
            (0, 21, "21 предупреждения", "21 warnings"),
        ],
    )
    def test_plurals(self, wrong: int, doubtful: int, bulgarian: str, english: str) -> None:
        findings = [FIELD] * wrong + [found("W11", None, language="xx")] * doubtful
        assert summary(findings, "bg") == bulgarian
        assert summary(findings, "en") == english


class TestTheLanguage:
    @pytest.mark.parametrize(
        ("asked", "environment", "wanted"),
        [
            ("bg", {"LANG": "en_US.UTF-8"}, "bg"),
            ("en", {"LANG": "bg_BG.UTF-8"}, "en"),
            ("de", {"LANG": "bg_BG.UTF-8"}, "en"),
            (None, {}, "en"),
            (None, {"LANG": "bg_BG.UTF-8"}, "bg"),
            (None, {"LANG": "bg"}, "bg"),
            (None, {"LANG": "de_DE.UTF-8"}, "en"),
            (None, {"LANG": "en_US.UTF-8", "LC_MESSAGES": "bg_BG"}, "bg"),
            (None, {"LANG": "bg_BG.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
            (None, {"LANG": "bg_BG.UTF-8", "LC_ALL": "C"}, "en"),
            (None, {"LANG": "bg_BG.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
            (None, {"LANG": "POSIX", "LANGUAGE": "bg"}, "en"),
            (None, {"LANG": "en_US.UTF-8", "LANGUAGE": "fr:bg:en"}, "bg"),
            (None, {"LANG": "bg_BG.UTF-8", "LC_ALL": ""}, "bg"),
        ],
    )
    def test_is_asked_for_or_the_locale_s(
        self, asked: str | None, environment: dict[str, str], wanted: str
    ) -> None:
        assert message_language(asked, environment) == wanted


def texts(code: tuple[str, ...]) -> list[str]:
    return [text for text in code if text]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!{){(\w+)}", text))


class TestTheCatalogue:
    @pytest.mark.parametrize("name", CODES)
    def test_every_code_is_worded_in_bulgarian(self, name: str) -> None:
        for text in texts(CODES[name]):
            translation = say(text, "bg")
            assert translation != text or not re.search("[a-z]{4}", re.sub(r"{\w+}", "", text)), text
            assert placeholders(translation) == placeholders(text)

    @pytest.mark.parametrize("name", CODES)
    def test_every_wording_can_be_filled(self, name: str) -> None:
        code = CODES[name]
        values = dict.fromkeys(placeholders(code.message + code.remedy) | {"guess"}, "7")
        finding = Finding(name, None, tuple(sorted(values.items())))
        for language in ("bg", "en"):
            for text in (message_of(finding, language), remedy_of(finding, language)):
                assert text
                assert not re.search(r"{\w+}", text)
                assert not text.endswith(".")

    def test_quotation_marks_are_the_language_s(self) -> None:
        for code in CODES.values():
            for text in texts(code):
                assert not set("„«»") & set(text), text
                assert not set("”«»") & set(say(text, "bg")), text

    def test_it_holds_every_message_and_no_other(self) -> None:
        wanted = {item if isinstance(item, str) else item[0] for item in used_messages("bulletin")}
        path = catalogue_path("bulletin", "bg")
        with path.open("rb") as file:
            held = {
                message.id if isinstance(message.id, str) else message.id[0]: message.string
                for message in read_po(file, locale="bg")
                if message.id
            }
        assert held.keys() == wanted
        assert all(text if isinstance(text, str) else all(text or [""]) for text in held.values())
        with path.with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        for message, text in held.items():
            if isinstance(text, str):
                assert compiled.gettext(message) == text, "run make locale"

    def test_the_system_s_messages_are_known(self) -> None:
        for message in SYSTEM_MESSAGES:
            assert say(message, "bg") != message
