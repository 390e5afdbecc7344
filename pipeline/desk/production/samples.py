"""Sample texts that `bulletin new` writes, found where they still stand: they are no content.

An issue with one can be checked and built, with a warning; it is not filed and not sent.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.models.issue import Issue

STARTERS: Final = Path(__file__).parents[1] / "intake" / "starters"
"""A folder a language with the files a new issue begins from."""

WARNING: Final = "W172"
ERROR: Final = "E178"

_FIELD: Final = re.compile(
    r"^(?P<indent> *)(?:- )?(?P<name>\w+): +(?P<value>[^$#]+?) *(?:#.*)?$", re.MULTILINE
)
_OF_THE_PUBLICATION: Final = frozenset({"title", "name", "address", "site", "email"})
_MARKUP: Final = re.compile(r"\*+|`[^`]*`|\[|\]\([^)]*\)|^[#>-]+ ", re.MULTILINE)
_ARTICLES: Final = ("article.md", "plain.md")
_LEFT_OUT: Final = "…"
"""What the samples write for a value in their comments."""

_OWN_SENTENCE: Final = 18
"""Characters from which a sample's words are looked for within a text; fewer must be all of it."""


_OWN_NAME: Final = 12
"""Likewise, within a message."""


class Samples(NamedTuple):
    """The sample texts of all languages.

    Args:
        values: Values of fields, and headings of the sample article.
        sentences: Sentences of the sample article.
    """

    values: frozenset[str]
    sentences: frozenset[str]


def sample_findings(issue: Issue) -> Iterator[Finding]:
    """Yield a warning (W172) for each text of an issue and its publication that is a sample."""
    from pipeline.typography.fonts import texts  # noqa: PLC0415 - only where the issue is whole

    for text, place in (*_addresses(issue), *texts(issue)):
        if sample := sample_in(text):
            yield found(WARNING, place, found=sample)


def as_errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the warnings of samples as errors, if there are any; otherwise nothing."""
    found_before = list(findings)
    if not any(finding.code == WARNING for finding in found_before):
        return []
    return [
        Finding(ERROR, item.place, item.values, item.excerpt) if item.code == WARNING else item
        for item in found_before
    ]


def sample_in(text: str) -> str:
    """Return the sample that a text is or contains, or nothing."""
    samples = samples_of_all_languages()
    plain = " ".join(text.split())
    if plain in samples.values or plain == _LEFT_OUT:
        return plain
    return min((each for each in samples.sentences if each in plain), key=plain.find, default="")


def samples_in_message(host: str, text: str) -> list[str]:
    """Return the samples in a mail server's name and in a message that was made of a filed issue.

    Args:
        host: The server's name.
        text: The subject and plain text of the message.
    """
    samples = samples_of_all_languages()
    plain = " ".join(text.split())
    long_enough = {value for value in samples.values if len(value) >= _OWN_NAME}
    return [host] * (host in _mail_servers()) + sorted(
        each for each in long_enough | samples.sentences if each in plain
    )


@functools.cache
def samples_of_all_languages() -> Samples:
    """Return the samples, read from the very files that `bulletin new` writes."""
    values: set[str] = set()
    sentences: set[str] = set()
    for folder in sorted(path for path in STARTERS.iterdir() if path.is_dir()):
        values |= {
            match["value"]
            for match in _FIELD.finditer((folder / "publication.yaml").read_text("utf-8"))
            if match["name"] in _OF_THE_PUBLICATION
        }
        articles = [_text(folder, name).split("---\n", 2)[1:] for name in _ARTICLES]
        head, body = ("\n\n".join(parts) for parts in zip(*articles, strict=True))
        for text in (head, *(_text(folder, name) for name in ("issue.yaml", "issue-texts.yaml"))):
            # The samples of sections are headings that an issue may well have.
            values |= {
                match["value"]
                for match in _FIELD.finditer(text)
                if match["name"] == "title" and not match["indent"]
            }
        for paragraph in body.split("\n\n"):
            if paragraph.startswith("#"):
                values.add(paragraph.strip("# \n"))
            for part in _MARKUP.split(paragraph):
                each = re.split(r"(?<=[.:]) ", " ".join(part.split()).lstrip(". "))
                sentences |= {words for words in each if len(words) >= _OWN_SENTENCE and words[0].isupper()}
    return Samples(frozenset(values), frozenset(sentences))


def _addresses(issue: Issue) -> Iterator[tuple[str, Place]]:
    publication, places = issue.publication, issue.publication_places
    fields = {"publisher.site": publication.publisher.site, "publisher.email": publication.publisher.email}
    if publication.sender is not None:
        fields |= {
            "sender.email": publication.sender.email,
            "sender.reply_to": publication.sender.reply_to or "",
        }
    for name, value in fields.items():
        yield value, places.get(name, Place("issues/publication.yaml"))


@functools.cache
def _mail_servers() -> frozenset[str]:
    settings = "".join(_text(folder, "mail.yaml") for folder in STARTERS.iterdir() if folder.is_dir())
    return frozenset(match["value"] for match in _FIELD.finditer(settings) if match["name"] == "host")


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")
