"""Files that Word takes over into its text when it opens it are read in their letters, pictures and all."""

from __future__ import annotations

import email.message
import email.policy

import pytest

from pipeline.importing.word.chunks import Chunk, read_chunk

WORDS = "Срещата на всички колеги е в сряда, в големия салон."
PAGE = "<html><head>{}</head><body><p>{}</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n picture"


def words(chunk: Chunk | None) -> str:
    assert chunk is not None
    return " ".join(" ".join(chunk.root.itertext()).split())


def archive(*, picture: str = "", charset: str = "utf-8", kind: str = "html") -> bytes:
    """Return a web archive: a page, perhaps a picture with a header, then a page that is not the first."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    shown = PAGE.format("", WORDS) if kind == "html" else WORDS
    message.set_content(shown, subtype=kind, charset=charset, cte="8bit")
    message.make_related()
    if picture:
        part = email.message.EmailMessage(policy=email.policy.SMTP)
        part.set_content(PNG, "image", "png")
        name, _, value = picture.partition(": ")
        part[name] = value
        message.attach(part)
    other = email.message.EmailMessage(policy=email.policy.SMTP)
    other.set_content("<p>Друга страница.</p>", subtype="html")
    message.attach(other)
    return message.as_bytes()


@pytest.mark.parametrize("ending", ["htm", "html", "xhtml", "HTML"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_a_page_is_read_in_the_letters_it_declares(ending: str, charset: str) -> None:
    page = PAGE.format(f'<meta charset="{charset}">', WORDS).encode(charset)
    assert words(read_chunk(page, f"word/files/a.{ending}", "a.docx")) == WORDS


def test_a_text_is_read_as_text_and_not_as_a_page() -> None:
    chunk = read_chunk(f"Две < три & „{WORDS}“".encode(), "word/files/a.txt", "a.docx")
    assert words(chunk) == f"Две < три & „{WORDS}“"


@pytest.mark.parametrize("ending", ["mht", "mhtml", "eml"])
@pytest.mark.parametrize("kind", ["html", "plain"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
def test_the_first_page_of_a_web_archive_is_read_in_its_charset(ending: str, kind: str, charset: str) -> None:
    chunk = read_chunk(archive(charset=charset, kind=kind), f"word/files/a.{ending}", "a.docx")
    assert words(chunk) == WORDS


@pytest.mark.parametrize(
    ("header", "source"),
    [
        ("Content-Location: images/a.png", "images/a.png"),
        ("Content-ID: <a@here>", "cid:a@here"),
        ("Content-Location: a.png?b=1&amp;c=2", "a.png?b=1&c=2"),
    ],
)
def test_a_web_archive_brings_its_pictures(header: str, source: str) -> None:
    chunk = read_chunk(archive(picture=header), "word/files/a.mht", "a.docx")
    assert chunk is not None
    assert chunk.pictures == {source: PNG}
    assert words(chunk) == WORDS


def test_every_word_of_a_file_within_is_in_the_inventory() -> None:
    chunk = read_chunk(PAGE.format("", WORDS).encode(), "word/files/a.html", "a.docx")
    assert chunk is not None
    assert WORDS in {item.text for item in chunk.items}


def test_letters_in_doubt_are_told() -> None:
    chunk = read_chunk(WORDS.encode("koi8-r"), "word/files/a.txt", "a.docx")
    assert chunk is not None
    assert [finding.code for finding in chunk.findings] == ["W521"]
    page = read_chunk(PAGE.format("", WORDS).encode("koi8-r"), "word/files/a.html", "a.docx")
    assert page is not None
    assert [finding.code for finding in page.findings] == ["W521"]


def test_a_file_of_another_kind_is_not_read() -> None:
    assert read_chunk(b"{\\rtf1 Word}", "word/files/a.rtf", "a.docx") is None
