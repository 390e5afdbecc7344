"""What an import proposes for an article, in comments of its head: taken on, or left, one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.heads import Parts, parted, with_head
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.editor.writing.nodes import FigureNode, ParagraphNode, TextNode
from pipeline.files.yaml_edit import YamlEditor
from pipeline.findings.finding import BulletinError, IssueError, found
from pipeline.findings.wording.wording import LANGUAGES
from pipeline.importing.draft.phrases import IN_A_ROW, OFFERED, OFFERED_OF_PICTURES, OTHER_KINDS, draft_text
from pipeline.importing.draft.picture_offers import name_in, says_nothing_else
from pipeline.models.kinds.union import Head

if TYPE_CHECKING:
    from pipeline.desk.writing.results import OpenArticle, SaveResult
    from pipeline.editor.writing.nodes import Document
    from pipeline.files.workspace import Workspace

_FIELD: Final = re.compile(r"# (?P<name>[a-z_]+): (?P<value>\S.*?)\s*")
_CREDIT: Final = re.compile(r'# (?P<picture>\S[^:]*): credit="(?P<credit>[^"]+)"\s*')
_SENTENCE: Final = re.compile(r"# „(?P<words>.*)“\s*")
_SAMPLE: Final = "…"
KIND: Final = "kind"
CREDIT: Final = "credit"
_NAMES: Final = frozenset(name for kind in get_args(Head) for name in kind.model_fields)


class Proposal(NamedTuple):
    """Something that an import proposes.

    Args:
        line: The comment that proposes it, as it is written: it names the proposal.
        name: The field; `credit` for who made a picture.
        value: What the field would say: a text, a list or fields.
        reason: The sentence of the text it was found in, or the picture; empty where nothing is told.
    """

    line: str
    name: str
    value: Any
    reason: str


def proposals_in(text: str, path: str) -> list[Proposal]:
    """Return what the head of an article proposes, in order.

    Args:
        text: The whole file.
        path: The file, for findings.
    """
    lines = parted(text).front.splitlines()
    found_there = []
    for before, line in zip(["", *lines], lines, strict=False):
        if credit := _CREDIT.fullmatch(line):
            found_there.append(Proposal(line, CREDIT, credit["credit"], credit["picture"]))
        elif (field := _FIELD.fullmatch(line)) and field["name"] in _NAMES and field["value"] != _SAMPLE:
            value = _value(field["name"], field["value"], path)
            sentence = _SENTENCE.fullmatch(before)
            if value is not None:
                found_there.append(
                    Proposal(line, field["name"], value, sentence["words"] if sentence else "")
                )
    return found_there


def credit_line(document: Document, proposal: Proposal) -> int | None:
    """Return which block says nothing but the proposed credit of a picture beside it; None where none does.

    Args:
        document: The article.
        proposal: Any.
    """
    if proposal.name != CREDIT:
        return None
    blocks = document.content
    beside = [
        near
        for at, block in enumerate(blocks)
        if isinstance(block, FigureNode) and block.attrs.source == proposal.reason
        # As it was found: the paragraph below a picture, else the one above.
        for near in (at + 1, at - 1)
        if 0 <= near < len(blocks)
    ]
    return next((at for at in beside if _says_only(blocks[at], str(proposal.value))), None)


def _says_only(block: object, credit: str) -> bool:
    if not isinstance(block, ParagraphNode) or not all(isinstance(each, TextNode) for each in block.content):
        return False
    words = "".join(each.text for each in block.content if isinstance(each, TextNode))
    return says_nothing_else(words) and name_in(words) == credit


def take(
    workspace: Workspace, issue: str, name: str, line: str, hand: str, *, with_its_words: bool = False
) -> None:
    """Take a proposal on: its field is set, and the comment goes.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        name: The article's file in it.
        line: The comment that proposes it.
        hand: Who does it, for the history.
        with_its_words: Whether a paragraph goes, too, that says nothing but this credit (see `credit_line`).

    Raises:
        IssueError: There is no such proposal any more (E631), somebody else wrote at the same time (E632), or
            the field cannot be set (E605).
        PressError: The file cannot be written.
    """
    opened, chosen = _chosen(workspace, issue, name, line)
    path = f"{issue}/{name}"
    if chosen.name == CREDIT:
        spare = credit_line(opened.document, chosen) if with_its_words else None
        opened = _with_credit(workspace, issue, name, opened, chosen, hand, spare)
        text = _without(opened.text, chosen)
    else:
        text = with_head(_without(opened.text, chosen), path, {(chosen.name,): chosen.value})
    _done(save_article(workspace, issue, name, opened.version, ArticleChange(text=text), hand), name)


def leave(workspace: Workspace, issue: str, name: str, line: str, hand: str) -> None:
    """Leave a proposal: the comment goes, and nothing is set.

    Raises:
        IssueError: As `take`.
        PressError: The file cannot be written.
    """
    opened, chosen = _chosen(workspace, issue, name, line)
    text = _without(opened.text, chosen)
    _done(save_article(workspace, issue, name, opened.version, ArticleChange(text=text), hand), name)


def _chosen(workspace: Workspace, issue: str, name: str, line: str) -> tuple[OpenArticle, Proposal]:
    opened = open_article(workspace, issue, name)
    chosen = next((each for each in proposals_in(opened.text, name) if each.line == line), None)
    if chosen is None:
        raise IssueError([found("E631", None)])
    return opened, chosen


def _with_credit(
    workspace: Workspace,
    issue: str,
    name: str,
    opened: OpenArticle,
    chosen: Proposal,
    hand: str,
    spare: int | None,
) -> OpenArticle:
    """Say who made a picture wherever the article shows it and does not say it yet; a spare block goes."""
    content = tuple(
        node.model_copy(update={"attrs": node.attrs.model_copy(update={"credit": chosen.value})})
        if isinstance(node, FigureNode) and node.attrs.source == chosen.reason and not node.attrs.credit
        else node
        for at, node in enumerate(opened.document.content)
        if at != spare
    )
    document = opened.document.model_copy(update={"content": content})
    if document != opened.document:
        _done(save_article(workspace, issue, name, opened.version, ArticleChange(document), hand), name)
    return open_article(workspace, issue, name)


def _done(saved: SaveResult, name: str) -> None:
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=name)])


def _value(name: str, written: str, path: str) -> Any:  # noqa: ANN401 - texts, lists and fields
    try:
        return YamlEditor(f"{name}: {written}\n", path).value((name,))
    except BulletinError:
        return None


def _without(text: str, chosen: Proposal) -> str:
    """Return an article without a proposal, its sentence, and a heading that has none left below it."""
    parts = parted(text)
    lines = parts.front.splitlines(keepends=True)
    at = [line.rstrip("\r\n") for line in lines].index(chosen.line)
    above = lines[at - 1].rstrip("\r\n") if at else ""
    is_told = _SENTENCE.fullmatch(above) or _says(above, (*OTHER_KINDS.values(), IN_A_ROW))
    del lines[at - 1 if is_told else at : at + 1]
    left = proposals_in(_joined(parts, lines), "")
    if all(each.name in {CREDIT, KIND} for each in left):
        lines = [line for line in lines if not _says(line, (OFFERED,))]
    if all(each.name != CREDIT for each in left):
        lines = [line for line in lines if not _says(line, (OFFERED_OF_PICTURES,))]
    return _joined(parts, lines)


def _joined(parts: Parts, lines: list[str]) -> str:
    return parts.opening + "".join(lines) + parts.rest


def _says(line: str, messages: tuple[str, ...]) -> bool:
    """Return whether a line is one of the comments of a draft, in any language."""
    said = {f"# {draft_text(message, language)}" for message in messages for language in LANGUAGES}
    return line.rstrip("\r\n") in said
