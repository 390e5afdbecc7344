"""Letters as offices and mailing programs send them: what speaks of the letter is no part of an article."""

from __future__ import annotations

import io
import re
import time
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from pipeline.importing.html.letters.letter_phrases import signed_from
from pipeline.importing.html.letters.quoted_letters import part_quoted
from pipeline.importing.mail.mailing_lines import take_off_mailing_lines
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


def mail(text: str = "", html: str = "") -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Милена Колева <milena@example.org>", "Новини от клуба"
    if text:
        letter.set_content(text)
    if html:
        letter.set_content(html, subtype="html")
    return bytes(letter)


PARTS: Final = {
    "leave": '<td>Получавате писмото като член. <a href="https://a.example/u?id=7">Отпишете се</a></td>',
    "leave here": '<td>To unsubscribe click <a href="https://a.example/unsub/7">here</a>.</td>',
    "browser": '<td><a href="https://mailchi.mp/a/7">Вижте писмото в браузъра си</a></td>',
    "preferences": '<td><a href="https://a.example/p">Update your preferences</a></td>',
}
KEPT: Final = (
    '<p>Гласуването е <a href="https://a.example/list-manage">тук</a>.</p>',
    "<p>Отпишете се от курса до петък в канцеларията.</p>",
)


@pytest.mark.parametrize("name", PARTS)
def test_lines_about_a_mailing_are_listed_with_their_links(tmp_path: Path, name: str) -> None:
    page = f"<table role=presentation><tr><td><p>Засадихме липи.</p></td></tr><tr>{PARTS[name]}</tr></table>"
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=page)))
    assert article(imported).endswith("---\nЗасадихме липи.\n")
    assert codes(imported) == ["W530"]


@pytest.mark.parametrize("paragraph", KEPT)
def test_a_sentence_that_is_none_of_these_stays(tmp_path: Path, paragraph: str) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=f"<p>Дума.</p>{paragraph}")))
    assert codes(imported) == []


def test_a_page_that_was_a_mailing_loses_them_too(tmp_path: Path) -> None:
    page = f"<h1>Новини</h1><p>Засадихме липи.</p><table><tr>{PARTS['leave']}</tr></table>"
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert codes(imported) == ["W530"]
    assert "Отпишете" not in article(imported)


def test_a_long_paragraph_loses_the_link_alone(tmp_path: Path) -> None:
    words = "Засадихме липи край реката. " * 30
    page = f'<p>{words}<a href="https://a.example/unsub">Отпишете се</a></p>'
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=page)))
    assert "край реката" in article(imported)
    assert "unsub" not in article(imported)


def test_plain_text_too(tmp_path: Path) -> None:
    text = "Засадихме липи.\n\nОтписване: https://a.example/u?id=7\n"
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(text)))
    assert article(imported).endswith("---\nЗасадихме липи.\n")
    assert "https://a.example/u?id=7" in findings_text(imported)


def test_a_picture_between_two_texts_stays_there(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "milena@example.org", "Снимки от базара"
    letter.set_content("Преди снимката.")
    for colour in ("green", "red"):
        data = io.BytesIO()
        Image.new("RGB", (900, 600), colour).save(data, "JPEG")
        letter.add_attachment(data.getvalue(), "image", "jpeg", disposition="inline", filename="image0.jpeg")
        letter.add_attachment(f"След {colour}.", disposition="inline")
    body = article(import_file(tmp_path, written(tmp_path, "a.eml", bytes(letter)))).partition("\n---\n")[2]
    words = re.sub(r"!\[\]\(images/\S*", "<picture>", body).split("\n\n")
    assert [word.strip() for word in words] == [
        "Преди снимката.",
        "<picture>",
        "След green.",
        "<picture>",
        "След red.",
    ]


def test_lines_with_a_mark_of_quotation_in_a_page_are_quoted(tmp_path: Path) -> None:
    quoted = ["-------- Оригинално писмо --------", "От: Иво i@x.example", "Относно: Тест", " стар текст"]
    page = f"<p>Новина.</p>5 > 3<br><br> {'<br> '.join(f'&gt;{line}' for line in quoted)}<br>"
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=page)))
    assert article(imported).endswith("---\nНовина.\n\n5 > 3\n")
    assert codes(imported) == ["W543"]


def test_the_dashes_above_a_signature_go_with_it(tmp_path: Path) -> None:
    signed = '<div>Новина.<br><br>-- <br><div class="gmail_signature">Ана</div></div>'
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=signed)))
    assert article(imported).endswith("---\nНовина.\n")


