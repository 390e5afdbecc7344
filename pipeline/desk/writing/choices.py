"""A conflict as an editor shows it: blocks, notes and facts side by side, of which somebody chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pipeline.desk.writing.heads import head_of
from pipeline.desk.writing.merging import regions
from pipeline.desk.writing.results import ArticleChange
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import Document, NoteNode, without_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.desk.writing.results import Conflict
    from pipeline.editor.writing.nodes import BlockNode
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

Side = Literal["both", "ours", "theirs", ""]
"""Who changed something: both the same or nobody, one of them, or both differently: then nobody chose."""

OURS: Final = "ours"
THEIRS: Final = "theirs"


class BlockChoice(NamedTuple):
    """Blocks that stand beside one another.

    Args:
        ours: As they were to be saved.
        theirs: As they are in the file.
        side: Whose are taken.
    """

    ours: tuple[BlockNode, ...]
    theirs: tuple[BlockNode, ...]
    side: Side


class NoteChoice(NamedTuple):
    """A footnote.

    Args:
        label: Its label.
        ours: As it was to be saved; None where there is none.
        theirs: As it is in the file; likewise.
        side: Whose is taken.
    """

    label: str
    ours: NoteNode | None
    theirs: NoteNode | None
    side: Side


class FactChoice(NamedTuple):
    """A field of the head.

    Args:
        field: Its path.
        ours: As it was to be saved; None where it is left out.
        theirs: As it is in the file; likewise.
        side: Whose is taken.
    """

    field: Field
    ours: Value
    theirs: Value
    side: Side


class Choices(NamedTuple):
    """All that stands beside one another. What has no side is to be chosen.

    Args:
        blocks: From the first to the last.
        notes: That differ.
        facts: That differ.
    """

    blocks: tuple[BlockChoice, ...]
    notes: tuple[NoteChoice, ...]
    facts: tuple[FactChoice, ...]

    @property
    def open(self) -> int:
        """How many are to be chosen: blocks first, then notes, then facts."""
        sides = [each.side for each in self.blocks]
        sides += [each.side for each in self.notes]
        sides += [each.side for each in self.facts]
        return sides.count("")


def choices_of(conflict: Conflict, path: str) -> Choices:
    """Return an article's conflict as an editor shows it.

    Args:
        conflict: As saving returned it.
        path: The article's file, relative to the workspace.
    """
    texts = conflict.base, conflict.ours, conflict.theirs
    base, ours, theirs = (ArticleText(text, path).document for text in texts)
    return Choices(
        tuple(_blocks(base, ours, theirs)),
        tuple(_notes(base, ours, theirs)),
        tuple(_facts(*(head_of(text, path) for text in texts))),
    )


def chosen(choices: Choices, picks: Sequence[str]) -> ArticleChange:
    """Return the change that settles a conflict: saved with `base=conflict.version`, it is in the file.

    Args:
        choices: As they were shown.
        picks: `ours` or `theirs`, for each that is to be chosen, in the order of `Choices.open`.

    Raises:
        ValueError: There are more or fewer picks, or other ones.
    """
    if len(picks) != choices.open or not set(picks) <= {OURS, THEIRS}:
        raise ValueError(picks)
    left = iter(picks)
    blocks: list[BlockNode] = []
    for block in choices.blocks:
        side = str(block.side) or next(left)
        blocks += _renamed(block) if side == OURS else block.theirs
    notes = [_picked(note, str(note.side) or next(left)) for note in choices.notes]
    sides = [(fact, str(fact.side) or next(left)) for fact in choices.facts]
    head = {fact.field: fact.ours for fact, side in sides if side == OURS}
    document = Document(content=tuple(blocks), notes=tuple(note for note in notes if note is not None))
    return ArticleChange(document, head)


def _picked(note: NoteChoice, side: str) -> NoteNode | None:
    return note.ours if side == OURS else note.theirs


def _renamed(block: BlockChoice) -> tuple[BlockNode, ...]:
    """Return our blocks as changes of those in the file, where each has its own; else as new ones."""
    ours: tuple[BlockNode, ...] = without_ids(block.ours)
    if len(ours) != len(block.theirs):
        return ours
    pairs = zip(ours, block.theirs, strict=True)
    return tuple(
        one.model_copy(update={"attrs": one.attrs.model_copy(update={"id": other.attrs.id})})
        for one, other in pairs
    )


def _blocks(base: Document, ours: Document, theirs: Document) -> list[BlockChoice]:
    documents = base, ours, theirs
    keys = [[without_ids(block).model_dump_json() for block in each.content] for each in documents]
    shown: list[BlockChoice] = []
    at = [0, 0, 0]
    for region in regions(keys):
        before, one, other = region
        start = tuple(at)
        at = [place + len(part) for place, part in zip(at, region, strict=True)]
        side = _side(before, one, other)
        shown.append(BlockChoice(ours.content[start[1] : at[1]], theirs.content[start[2] : at[2]], side))
    return shown


def _notes(base: Document, ours: Document, theirs: Document) -> list[NoteChoice]:
    by_label = [{note.attrs.label: note for note in each.notes} for each in (base, ours, theirs)]
    labels = dict.fromkeys((*by_label[2], *by_label[1]))
    found = [[notes.get(label) for notes in by_label] for label in labels]
    return [
        NoteChoice(label, one, other, _side(before, one, other))
        for label, (before, one, other) in zip(labels, found, strict=True)
    ]


def _facts(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> list[FactChoice]:
    names = dict.fromkeys((*theirs, *ours))
    values = [(name, base.get(name), ours.get(name), theirs.get(name)) for name in names]
    return [
        FactChoice((name,), one, other, _side(before, one, other))
        for name, before, one, other in values
        if one != other
    ]


def _side(before: object, one: object, other: object) -> Side:
    if one == other:
        return "both"
    if one == before:
        return "theirs"
    return "ours" if other == before else ""
