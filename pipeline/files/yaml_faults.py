"""Errors of the YAML library as findings that say how to mend them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterator


_TAB: Final = 2
"""The spaces that take the place of a tab: the files are indented by two."""

_ODD: Final = re.compile(r"[^ ]+")
_SEPARATOR: Final = (
    r" *(?:- +)*(?:[\w.-]+:|-)(?P<odd>(?=[ \t\u00a0\u202f]*[\t\u00a0\u202f])[ \t\u00a0\u202f]+)(?=\S)"
)


def indentation_findings(path: str, text: str, shift: int) -> Iterator[Finding]:
    """Find tabs and no-break spaces in the indentation, where YAML forbids them and no editor shows them.

    Args:
        path: The file, relative to the workspace.
        text: The YAML in it.
        shift: How many lines of the file come before that.
    """
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if (odd := _ODD.search(indent)) and line.strip():
            count = sum(_TAB if sign == "\t" else 1 for sign in odd[0])
            yield found("E11", Place(path, number + shift, odd.start() + 1, len(odd[0])), count=count)


def separator_findings(path: str, text: str, shift: int) -> Iterator[Finding]:
    """Find tabs and no-break spaces behind a field's colon or an item's dash, where a text is no YAML.

    Args:
        path: The file, relative to the workspace.
        text: What should be YAML in it.
        shift: How many lines of the file come before that.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(_SEPARATOR, line):
            start, end = match.span("odd")
            yield found("E11", Place(path, number + shift, start + 1, end - start), count=1)


_BEGAN_EARLIER: Final = (
    "unexpected end of stream",
    "<stream end>",
    "document separator",
    "could not find expected ':'",
)
_NEEDS_QUOTES: Final = N_("a value begins with a sign that needs quotes")
_LONGEST: Final = 80
"""Characters of a value that are shown."""

_PROBLEMS: Final = (
    ("'<scalar>'", N_("text stands behind a closing quotation mark or bracket")),
    ("unknown escape", N_("a backslash stands within quotation marks")),
    ("sequence entries are not allowed", N_("a dash stands where none is expected")),
    ("found unexpected end of stream", N_("a quotation mark is not closed")),
    ("document separator", N_("a quotation mark is not closed")),
    ("<stream end>", N_("a bracket is not closed")),
    ("expected the node content", _NEEDS_QUOTES),
    ("expected alphabetic or numeric", _NEEDS_QUOTES),
    ("mapping values are not allowed", N_("a colon stands where none is expected")),
    ("expected URI", _NEEDS_QUOTES),
    ("expected chomping", _NEEDS_QUOTES),
    ("mapping keys are not allowed", _NEEDS_QUOTES),
    ("<document start>", N_("the line is indented differently from those above")),
    ("cannot start any token", _NEEDS_QUOTES),
    ("expected <block end>", N_("the line is indented differently from those above")),
    ("could not find expected ':'", N_("a field lacks its colon")),
    ("expected ',' or", N_("a comma or a closing bracket is missing")),
)


def syntax_finding(error: YAMLError, path: str, text: str, shift: int) -> Finding:
    """Return an error of the parser as a finding (E10, E17, E18).

    Args:
        error: What it raised; its own message is not shown.
        path: The file, for the place.
        text: The YAML text.
        shift: Lines of the file before the text.
    """
    problem = str(getattr(error, "problem", "") or "") if isinstance(error, MarkedYAMLError) else ""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if context is not None and "expected ',' or" in problem and mark is not None and context.line < mark.line:
        problem = "<stream end>"
    if mark is None or any(sign in problem for sign in _BEGAN_EARLIER):
        # An unclosed quote or bracket is reported where it was opened.
        mark = context or mark
    if mark is None or isinstance(error, YAMLStreamError):
        return found("E10", Place(path, shift + 1), problem=N_("the text is not YAML"))
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    place = Place(path, number + 1 + shift, mark.column + 1)
    if "mapping values are not allowed" in problem:
        # `title: Градче: знание` is the most frequent error, and has a remedy of its own.
        line = lines[number]
        name, colon, rest = line.partition(":")
        if colon and mark.column > len(name) and rest.strip():
            return found("E17", place, name=name.strip(" -"))
    if "undefined tag handle" in problem:
        return found("E18", place, mark=lines[number][mark.column :].split(" ")[0][:60])
    wording = next((ours for theirs, ours in _PROBLEMS if theirs in problem), N_("the text is not YAML"))
    _, _, value = lines[number].partition(": ")
    guess = value.strip()[:_LONGEST] if wording == _NEEDS_QUOTES and not {'"', "\\"} & set(value) else ""
    return found("E10", place, problem=wording, guess=guess)
