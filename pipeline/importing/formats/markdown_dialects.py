"""What Jekyll, Hugo, kramdown, Pandoc and Obsidian write into Markdown, as CommonMark or left out and listed.

Their tags, shortcodes, attributes and comments are not for readers; links between notes, marked words, tasks
and call-outs are. Code is left as it is.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE: Final = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?<!`)(?P<span>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=span)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_LISTING: Final = re.compile(
    r"^\{%-?[ \t]*(?P<tag>highlight|raw)(?P<lang>[ \t]+\w+)?[^%\n]*%\}[ \t]*\n(?P<code>.*?)\n?"
    r"^\{%-?[ \t]*end(?P=tag)[ \t]*-?%\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".tif", ".tiff", ".bmp"})
_ATTRIBUTE: Final = re.compile(r"\b(src|alt|caption|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROOT: Final = re.compile(r"\{\{-?(?P<words>)\s*(?:site|\.Site)\.(?:base_?url|url)\s*-?\}\}", re.IGNORECASE)
_LITERAL: Final = re.compile(
    r"\{\{-?\s*['\"](?P<words>[^'\"{}]{1,300})['\"]\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}"
)


class PlainMarkdown(NamedTuple):
    """Markdown without what a program of its own adds.

    Args:
        text: The text.
        listed: What was left out, with the code of the finding that lists it: a remark for nobody (W523), or
            what is no text (W500).
    """

    text: str
    listed: tuple[tuple[str, str], ...]


def plain_markdown(body: str) -> PlainMarkdown:
    """Return a text in Markdown without what a program of its own adds.

    Args:
        body: The text, without front matter, its lines ended by line feeds alone.
    """
    body = _LISTING.sub(lambda match: f"```{(match['lang'] or '').strip()}\n{match['code']}\n```", body)
    codes: list[str] = []

    def kept(match: re.Match[str]) -> str:
        codes.append(match[0])
        return f"\ue000{len(codes) - 1}\ue001"

    if "\ue000" in body:
        return PlainMarkdown(body, ())
    text = _CODE.sub(kept, body)
    listed: list[tuple[str, str]] = []
    for pattern, change in _CHANGES:
        text = pattern.sub(lambda match, change=change: change(match, listed), text)  # type: ignore[misc]
    text = _returned(text, codes)
    return PlainMarkdown(text, tuple((code, _returned(words, codes)) for code, words in listed))


def _returned(text: str, codes: list[str]) -> str:
    return re.sub("\ue000(\\d+)\ue001", lambda match: codes[int(match[1])], text)


_Listed = list[tuple[str, str]]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _remark(match: re.Match[str], listed: _Listed) -> str:
    if words := _one_line(match["words"]):
        listed.append(("W523", words))
    return ""


def _left_out(match: re.Match[str], listed: _Listed) -> str:
    listed.append(("W500", _one_line(match[0])))
    return ""


def _address_left_out(match: re.Match[str], listed: _Listed) -> str:
    """A link to what only the program knows: the words stay."""
    listed.append(("W500", _one_line(match["tag"])))
    return match["words"]


def _figure(match: re.Match[str], listed: _Listed) -> str:
    said = {name: double or single for name, double, single in _ATTRIBUTE.findall(match[0])}
    source = said.get("src", "")
    if PurePosixPath(source).suffix.lower() not in _PICTURES:
        return _left_out(match, listed)
    caption = (said.get("caption") or said.get("title") or "").replace('"', "”")
    title = f' "{caption}"' if caption else ""
    return f"![{said.get('alt', '')}](<{source}>{title})"


def _embedded(match: re.Match[str], listed: _Listed) -> str:
    """A picture as Obsidian embeds it; what is behind the bar is its width. Another note is not here."""
    name, _, said = match["target"].partition("|")
    if PurePosixPath(name).suffix.lower() not in _PICTURES:
        return _left_out(match, listed)
    said = said.strip()
    return f"![{'' if said.replace('x', '').isdecimal() else said}](<{name.strip()}>)"


def _linked_note(match: re.Match[str], listed: _Listed) -> str:
    del listed
    target, _, label = match["target"].partition("|")
    return (label or target.lstrip("#").replace("#", " – ")).strip()


def _call_out(match: re.Match[str], listed: _Listed) -> str:
    listed.append(("W500", match["kind"]))
    title = match["title"].strip()
    return f"{match['marks']}**{title}**\n{match['marks']}" if title else match["marks"].rstrip()


def _task(match: re.Match[str], listed: _Listed) -> str:
    del listed
    return f"{match['bullet']}{'☑' if match['state'] in 'xX' else '☐'} "


def _inner(match: re.Match[str], listed: _Listed) -> str:
    del listed
    return match["words"]


def _lowered(match: re.Match[str], listed: _Listed) -> str:
    del listed
    mark = "sub" if match["mark"] == "~" else "sup"
    return f"<{mark}>{match['words']}</{mark}>"


def _changes() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], _Listed], str]]]:
    tag = r"\{%(?:(?!%\}).){1,500}%\}|\{\{[<%](?:(?![>%]\}\}).){1,500}[>%]\}\}"
    output = r"\{\{(?:(?!\}\}).){1,300}\}\}"
    many = re.MULTILINE | re.DOTALL
    return [
        (re.compile(r"(?<![\w%])%%(?!%)(?P<words>.{1,5000}?)%%(?!%)", re.DOTALL), _remark),
        (
            re.compile(r"\{%-?\s*comment\s*-?%\}(?P<words>.{0,5000}?)\{%-?\s*endcomment\s*-?%\}", re.DOTALL),
            _remark,
        ),
        (_ROOT, _inner),
        (_LITERAL, _inner),
        (re.compile(r"\{\{<\s*figure\s(?:(?!>\}\}).){1,1000}>\}\}", many), _figure),
        (re.compile(rf"(?<!!)\[(?P<words>[^\[\]\n]{{1,300}})\]\(\s*(?P<tag>{tag})\s*\)"), _address_left_out),
        (re.compile(rf"{tag}|{output}", many), _left_out),
        (re.compile(r"^[*-][ \t]+TOC[ \t]*\n\{:[ \t]*toc[ \t]*\}[ \t]*$", re.MULTILINE), _left_out),
        (re.compile(r"^\{:[^{}\n]*\}[ \t]*$|(?<=\S)\{:[^{}\n]{0,200}\}", re.MULTILINE), _left_out),
        (re.compile(r"(?m)(?<=\S)[ \t]*\{#[-\w]+(?:[ \t][^{}\n]{0,100})?\}[ \t]*$"), _left_out),
        (re.compile(r"^:{3,}[ \t]*(?:\{[^{}\n]*\}|[-\w]*)[^\n]{0,80}$", re.MULTILINE), _left_out),
        (re.compile(r"!\[\[(?P<target>[^\[\]\n]{1,300})\]\]"), _embedded),
        (re.compile(r"\[\[(?P<target>[^\[\]\n]{1,300})\]\]"), _linked_note),
        (
            re.compile(
                r"^(?P<marks>[ \t]{0,3}>[> \t]*)(?P<kind>\[![-\w ]{1,30}\][-+]?)(?P<title>[^\n]*)$",
                re.MULTILINE,
            ),
            _call_out,
        ),
        (
            re.compile(
                r"^(?P<bullet>[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[(?P<state>[ xX/-])\][ \t]+", re.MULTILINE
            ),
            _task,
        ),
        (re.compile(r"(?<![=\w])==(?=[^\s=])(?P<words>[^\n]{1,500}?)(?<=[^\s=])==(?![=\w])"), _inner),
        (re.compile(r"(?<=\w)(?P<mark>[~^])(?P<words>\d{1,4})(?P=mark)"), _lowered),
        (re.compile(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE), _left_out),
    ]


_CHANGES: Final = _changes()
