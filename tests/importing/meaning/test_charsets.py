"""Letters arrive as they were written, or somebody is asked, whatever charset is declared."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from pipeline.importing.charsets.decoding import declared_in_page, decode, known_charset
from pipeline.importing.charsets.garbled import garbled_texts, meant_by
from pipeline.importing.charsets.settling import settled_text
from pipeline.importing.charsets.strangeness import strangeness
from pipeline.importing.html.page import read_page
from pipeline.importing.mail.headers import words_of_header
from tests.importing.by_rule.judging import fault_of_mail
from tests.importing.by_rule.mails import mails
from tests.importing.helpers import article, codes, import_file, written
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = (
    "Уважаеми колеги, срещата е в сряда.",
    "Работилница за данни",
    "УВАЖАЕМИ КОЛЕГИ",
    "Уважаемые коллеги, встреча в среду, ждём вас.",
    "Поштоване колеге, састанак је у среду, ћао.",
    "Αγαπητοί συνάδελφοι, η συνάντηση είναι την Τετάρτη.",
    "Café für Müller, naïve façade.",
)
CHARSETS = ("utf-8", "windows-1251", "koi8-r", "iso-8859-5", "windows-1252", "windows-1253", "utf-16")
SAID = ("", "us-ascii", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "iso-8859-5", "x-unknown")


def encoded() -> list[tuple[str, str, bytes]]:
    cases = []
    for text, charset in itertools.product(SENTENCES, CHARSETS):
        try:
            cases.append((text, charset, text.encode(charset)))
        except UnicodeEncodeError:
            continue
    return cases


class TestDecoding:
    @pytest.mark.parametrize("said", SAID)
    def test_a_text_is_read_as_it_was_written_whatever_is_said_of_it(self, said: str) -> None:
        wrong = [(text, charset) for text, charset, data in encoded() if decode(data, said).text != text]
        assert wrong == []

    def test_a_declaration_that_makes_sense_is_heeded_without_doubt(self) -> None:
        cases = [(decode(data, charset), text) for text, charset, data in encoded()]
        assert all(decoded.text == text and not decoded.doubt for decoded, text in cases)

    def test_a_declaration_that_makes_nonsense_is_doubted(self) -> None:
        data = "Каним Ви на работилница за отворени данни на 5 април.".encode("windows-1251")
        settled = settled_text(data, "a.eml", "iso-8859-1")
        assert settled.text.startswith("Каним Ви на работилница")
        assert [finding.code for finding in settled.findings] == ["W520"]
        assert dict(settled.findings[0].values)["charset"] == "windows-1251"

    @pytest.mark.parametrize(
        ("text", "charset"),
        [
            ("こんにちは、会議は水曜日です。", "iso-2022-jp"),
            ("こんにちは、会議は水曜日です。", "shift_jis"),
            ("各位同事，会议在星期三。", "gb2312"),
            ("שלום, הפגישה ביום רביעי.", "windows-1255"),
            ("مرحبا، الاجتماع يوم الأربعاء.", "iso-8859-6"),
            ("Žluťoučký kůň", "iso-8859-2"),
            ("Žluťoučký kůň", "utf-7"),
        ],
    )
    def test_charsets_of_other_scripts_are_heeded(self, text: str, charset: str) -> None:
        decoded = decode(text.encode(charset), charset)
        assert (decoded.text, decoded.doubt) == (text, False)

    def test_letters_that_no_charset_of_europe_has_are_known_without_a_declaration(self) -> None:
        text = "明日の会議は三時に始まります。資料を持って来てください。" * 4
        decoded = decode(text.encode("euc-jp"))
        assert (decoded.text, decoded.doubt) == (text, True)

    @pytest.mark.parametrize("sign", "”»…")
    def test_a_sign_that_closes_is_strange_before_a_letter(self, sign: str) -> None:
        assert strangeness(f"дума{sign}а и").cost > strangeness(f"дума{sign} а и").cost

    @pytest.mark.parametrize("sign", "©§±")
    def test_a_sign_between_letters_is_strange(self, sign: str) -> None:
        between = strangeness(f"дума{sign}дума").cost
        assert between > strangeness(f"дума {sign}дума").cost
        assert between > strangeness(f"дума{sign} дума").cost

    def test_what_the_text_alone_decides_is_said_and_plain_utf8_is_not(self) -> None:
        text = "Срещата е в сряда."
        assert [f.code for f in settled_text(text.encode("koi8-r"), "a.txt").findings] == ["W521"]
        assert settled_text(text.encode(), "a.txt").findings == ()

    @pytest.mark.parametrize("order", ["le", "be"])
    def test_utf16_is_known_without_its_mark(self, order: str) -> None:
        text = "Уважаеми колеги, срещата е в сряда."
        assert decode(text.encode(f"utf-16-{order}"), "").text == text

    @pytest.mark.parametrize(
        ("name", "codec"),
        [
            ("CP-1251", "cp1251"),
            ('"windows-1251";', "cp1251"),
            ("x-cp1251", "cp1251"),
            ("ISO-8859-1", "cp1252"),
            ("base64", None),
            ("8bit", None),
        ],
    )
    def test_names_are_known_however_they_are_written(self, name: str, codec: str | None) -> None:
        assert known_charset(name) == codec

    def test_a_page_says_its_charset_in_any_of_its_ways(self) -> None:
        assert declared_in_page(b"<html><head><meta charset=koi8-r>") == "koi8-r"
        assert declared_in_page(b"<META content='text/html; charset=windows-1251'>") == "windows-1251"
        assert declared_in_page(b"<?xml version='1.0' encoding='iso-8859-5'?><html>") == "iso-8859-5"
        assert declared_in_page(b"<p>charset=utf-8</p>") == ""


class TestGarbledLetters:
    @pytest.mark.parametrize("true", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5"])
    @pytest.mark.parametrize("seen", ["windows-1251", "iso-8859-1", "koi8-r"])
    def test_what_a_wrong_table_made_is_known_and_written_back(self, true: str, seen: str) -> None:
        text = "Уважаеми колеги, срещата е в сряда."
        if true != seen:
            data = text.encode(true)
            garbled = "".join(bytes([byte]).decode(seen, "ignore") or chr(byte) for byte in data)
            assert meant_by(garbled) == text

    @pytest.mark.parametrize(
        "text", ["П\ufffdкана", "????? ????? ?? ??????", "Сре\x04щата", "??. 5. Министърът"]
    )
    def test_letters_that_are_lost_are_asked_about(self, text: str) -> None:
        assert [each.meant for each in garbled_texts([text])] == [""]

    @pytest.mark.parametrize(
        "text",
        [
            "- въже 2 х 60 м",
            "- БЛЕЯ: 81 Ч.",
            "преоблече 171 л",
            "х. Вихрен, кл. 5в",
            "юг/подменям",
            "Излязоха: 193 ч.",
            "ъ, ь, тютюн",
            "щ, язва",
            "р-н Сюртук",
        ],
    )
    def test_rare_letters_and_units_are_no_wrong_table(self, text: str) -> None:
        assert meant_by(text) == ""

    def test_good_text_is_never_asked_about(self) -> None:
        files = sorted((REPOSITORY / "docs/bg").glob("*.md"))
        lines = [line for path in files for line in path.read_text("utf-8").split("\n")]
        lines += [
            "Кой? Кога?? Не знам!",
            "Q1: ??? и отговор",
            "?? 5 ли бяха",
            "площ 12 m², 20°C, ½ ден, 5 €, № 7, §3, ул. „Х“ 1 – 3",
        ]
        assert files
        assert list(garbled_texts(lines)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "<tr><td>Мария Костова</td><td>½</td><td>½</td><td>1</td><td>½</td><td>3½</td></tr>",
            "1½ 2½ 3½ 4½ 5½",
            "¥5 ¢5 ¤5 ¬5",
            "Љ, Њ, Ћ, Ђ, Џ",
            "Є, І, Ї, Ґ",
            "────────────",
            "┌───┬───┐",
            "♔♕♖♗♘♙ ★★★☆☆",
            "Ќе одиме во Ѓорче",
            "Ќе дојде Ѓорѓи Ќосев од Ѕвегор",
        ],
    )
    def test_signs_that_stand_alone_and_rare_letters_are_no_garbled_words(self, text: str) -> None:
        assert meant_by(text) == ""

    @pytest.mark.parametrize(
        "text",
        ["Cофия e гpад.", "Hoвини oт клъcтера", "Пoкана зa ceминap", "BCИЧКИ CA ПOКAНEHИ", "ceлo Гоpна Баня"],
    )
    def test_latin_letters_that_look_like_cyrillic_ones_are_no_wrong_table(self, text: str) -> None:
        assert meant_by(text) == ""

    def test_words_with_letters_that_look_alike_come_as_they_are(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.txt", "Новини\n\nCофия e гpад.\n"))
        assert "Cофия e гpад." in article(imported)

    def test_a_garbled_word_file_is_asked_about(self, tmp_path: Path) -> None:
        text = written(tmp_path, "text.html", "<h1>Íîâèíè çà âñè÷êè</h1><p>Ñðåùàòà å â ñðÿäà.</p>")
        imported = import_file(tmp_path, text)
        assert codes(imported) == ["W522"]
        assert "Срещата е в сряда." in article(imported)


class TestHeaders:
    @pytest.mark.parametrize(
        ("written_as", "text"),
        [
            ("=?utf-8?B?0J/QvtC6?=\r\n =?utf-8?B?0LDQvdCw?= за среща", "Покана за среща"),
            ("=?utf-8?B?0J/QvtC60A==?= =?utf-8?B?sNC90LA=?=", "Покана"),
            ("=?windows-1251?Q?=CF=EE=EA=E0=ED=E0_=E7=E0?= 5 =?koi8-r?B?wdDSyczR?=", "Покана за 5 априля"),
            ("=?utf-8*bg?Q?=D0=94=D0=B0?=", "Да"),
            ("plain words", "plain words"),
            ("=?utf-8?B?not base64!?=", None),
        ],
    )
    def test_encoded_words_are_read(self, written_as: str, text: str | None) -> None:
        read = words_of_header(written_as, "a.eml").text
        assert text is None or read == text

    def test_bytes_that_were_sent_as_they_are_are_read(self, tmp_path: Path) -> None:
        head = "Subject: Покана за среща\r\nFrom: Елена <e@example.org>\r\n".encode("windows-1251")
        name = 'Content-Disposition: attachment; filename="Покана.txt"\r\n'.encode("windows-1251")
        data = (
            head
            + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            + b"Content-Type: text/plain\r\n\r\nHello to all of you.\r\n--b\r\nContent-Type: text/plain\r\n"
            + name
            + b"\r\nThe second text.\r\n--b--\r\n"
        )
        imported = import_file(tmp_path, written(tmp_path, "m.eml", data))
        assert "title: Покана за среща\n# author: Елена" in article(imported, 1)
        assert "title: Покана\n" in article(imported)


class TestMailsByRule:
    @pytest.mark.parametrize("at", range(8))
    def test_each_is_placed_or_asked_about(self, tmp_path: Path, at: int) -> None:
        tried = list(mails())[at * 3 :: 24]
        faults = [fault_of_mail(tmp_path / str(number), mail) for number, mail in enumerate(tried)]
        assert len(tried) > 15
        assert [fault for fault in faults if fault] == []


def test_a_short_page_is_never_taken_for_the_name_of_a_file() -> None:
    assert read_page("/etc/hostname", "a.html").inventory[0].text == "/etc/hostname"
    assert read_page("<p>" + "ж" * 150 + "</p>", "a.html").blocks


def test_a_file_of_which_nothing_can_be_read_is_told(tmp_path: Path) -> None:
    page = written(tmp_path, "empty.html", "<html><body><script>show('words')</script></body></html>")
    text = written(tmp_path, "text.md", "# Заглавие\n\nДве думи.\n")
    assert "W529" in codes(import_file(tmp_path, page, text))
