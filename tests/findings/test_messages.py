"""The wording of every message of the catalogue: its language, its quotes, and numbers that agree."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.pofile import read_po

from pipeline.cli.terminal import STEPS
from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.findings.wording.wording import message_of
from tests.support.catalogues import catalogue_path, used_messages
from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_/+-]*")
_EXAMPLES: Final = (
    re.compile(r"\{[^}]*\}"),
    re.compile(r"„[^„“]*“"),
    re.compile(r"#[0-9A-F]{6}\b"),
    re.compile(r"--?[a-z][a-z-]*"),
    re.compile(r"\S*(?:://|@|\.[a-z])\S*"),
    re.compile(r"\b[a-z_]+: ?(?:[a-z][\w.-]*)?"),
    re.compile(
        r"\bpip install \S+|openssl genrsa -out|chmod 600|[a-z]+=\S+|\b(?:mail|out)/\w+"
        r"|\b\w+/(?=\s|\)|$|[,;.])"
    ),
    re.compile(r"\bbulletin (?:archive|mail) [a-z]+"),
)
"""What a message quotes: placeholders, colours, commands, options, addresses, fields, files."""

_NAMES: Final = frozenset(
    """
    BG BleedBox CMYK CSV Ctrl-C DKIM DMARC DNS Dask ES EUR Excel HEIC HTML ICC ID ISSN JPEG JSON LibreOffice
    Numbers Outlook Pages
    Markdown MediaBox Noto PDF PDF/A PDF/A-2 PDF/A-3 PDF/UA PDF/X PDF/X-4 PEM PNG Publisher
    RSA SMTP SPF STARTTLS SVG Schema TIFF TLS TrimBox Type UTF-8 WebP Word XML XMP YAML mbox sRGB
    archive bg booklet en mail overprint press screen trapping output intent members name email reply_to
    PANTONE QR JBIG2 Windows git H1 Table Figure pt-BR bulletin bulletin/1 styles/ before
    spot identity logo_cmyk cluster openssl genrsa BULLETIN_MAIL_PASSWORD bulletin-2023-12-20
    Alt Alt+Enter Alt+F10 F10 Ctrl Ctrl+Z Enter Esc F7 F8 KB Tab px
    Chrome Chromium Edge Firefox JavaScript Safari MB eu studio
    """.split()  # noqa: SIM905 - read as a table
)
"""Formats, standards, programs; editions and fields as one types them; terms of printers."""

_COUNTED: Final = re.compile(
    r"\{\w+\} (?:more )?"
    r"(?:lines|pages|places|files|cells|sections|words|signs|letters|messages|members|things)\b"
)
_NEVER_ONE: Final = (
    "put spaces where they belong; at most {limit} letters may stand together",
    "a word has {length} letters: “{found}”",
    "shorten the text to {guess} pages, or fill {more}",
    "{path}: {count} files of issue {issue} restored",
    "the {part} of the mail has {count} places for the address by which one unsubscribes, and not one",
    "{said} are announced, and {count} are listed",
    "shorten “{title}” by about {words} words",
    "write about {more} words more in “{title}”, or list fillers in publication.yaml",
)


def translations() -> Iterator[tuple[str, str]]:
    with catalogue_path("bulletin", "bg").open("rb") as file:
        for message in read_po(file, locale="bg"):
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if ids[0]:
                yield from ((ids[0], string) for string in strings)


def english() -> Iterator[str]:
    for texts in used_messages("bulletin"):
        yield from (texts,) if isinstance(texts, str) else texts


def latin_words(text: str) -> list[str]:
    for example in _EXAMPLES:
        text = example.sub(" ", text)
    return [word for word in _LATIN.findall(text) if word not in _NAMES and len(word) > 1]


@pytest.mark.parametrize("word", ["messages", "warning", "page", "lines"])
def test_an_english_word_in_bulgarian_is_found(word: str) -> None:
    assert latin_words(f"намерени са {word} във файла") == [word]


def test_bulgarian_messages_have_no_english_words() -> None:
    wrong = {text: words for _, text in translations() if (words := latin_words(text))}
    assert wrong == {}


def test_bulgarian_messages_have_bulgarian_quotes() -> None:
    wrong = []
    for _, text in translations():
        left = re.sub(r"„[^„“”]*“", "", text)
        # YAML and attributes of pictures are quoted as one types them.
        left = re.sub(r'(?:[:=] ?)"[^"]*"', "", left)
        wrong += [text] if re.search('[“”„"«»‘’]', left) else []
    assert wrong == []


def test_english_messages_have_english_quotes() -> None:
    wrong = []
    for text in english():
        left = re.sub(r"“[^“”„]*”", "", text)
        left = re.sub(r'(?:[:=] ?)"[^"]*"', "", left)
        wrong += [text] if re.search('[“”„"«»]', left) else []
    assert wrong == []


def test_no_message_counts_one_thing_in_the_plural() -> None:
    """A number that may be one has its plural form in the catalogue, or stands behind the noun."""
    plural = {texts[1] for texts in used_messages("bulletin") if not isinstance(texts, str)}
    wrong = [
        text for text in english() if _COUNTED.search(text) and text not in plural and text not in _NEVER_ONE
    ]
    assert wrong == []


def test_the_step_of_every_progress_is_translated() -> None:
    steps = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "STEP":
                assert isinstance(node.value, ast.Constant)
                steps.add(node.value.value)
    assert len(steps) > 3
    assert steps <= set(STEPS)
    known = dict(translations())
    assert all(known[step] != step for step in STEPS)


@pytest.mark.parametrize(("language", "wanted"), [("bg", "„№“, „Тел.“"), ("en", "“№”, “Тел.”")])
def test_listed_names_are_quoted_as_the_message_is(language: str, wanted: str) -> None:
    finding = found("W300", Place("members.csv", 1), names="“№”, “Тел.”")
    assert wanted in message_of(finding, language)
