"""Typography set in the files of an issue, where it is visible: quotes, dashes, ranges, decimals, spaces.

No-break spaces, which are not visible, are set in the pages alone. Only characters that differ are replaced,
and a fixed file must read, once typeset, as it did before; otherwise it is left as it was.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.text.source import Source
from pipeline.files.yaml_nodes import Mapping, Scalar, Sequence, read_yaml
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import differing
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.typography.microtypography.language_conventions import NBSP
from pipeline.typography.microtypography.setting import set_text
from pipeline.typography.typesetting import line_fields, typeset, typeset_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from pipeline.files.yaml_nodes import Node
    from pipeline.models.issue import Issue


class FixedFile(NamedTuple):
    """A file with its typography fixed.

    Args:
        path: Relative to the workspace.
        text: Its whole text.
        lines: The lines that changed: number, before, after.
    """

    path: str
    text: str
    lines: tuple[tuple[int, str, str], ...]


class _Replacement(NamedTuple):
    """A text as written, and with its typography set.

    Args:
        place: Where it begins.
        before: As written.
        after: With its typography set, without no-break spaces.
    """

    place: Place
    before: str
    after: str


def typography_fixes(issue: Issue, sources: MappingOf[str, str]) -> list[FixedFile]:
    """Return the files of an issue whose visible typography differs, fixed.

    Args:
        issue: As read.
        sources: The text of each of its files, by path.
    """
    replacements: dict[str, list[_Replacement]] = {}
    for replacement in _replacements(issue, typeset(issue, visible_only=True)):
        if replacement.place.path.startswith(f"{issue.folder}/"):
            replacements.setdefault(replacement.place.path, []).append(replacement)
    fixed_files = []
    for path, wanted in sorted(replacements.items()):
        before = sources.get(path, "")
        after = _edited(before, wanted)
        if after != before and _reads_the_same(path, before, after, issue.language):
            fixed_files.append(FixedFile(path, after, tuple(changed_lines(before, after))))
    return fixed_files


def typewriter_queries(issue: Issue, sources: MappingOf[str, str]) -> Iterator[Finding]:
    """Query typewriter typography in the files, once for all of them (W403).

    Args:
        issue: As read.
        sources: The text of each of its files, by path.
    """
    lines = [(each.path, line) for each in typography_fixes(issue, sources) for line in each.lines]
    if lines:
        path, (number, before, after) = lines[0]
        was, wanted = differing(before, after, around=12)
        same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
        yield found("W403", Place(path, number, same + 1), count=len(lines), found=was, wanted=wanted)


def _replacements(issue: Issue, wanted: Issue) -> Iterator[_Replacement]:
    for name in ("title", "greeting"):
        yield from _replacement(getattr(issue, name), getattr(wanted, name), issue.places.get(name))
    if issue.correction is not None and wanted.correction is not None:
        place = issue.places.get("correction.text") or issue.places.get("correction")
        yield from _replacement(issue.correction.text, wanted.correction.text, place)
    for index, (section, set_section) in enumerate(zip(issue.sections, wanted.sections, strict=True)):
        for name in ("title", "lead"):
            place = issue.places.get(f"sections.{index}.{name}")
            yield from _replacement(getattr(section, name), getattr(set_section, name), place)
    for article, set_article in zip(issue.articles, wanted.articles, strict=True):
        heads = zip(line_fields(article.head), line_fields(set_article.head), strict=True)
        for (name, text), (_, set_line) in heads:
            yield from _replacement(text, set_line, article.places.get(name))
        written = nodes_of(Run, (article.body, article.notes))
        for run, set_run in zip(written, nodes_of(Run, (set_article.body, set_article.notes)), strict=True):
            yield from _replacement(run.text, set_run.text, run.place)


def _replacement(before: str | None, after: str | None, place: Place | None) -> Iterator[_Replacement]:
    if before and after and place is not None and place.line:
        shown, wanted = before.replace(NBSP, " "), after.replace(NBSP, " ")
        if shown != wanted:
            yield _Replacement(place, before, wanted)


def _edited(text: str, replacements: list[_Replacement]) -> str:
    """Return a text with the replacements applied; those not found in it literally are left out."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits: list[tuple[int, int, str]] = []
    for replacement in replacements:
        offsets = _offsets(
            replacement.before,
            text,
            starts[replacement.place.line - 1] + max(replacement.place.column - 1, 0),
        )
        if offsets is not None:
            edits += _edits(replacement, offsets, text)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _offsets(wanted: str, text: str, at: int) -> list[tuple[int, int]] | None:
    """Return start and end in a file of each character of a text; None where it is written another way."""
    if text[at : at + 1] in {'"', "'"} and not wanted.startswith(text[at]):
        at += 1
    offsets = []
    for sign in wanted:
        begin = at
        if text[at : at + 2] in {f"\\{sign}", "''"} and sign != "\\" and sign == text[at + 1]:
            at += 1
        here = text[at : at + 1]
        if here != sign and not (sign == " " and here in {"\n", "\t"}):
            return None
        at += 1
        offsets.append((begin, at))
        if here == "\n":
            # The next line of a paragraph may be indented, within a list or a quote.
            while text[at : at + 1] in {" ", "\t", ">"}:
                at += 1
    return offsets


