"""HTML, mail and pictures: all content is placed or reported."""

from __future__ import annotations

import base64
import io
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from pipeline.findings.finding import BulletinError
from pipeline.importing.html.page import read_page
from pipeline.importing.model.inventory import ItemType
from tests.importing.arrivals.making import picture
from tests.importing.helpers import ARRIVALS, article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


class TestPages:
    def test_remote_pictures_are_listed_and_scripts_are_no_text(self, tmp_path: Path) -> None:
        page = (
            "<html lang=bg><head><title>Новина</title><style>p{}</style></head><body>"
            "<h1>Новина за всички</h1>"
            "<p>Текст с <b>дума</b> и <a href='javascript:alert(1)'>бутон</a>.<script>x()</script></p>"
            "<img src='https://example.org/a.jpg' alt='зала'><svg><text>рисунка</text></svg>"
            "<p style='display:none'>скрито</p></body></html>"
        )
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert "Текст с **дума** и бутон." in article(imported)
        assert {"W500", "W505", "W507", "W515"} == set(codes(imported))
        assert "скрито" in findings_text(imported)
        assert "x()" not in article(imported)
        told = [each.code for each in imported.findings if "javascript" in str(each.values)]
        assert told == ["W507"]

    def test_the_marks_that_a_browser_puts_around_a_quotation_are_written(self, tmp_path: Path) -> None:
        page = "<html lang=bg><h1>Новина за всички</h1><p>Каза <q>ела <b>тук</b></q>, и <q> </q>това.</p>"
        text = article(import_file(tmp_path, written(tmp_path, "page.html", page)))
        assert 'Каза "ела **тук**", и това.' in text

    def test_a_picture_within_the_page_is_kept(self, tmp_path: Path) -> None:
        data = base64.b64encode(picture()).decode()
        image = f"<img alt='стена' src='data:image/png;base64,{data}'>"
        page = f"<h1>Едно</h1><figure>{image}<figcaption>Под нея</figcaption></figure>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert '![стена](images/picture-1.png "Под нея"){credit=""}' in article(imported)
        assert imported.report.counts[ItemType.PICTURE].placed == 1

    def test_a_table_of_layout_is_text(self) -> None:
        page = read_page(
            "<table><tr><td><p>едно</p><table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table></td></tr></table>",
            "x",
        )
        assert [type(block).__name__ for block in page.blocks] == ["Paragraph", "Table"]


class TestMail:
    def mail(self) -> bytes:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Re: Новина от Прага", "Милена Колева <milena@example.org>"
        mail.set_content("Добър ден,\n\nобучението в Прага мина чудесно.\n\n-- \nМилена, тел. 02 123\n")
        mail.add_attachment(picture(), "image", "png", filename="Прага.png")
        mail.add_attachment(b"%PDF-1.7", "application", "pdf", filename="програма.pdf")
        mail.add_attachment(
            (ARRIVALS / "scripts.docx").read_bytes(), "application", "octet-stream", filename="статия.docx"
        )
        return bytes(mail)

    def test_comes_with_what_is_attached(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "m.eml", self.mail()))
        texts = {
            name: (imported.folder / name).read_text("utf-8")
            for _, names in imported.sections
            for name in names
        }
        assert set(texts) == {"novina-ot-praga.md", "pismenosti.md"}
        assert "title: Новина от Прага" in texts["novina-ot-praga.md"]
        assert "# author: Милена Колева" in texts["novina-ot-praga.md"]
        assert "![](images/praga.png)" in texts["novina-ot-praga.md"]
        assert "Милена, тел. 02 123" in findings_text(imported)
        assert "програма.pdf" in findings_text(imported)

    def test_pictures_stand_where_the_message_shows_them(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Изложба", "a@example.org"
        mail.set_content("без HTML")
        mail.add_alternative("<p>Преди</p><img src='cid:one' alt='вход'><p>След</p>", subtype="html")
        payload: Any = mail.get_payload()
        payload[1].add_related(picture(), "image", "png", cid="<one>")
        text = article(import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail))))
        assert re.search(r"Преди\n\n!\[вход\]\(images/[\w-]+\.png\)\{credit=\"\"\}\n\nСлед", text)

    def test_a_mail_that_was_sent_on_is_a_text_of_its_own(self, tmp_path: Path) -> None:
        inner = EmailMessage()
        inner["Subject"], inner["From"] = "Вътрешно писмо", "b@example.org"
        inner.set_content("Думите на вътрешното писмо.\n")
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Fwd: Външно писмо", "a@example.org"
        mail.set_content("Препращам писмото на колегата.\n")
        mail.add_attachment(inner)
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail)))
        assert [name for _, names in imported.sections for name in names] == [
            "vatreshno-pismo.md",
            "vanshno-pismo.md",
        ]
        assert imported.report.share == 1.0

    def test_a_letter_with_a_calendar_of_several_events_is_a_text_of_its_own(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "За бюлетина", "a@example.org"
        mail.set_content("Вноската е един процент от заплатата.\n")
        events = "".join(
            f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2024040{day}\r\nSUMMARY:Среща {day}\r\n"
            f"LOCATION:Зала {day}\r\nEND:VEVENT\r\n"
            for day in (5, 6)
        )
        calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()
        mail.add_attachment(calendar, "text", "calendar", filename="календар.ics")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail)))
        texts = [
            (imported.folder / name).read_text("utf-8") for _, names in imported.sections for name in names
        ]
        assert [("Вноската" in text, "kind: event" in text, "За бюлетина" in text) for text in texts] == [
            (True, False, True),
            (False, True, False),
            (False, True, False),
        ]
        assert imported.report.share == 1.0

    def test_every_part_of_a_message_is_read(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Три части", "a@example.org"
        mail.set_content("<p>Първа част.</p>", subtype="html")
        mail.make_mixed()
        mail.add_attachment("<p>Втора част.</p>", subtype="html", disposition="inline")
        mail.add_attachment("Трета част.\n", disposition="inline")
        text = article(import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail))))
        assert text.endswith("---\nПърва част.\n\nВтора част.\n\nТрета част.\n")

    def test_what_is_no_mail_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, written(tmp_path, "m.eml", b"\x00\x01\x02"))
        assert caught.value.findings[0].code == "E500"


