"""The text of bytes as an import takes it over: decoded, repaired, with a finding for each doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.charsets.decoding import decode, usual_name
from pipeline.importing.charsets.garbled import garbled_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT: Final = 70


class SettledText(NamedTuple):
    """A text and what is in doubt about it."""

    text: str
    findings: tuple[Finding, ...] = ()


def settled_text(data: bytes, name: str, declared: str = "") -> SettledText:
    """Decode bytes, and write what an earlier wrong decoding made as it was meant.

    Args:
        data: The content of a part or a file.
        name: The name of the file, for the findings.
        declared: The charset it is said to be in; an empty text where none is.

    Returns:
        The text, with a W520 where the declared charset gave nonsense, a W521 where none was declared and the
        text alone decided, and a W522 where a wrong decoding made or destroyed letters.
    """
    decoded = decode(data, declared)
    findings: list[Finding] = []
    if decoded.doubt:
        charset, sample = usual_name(decoded.charset), _sample(decoded.text)
        findings.append(
            found("W520", None, name=name, charset=charset, found=sample, declared=declared[:40])
            if declared
            else found("W521", None, name=name, charset=charset, found=sample)
        )
    lines = decoded.text.split("\n")
    wrong = {each.text: each.meant for each in garbled_texts(dict.fromkeys(lines))}
    text = "\n".join(wrong.get(line) or line for line in lines)
    findings += _garbled(wrong, name)
    return SettledText(text, tuple(findings))


def garbled_findings(texts: Iterable[str], name: str) -> list[Finding]:
    """Find texts with letters that a wrong decoding made or destroyed (W522).

    Args:
        texts: Paragraphs, titles, names.
        name: The name of their file.
    """
    return _garbled({each.text: each.meant for each in garbled_texts(dict.fromkeys(texts))}, name)


def _garbled(wrong: dict[str, str], name: str) -> list[Finding]:
    """Return one finding for all garbled lines of a file: a wrong decoding destroys them all."""
    if not wrong:
        return []
    text, meant = next(((text, meant) for text, meant in wrong.items() if meant), next(iter(wrong.items())))
    shown, wanted = (shortened(" ".join(each.split()), _SHORT) for each in (text, meant))
    return [found("W522", None, name=name, count=len(wrong), found=shown, wanted=wanted or "?")]


def _sample(text: str) -> str:
    """Return the first line that says something beyond ASCII, shortened."""
    line = next((each for each in text.split("\n") if not each.isascii()), text)
    return shortened(" ".join(line.split()), _SHORT)