def _edits(
    replacement: _Replacement, offsets: list[tuple[int, int]], text: str
) -> Iterator[tuple[int, int, str]]:
    for begin, end, new in _differences(replacement.before.replace(NBSP, " "), replacement.after):
        start = offsets[begin][0] if begin < len(offsets) else offsets[-1][1]
        stop = offsets[end - 1][1] if end > begin else start
        if "\n" not in text[start:stop]:
            yield start, stop, new


def _differences(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of each part that differs, and what stands there after.

    Typography leaves letters and digits in sequence: what stands between them is compared, in one pass.
    """
    old, new = _between(before), _between(after)
    if [before[end : end + 1] for _, end in old] != [after[end : end + 1] for _, end in new]:
        old, new = [(0, len(before))], [(0, len(after))]
    for (begin, end), (from_, to) in zip(old, new, strict=True):
        written, wanted = before[begin:end], after[from_:to]
        if written == wanted:
            continue
        front = _common(written, wanted)
        back = _common(written[front:][::-1], wanted[front:][::-1])
        yield begin + front, end - back, wanted[front : len(wanted) - back]


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, its) in pairs if mine != its), min(len(one), len(other)))


def _between(text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands before each letter and digit, and behind the last."""
    ends = [*(at for at, sign in enumerate(text) if sign.isalnum()), len(text)]
    return list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _reads_the_same(path: str, before: str, after: str, language: str) -> bool:
    return list(_typeset_texts(path, before, language)) == list(_typeset_texts(path, after, language))


def _typeset_texts(path: str, text: str, language: str) -> Iterator[str]:
    """Yield every text of a file, typeset, and the types of its blocks."""
    source = Source(path, text)
    if path.endswith(".md"):
        manuscript = read_manuscript(source)
        for part in (manuscript.body, manuscript.notes):
            yield from (_with_plain_spaces(run.text) for run in nodes_of(Run, typeset_blocks(part, language)))
            yield from (type(block).__name__ for block in part)
        source = Source(path, manuscript.front or "")
    fields, findings = read_yaml(source)
    yield str(len(findings))
    yield from (_with_plain_spaces(set_text(scalar, language)) for scalar in _scalars(fields))


def _with_plain_spaces(text: str) -> str:
    return text.replace(NBSP, " ")


def _scalars(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.fields:
            yield key.text or ""
            yield from _scalars(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Scalar):
        yield node.text or ""


def changed_lines(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """Yield number, old and new text of each line that differs; the number is that of the old text.

    A line that was added comes with the line it stands above.
    """
    old, new = before.split("\n"), after.split("\n")
    if len(old) == len(new):
        yield from (
            (number, *pair) for number, pair in enumerate(zip(old, new, strict=True), 1) if len({*pair}) > 1
        )
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, begin, end, from_, to in matcher.get_opcodes():
        if what == "insert":
            yield min(begin + 1, len(old)), "", "\n".join(new[from_:to])
        elif what != "equal":
            for at in range(begin, end):
                wanted = new[from_ + at - begin : to if at == end - 1 else from_ + at - begin + 1]
                yield at + 1, old[at], "\n".join(wanted)
