"""Mail as people send it: forms of the text, quotations, signatures, lists."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.importing.html.page import read_page
from pipeline.importing.mail.plain_text import enriched_markup, part_plain, unflowed
from pipeline.models.text import ListBlock, Paragraph
from tests.importing.arrivals.making import picture
from tests.importing.by_rule.judging import fault_of_letter
from tests.importing.by_rule.letters import letters
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


def mail(text: str = "", html: str = "", subject: str = "Новина от клуба") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Милена Колева <milena@example.org>", subject
    if text:
        letter.set_content(text)
    if html and text:
        letter.add_alternative(html, subtype="html")
    elif html:
        letter.set_content(html, subtype="html")
    return letter


class TestLettersByRule:
    """All of them: `python -m tests.bench.arriving_mail`."""

    @pytest.mark.parametrize("at", range(4))
    def test_each_is_placed_or_listed(self, tmp_path: Path, at: int) -> None:
        tried = list(letters())[at * 3 :: 20]
        faults = [fault_of_letter(tmp_path / str(number), letter) for number, letter in enumerate(tried)]
        assert [fault for fault in faults if fault] == []

    def test_they_are_at_least_three_hundred(self) -> None:
        assert len({letter.data for letter in letters()}) > 300


class TestWhatIsQuoted:
    @pytest.mark.parametrize(
        "text",
        [
            "Текстът е готов.\n\nНа 5 май 2024 г. кметът написа:\n„Добре дошли“ – и откри изложбата.\n",
            "Каним ви.\nОт: 10:00 ч.\nДо: 12:00 ч.\nДата: 5 май\nТема: Данни\n",
            "Изпратено от музея: три каси с книги.\nИ още.\n\nПърво.\n\nВторо.\n\nТрето.\n",
        ],
    )
    def test_sentences_of_a_text_are_no_quotation(self, text: str) -> None:
        assert part_plain(text, sent_on=False) == (text, [])

    def test_an_answer_between_the_quoted_lines_stays(self) -> None:
        own, off = part_plain("> Къде е срещата?\nВ Пловдив.\n\n> Кога?\nНа 5 май.\n", sent_on=False)
        assert own.split() == ["В", "Пловдив.", "На", "5", "май."]
        assert [each.words for each in off] == ["Къде е срещата?", "Кога?"]

    def test_a_letter_that_only_quotes_is_what_it_quotes(self, tmp_path: Path) -> None:
        said = "На 4.03.2024 г. в 10:15 Елена <elena@example.org> написа:"
        letter = mail(f"\n\n{said}\n\n> Изложбата беше открита в залата на музея.\n", subject="Re: Изложба")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter)))
        assert "Изложбата беше открита в залата на музея." in article(imported)
        assert "elena@example.org" in findings_text(imported)

    def test_pictures_of_a_signature_are_no_figures(self, tmp_path: Path) -> None:
        page = (
            "<p>Изложбата е в залата.</p><div class=gmail_signature><img src='cid:logo' width=300>Музей</div>"
        )
        letter = mail("Изложбата е в залата.", page)
        forms: Any = letter.get_payload()
        forms[1].add_related(picture(), "image", "png", cid="<logo>")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter)))
        assert "![" not in article(imported)
        assert codes(imported) == ["W544"]
        assert "logo" in findings_text(imported)

    @pytest.mark.parametrize(
        "signature",
        [
            "<div>-- <br>Георги Петров<br>секретар<br><img src='cid:logo' width=120 height=40></div>",
            "<div>Поздрави<br>-- <br>Георги Петров<br>секретар<br><img src='cid:logo' height=40></div>",
            "<p>--</p><p>Георги Петров</p><p>секретар <img src='cid:logo' width=120 height=40></p>",
        ],
    )
    def test_below_two_dashes_a_page_is_signed(self, tmp_path: Path, signature: str) -> None:
        letter = mail("Изложбата е в залата.", f"<p>Изложбата е в залата.</p>{signature}")
        forms: Any = letter.get_payload()
        forms[1].add_related(picture(), "image", "png", cid="<logo>")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter)))
        assert "секретар" not in article(imported)
        assert codes(imported) == ["W544"]
        assert "Георги Петров секретар [logo]" in findings_text(imported)

    def test_a_mark_too_small_for_a_figure_is_told_once(self, tmp_path: Path) -> None:
        letter = mail("Елате.", "<p>Елате.</p><p><img src='cid:logo' width=120 height=40></p>")
        forms: Any = letter.get_payload()
        forms[1].add_related(picture(), "image", "png", cid="<logo>")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter)))
        assert codes(imported) == ["W541"]

    def test_an_authors_own_quotation_stays(self) -> None:
        page = "<p>Поетът казва:</p><blockquote><p>Тих бял Дунав.</p></blockquote><p>И още.</p>"
        own = import_text(page)
        assert "> Тих бял Дунав." in own


def import_text(page: str) -> str:
    import tempfile  # noqa: PLC0415 - a folder without a fixture
    from pathlib import Path  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        return article(import_file(path, written(path, "m.eml", bytes(mail(html=page)))))


class TestFormsOfTheText:
    def test_flowed_lines_are_joined_and_quotations_kept_apart(self) -> None:
        text = "Една дума \r\nи друга.\r\n>> стара \r\n>> дума\r\n> нова\r\n -- чужда\r\n-- \r\nИме \r\n"
        assert unflowed(text, delsp=False).split("\n")[:3] == [
            "Една дума и друга.",
            ">> стара дума",
            "> нова",
        ]

    def test_a_space_of_a_soft_break_goes_where_the_part_says_so(self) -> None:
        assert unflowed("изло \r\nжба\r\n", delsp=True) == "изложба\n"

    def test_enriched_text_has_its_words_and_faces(self) -> None:
        markup = enriched_markup(
            "<bold>Изложба</bold> <color><param>red</param>в залата</color>\nна\n\nклуба 3 << 4"
        )
        assert markup == "<div><b>Изложба</b> в залата на<br><br>клуба 3 &lt; 4</div>"

    def test_an_empty_letter_in_a_folder_refuses_nothing(self, tmp_path: Path) -> None:
        written(tmp_path, "a.eml", bytes(mail("Изложбата е в залата на музея.\n")))
        written(tmp_path, "b.eml", b"From: a@example.org\nSubject: =?utf-8?b?0J/QvtC60LDQvdCw?=\n\n\n")
        imported = import_file(tmp_path, tmp_path / "in")
        assert "Изложбата" in article(imported)
        assert "Покана" in findings_text(imported)

    def test_what_the_plain_text_alone_says_is_told(self, tmp_path: Path) -> None:
        letter = mail("Срещата е отменена поради болест.", "<p>Изложбата е в залата.</p>")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter)))
        assert codes(imported)[0] in {"W500", "W546"}
        assert "Срещата е отменена поради болест." in findings_text(imported)


class TestListsOfOutlook:
    def item(self, mark: str, words: str, level: int = 1, style: str = "") -> str:
        return (
            f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1;{style}'>"
            f"<span style='mso-list:Ignore'>{mark}<span>&nbsp; </span></span>{words}</p>"
        )

    def test_levels_and_numbers_are_those_printed(self) -> None:
        items = [("1.", "а", 1), ("·", "б", 2), ("2.", "в", 1), ("5.", "г", 1)]
        page = read_page("<div>" + "".join(self.item(*each) for each in items) + "</div>", "x.html")
        first, second = page.blocks
        assert isinstance(first, ListBlock)
        assert isinstance(second, ListBlock)
        assert first.printed_numbers == (1, 2)
        assert isinstance(first.items[0][1], ListBlock)
        assert second.printed_numbers == (5,)

    def test_a_mark_that_no_list_can_have_stays_in_the_words(self) -> None:
        page = read_page(self.item("а)", "вода") + self.item("1.2.", "хляб", 2), "x.html")
        said = [inline.text for each in page.inventory for inline in [each]]
        assert "а) вода" in said
        assert "1.2. хляб" in said

    def test_a_paragraph_that_goes_on_with_an_item_is_within_it(self) -> None:
        page = read_page(self.item("·", "вода") + "<p class=MsoListParagraph>и още за нея</p>", "x.html")
        (block,) = page.blocks
        assert isinstance(block, ListBlock)
        assert [[type(each) for each in item] for item in block.items] == [[Paragraph, Paragraph]]


def test_lists_of_plain_text_keep_their_levels(tmp_path: Path) -> None:
    text = "Носете:\n- чували\n- за децата:\n   * четки\n   * 20 липи\n- вода\n\n○ сряда\n● петък\n"
    imported = import_file(tmp_path, written(tmp_path, "a.eml", mail(text).as_bytes()))
    written_list = "Носете:\n\n- чували\n- за децата:\n  - четки\n  - 20 липи\n- вода\n"
    assert written_list in article(imported)
    assert "- сряда\n- петък" in article(imported)


@pytest.mark.parametrize(
    ("ending", "left", "listed"),
    [
        ("<p>С уважение,</p><p>Мария Ганева<br>счетоводител<br>M: +359 88 765 43 21</p>", "Ганева", "счетов"),
        ("<div>От УС<br><br>-----------<br>Вземи най-добрите оферти в abv.bg</div>", "От УС", "Вземи"),
        ("<p>От УС</p><p>Отправлено из мобильной Почты Mail.ru</p>", "От УС", "Отправлено"),
    ],
)  # fmt: skip
def test_what_programs_and_offices_add_below_is_listed(
    tmp_path: Path, ending: str, left: str, listed: str
) -> None:
    letter = mail(html=f"<p>Събранието е в неделя от десет часа.</p>{ending}")
    imported = import_file(tmp_path, written(tmp_path, "a.eml", letter.as_bytes()))
    assert article(imported).endswith(f"{left}\n")
    assert listed in findings_text(imported)
    assert imported.report.share == 1