def test_a_text_signed_by_openpgp_comes_without_the_marks(tmp_path: Path) -> None:
    begin, end = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n",
        "-----BEGIN PGP SIGNATURE-----\n\niQ\n=a\n",
    )
    text = f"{begin}Новина.\n\n- - точка\n{end}-----END PGP SIGNATURE-----\n"
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(text)))
    assert article(imported).endswith("---\nНовина.\n\n- точка\n")


SIGNED: Final = "Здравейте,\n\nтекстът е готов.\n\nПоздрави,\nНевена Стоилова\n"
OFFICE: Final = "Главен експерт, отдел „Култура“\nтел. 02 / 940 00 00\n"
DISCLAIMER: Final = "\nТова съобщение е поверително и е предназначено само за адресата.\n"


@pytest.mark.parametrize(
    "behind", [OFFICE, OFFICE + DISCLAIMER, DISCLAIMER, "\n+359 2 940 00 00\n", "n@m.example\n"]
)
@pytest.mark.parametrize("is_page", [False, True])
def test_what_stands_behind_a_name_is_a_signature(tmp_path: Path, behind: str, is_page: bool) -> None:  # noqa: FBT001
    lines = (SIGNED + behind).split("\n")
    html = "".join(f"<p>{line}</p>" for line in lines if line)
    letter = mail(html=html) if is_page else mail(SIGNED + behind)
    imported = import_file(tmp_path, written(tmp_path, "a.eml", letter))
    text = article(imported)
    assert "Невена Стоилова" in text.partition("\n---\n")[2]
    assert set(codes(imported)) == {"W544"}
    for line in filter(None, behind.split("\n")):
        assert line not in text


@pytest.mark.parametrize(
    "text",
    [
        "Поздрави\nна всички с 24 май!",
        "Текст.\nС уважение,\nУправителен съвет",
        "Поздрав,\nНевена\nГлавен експерт",
        "Програма\nтел. 02 940 00 00\nНевена Стоилова",
        "",
    ],
)
def test_without_a_telephone_it_is_part_of_the_letter(text: str) -> None:
    lines = text.split("\n")
    assert signed_from(lines) == len(lines)


def test_a_long_letter_is_parted_in_good_time() -> None:
    earlier = '<p>На 5 май Иван &lt;ivan@example.org&gt; написа:</p><div id="appendonsend"/>'
    body = ET.fromstring(f"<body><p>Здравей</p>{earlier}{'<p>Дума</p>' * 40_000}</body>")
    begun = time.process_time()
    part_quoted(body, sent_on=False)
    # Where each element was looked for among its siblings, it took half a minute.
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("link", ['<a href="https://a.example/x">тук</a> ', '<a href="x">Unsubscribe</a> '])
def test_a_paragraph_of_very_many_links_is_read_in_good_time(link: str) -> None:
    page = ET.fromstring(f"<body><p>{link * 4_000}</p></body>")
    begun = time.process_time()
    told = take_off_mailing_lines(page)
    # Where the words of the paragraph were read for each of its links, it took twenty seconds.
    assert time.process_time() - begun < 5
    left = "".join(page.itertext()) + " ".join(each.words for each in told)
    assert len(re.findall("тук|Unsubscribe", left)) == 4_000


@pytest.mark.parametrize("page", ["Изпратено от моя iPhone", "<b>Sent from my iPhone</b>"])
def test_a_letter_that_is_nothing_but_the_line_of_a_telephone_is_read(tmp_path: Path, page: str) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=page)))
    assert "iPhone" in article(imported)
    assert imported.report.share == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('<a href="https://a.example/u?id=7">Отпишете се</a>', "Отпишете се"),
        ('<br>За да се отпишете, натиснете <a href="https://a.example/unsub/7">тук</a>', "тук"),
    ],
)
def test_of_a_letter_without_paragraphs_the_link_of_a_mailing_alone_is_taken_off(
    tmp_path: Path, line: str, told: str
) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(html=f"Засадихме липи. {line}")))
    assert "Засадихме липи." in article(imported)
    assert "a.example" not in article(imported)
    assert codes(imported) == ["W530"]
    assert told in findings_text(imported)


def test_a_line_whose_link_says_here_is_one_whatever_its_address(tmp_path: Path) -> None:
    page = "<h1>Новини</h1><p>Елате в сряда.</p><p>Отпишете се <a href='https://example.org/u'>тук</a>.</p>"
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert article(imported).endswith("---\nЕлате в сряда.\n")
    assert codes(imported) == ["W530"]