class TestPictures:
    @pytest.mark.parametrize(
        ("name", "data", "kind"),
        [
            ("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
            ("chart.emf", b"\x01\x00\x00\x00" + b"\x00" * 36 + b" EMF" + b"\x00" * 40, "EMF"),
            ("logo.wmf", b"\xd7\xcd\xc6\x9a" + b"\x00" * 40, "WMF"),
            ("moving.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "GIF"),
        ],
    )
    def test_one_that_no_page_can_show_is_named(
        self, tmp_path: Path, name: str, data: bytes, kind: str
    ) -> None:
        text = written(tmp_path, "text.md", "# Заглавие на текста\n\nДве думи.\n")
        imported = import_file(tmp_path, text, written(tmp_path, name, data))
        assert codes(imported) == ["W504"]
        assert dict(imported.findings[0].values)["kind"] == kind

    def test_one_with_too_many_pixels_is_named_with_their_number(self, tmp_path: Path) -> None:
        held = io.BytesIO()
        Image.new("1", (10_000, 9_000)).save(held, "PNG")
        text = written(tmp_path, "text.md", "# Заглавие на текста\n\nДве думи.\n")
        imported = import_file(tmp_path, text, written(tmp_path, "стена.png", held.getvalue()))
        assert codes(imported) == ["W504"]
        assert dict(imported.findings[0].values)["kind"] == "PNG, 90 Mpx"

    def test_a_loose_one_is_kept_with_the_line_that_shows_it(self, tmp_path: Path) -> None:
        text = written(tmp_path, "text.md", "# Заглавие на текста\n\nДве думи.\n")
        imported = import_file(tmp_path, text, written(tmp_path, "Зала 5.png", picture()))
        assert codes(imported) == ["W509"]
        assert "![…](images/zala-5.png)" in findings_text(imported)
        assert (imported.folder / "images/zala-5.png").is_file()

    def test_one_named_as_its_text_goes_with_it(self, tmp_path: Path) -> None:
        text = written(tmp_path, "prague.md", "# Заглавие на текста\n\nДве думи.\n")
        first, second = (
            written(tmp_path, "prague-1.png", picture()),
            written(tmp_path, "prague-2.png", picture("red")),
        )
        imported = import_file(tmp_path, text, first, second)
        assert codes(imported) == []
        assert article(imported).count("![](images/prague-") == 2

    def test_a_folder_comes_whole_and_hidden_files_stay(self, tmp_path: Path) -> None:
        written(tmp_path, "a.md", "# Първи текст\n\nДума.\n\n![зала](hall.png)\n")
        written(tmp_path, "b.txt", "Втори текст\n\nи неговият абзац.\n")
        written(tmp_path, "hall.png", picture())
        written(tmp_path, "list.pptx", b"x")
        written(tmp_path, ".DS_Store", b"x")
        imported = import_file(tmp_path, tmp_path / "in")
        assert [(title, len(names)) for title, names in imported.sections] == [("Новини", 2)]
        assert codes(imported) == ["W510"]
        assert "![зала](images/hall.png)" in article(imported)
