"""Reads Markdown and plain text into an incoming text."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.files.yaml_nodes import Scalar, Source, read_yaml
from pipeline.findings.finding import IssueError, found
from pipeline.importing.html.page import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings.finding import Finding
    from pipeline.importing.model.incoming_text import IncomingText

_ADDRESS: Final = re.compile(r"\b(https?://[^\s<>\"“”„«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
LARGEST: Final = 60_000_000
"""The most bytes of a page with embedded pictures."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_CLOSING: Final = ".,;:!?'’)"
_FIELDS: Final = frozenset({"title", "author"})


def read_markdown(text: str, name: str, pictures: Mapping[str, bytes] | None = None) -> IncomingText:
    """Read Markdown (CommonMark, with tables and footnotes); its HTML is read as HTML.

    Args:
        text: The file.
        name: Its name.
        pictures: Pictures beside it, by the name it refers to them.
    """
    body, front, findings = _without_fields(text, name)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table").use(footnote_plugin)
    incoming_text = read_page(f"<!DOCTYPE html><body>{parser.render(body)}</body>", name, pictures)
    return replace(
        incoming_text,
        findings=(*findings, *incoming_text.findings),
        title=front.get("title", ""),
        author=front.get("author", ""),
    )


def read_plain(text: str, name: str) -> IncomingText:
    """Read plain text: an empty line separates paragraphs, lines with a dash or a bullet are a list.

    Args:
        text: The file.
        name: Its name.
    """
    return read_page(f"<!DOCTYPE html><body>{markup_of(text)}</body>", name)


def markup_of(text: str) -> str:
    """Return plain text as HTML: its paragraphs, lists and addresses."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    return "".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = block.strip("\n").split("\n")
    marked = [re.match(r"\s*[-–—•*·]\s+(?=\S)", line) for line in lines]
    if all(marked):
        items = "".join(
            f"<li>{_escaped(line[match.end() :])}</li>"
            for line, match in zip(lines, marked, strict=True)
            if match
        )
        return f"<ul>{items}</ul>"
    # Mail programs wrap lines at some width; a shorter line was ended by its writer.
    widest = max(len(line) for line in lines)
    text = ""
    for line in lines:
        text += _escaped(line.strip()) + (" " if len(line) > widest - 16 and widest > 50 else "<br>")  # noqa: PLR2004
    return f"<p>{text.removesuffix('<br>')}</p>"


def _escaped(text: str) -> str:
    def linked(match: re.Match[str]) -> str:
        address = match[0].rstrip(_CLOSING)
        target = address if "//" in address else f"mailto:{address}"
        rest = match[0][len(address) :]
        return f'<a href="{html.escape(target)}">{html.escape(address)}</a>{html.escape(rest)}'

    pieces: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        pieces += [html.escape(text[at : match.start()]), linked(match)]
        at = match.end()
    return "".join([*pieces, html.escape(text[at:])])


def _without_fields(text: str, name: str) -> tuple[str, dict[str, str], list[Finding]]:
    """Return the text without its front matter, the fields of that, and findings."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return text, {}, []
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        return text, {}, []
    fields, _ = read_yaml(Source(name, "\n".join(lines[1:end])))
    if fields is None:
        return text, {}, []
    front: dict[str, str] = {}
    findings: list[Finding] = []
    for key, value in fields.fields:
        if isinstance(value, Scalar) and value.text and key.text in _FIELDS:
            front[key.text] = value.text
        else:
            written = lines[key.place.line].strip()
            findings.append(found("W500", None, name=name, found=written[:70]))
    return "\n".join(lines[end + 1 :]), front, findings


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, or else Windows-1251.

    Raises:
        IssueError: It is too large (E506).
    """
    if len(data) > LARGEST:
        size, limit = f"{len(data) / 1e6:.0f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("windows-1251", "replace")
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
