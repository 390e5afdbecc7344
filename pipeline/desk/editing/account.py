"""The account of an import: what was not placed, and what an officer decided about each thing.

It lies in the issue's folder beside the record of the import, so that it is still there the next day.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.editor.writing.nodes import FigureAttributes, FigureNode, ParagraphNode, TextNode
from pipeline.files.owned_files import load_owned
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import IssueError, found
from pipeline.models.text import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.editor.writing.nodes import BlockNode
    from pipeline.files.workspace import Workspace

ACCOUNT: Final = ".account.json"
_LARGEST: Final = 50_000_000
_FORMAT: Final = 1
_MOST_IMPORTS: Final = 50
_LOOSE_PICTURE: Final = "W509"
_CUT: Final = "…"
_OPEN: Final = "open"

_WRITING: Final = threading.Lock()
"""Held from reading an account until it is written: an import may end while another is settled."""

_PLACING: Final = threading.Lock()
"""Held from reading what is open until it is decided: the same may be asked for twice in a moment."""

PLACEABLE: Final = frozenset(
    {"W500", "W501", "W502", "W506", "W509", "W523", "W524", "W543", "W544", "W546", "W549"}
)
"""Findings that name words or a picture which can be put into an article; the others only tell something."""


class AccountItem(NamedTuple):
    """Something of an import that was not placed, or that has to be looked at.

    Args:
        number: Its number in the account.
        code: Of the finding.
        values: Of the finding.
        path: The file that the finding names, or empty.
        whole: The words, not shortened, as far as they are known.
        state: `open`, `placed` or `dropped`.
        article: Where it was placed, or empty.
    """

    number: int
    code: str
    values: dict[str, str]
    path: str
    whole: str
    state: str
    article: str

    @property
    def can_be_placed(self) -> bool:
        """Whether it can be put into an article; words that are known only in part cannot."""
        return self.code in PLACEABLE and bool(self.whole) and not self.whole.endswith(_CUT)

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture that stands in no text yet."""
        return self.code == _LOOSE_PICTURE


def enter(folder: Path, told: Mapping[str, Any]) -> int:
    """Enter an import into the account of an issue; the very same one is entered once, with what was decided.

    Args:
        folder: The issue's folder.
        told: The result of `desk.tasks.importing`.

    Returns:
        Its number, which stays its own when older ones are forgotten.

    Raises:
        PressError: It cannot be written (E83).
    """
    items = [{**item, "state": _OPEN, "article": ""} for item in told["items"]]
    with _WRITING:
        imports = accounts(folder)
        for known, each in imports.items():
            if _told_by(each) == _told_by(told):
                return known
        number = max(imports, default=-1) + 1
        imports[number] = {**told, "items": items}
        for old in list(imports)[:-_MOST_IMPORTS]:
            del imports[old]
        _write(folder, imports)
    return number


def accounts(folder: Path) -> dict[int, dict[str, Any]]:
    """Return the imports into an issue by their numbers, the oldest first; none where they cannot be read."""
    try:
        data = json.loads(load_owned(folder, ACCOUNT, _LARGEST))
        imports = data["imports"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    if not isinstance(imports, list):
        return {}
    return {_number(each, place): each for place, each in enumerate(imports) if _is_whole(each)}


def items_of(account: Mapping[str, Any]) -> list[AccountItem]:
    """Return the items of an import."""
    return [
        AccountItem(
            number,
            str(item["code"]),
            {str(key): str(value) for key, value in item["values"].items()},
            str(item["path"]),
            str(item["whole"]),
            str(item["state"]),
            str(item["article"]),
        )
        for number, item in enumerate(account["items"])
    ]


def place(workspace: Workspace, folder: Path, number: int, item: int, article: str) -> None:
    """Put something that is still open at the end of an article; what is decided already stays as it is.

    Args:
        workspace: The workspace.
        folder: The issue's folder.
        number: Of the import.
        item: Of the thing.
        article: The file of the article.

    Raises:
        IssueError: There is no such thing (E631), the article was changed in that moment (E632), or it cannot
            be put there.
        PressError: A file cannot be written (E83).
    """
    with _PLACING:
        _, chosen = _chosen(folder, number, item)
        if not chosen.can_be_placed:
            raise IssueError([found("E631", None)])
        if chosen.state != _OPEN:
            return
        opened = open_article(workspace, folder.name, article)
        document = opened.document.model_copy(update={"content": (*opened.document.content, _block(chosen))})
        change = ArticleChange(document)
        saved = save_article(workspace, folder.name, article, opened.version, change, hand="studio")
        if isinstance(saved, Conflict):
            raise IssueError([found("E632", None, name=article)])
        _enter_state(folder, number, item, state="placed", article=article)


def settle(folder: Path, number: int, item: int, state: str) -> None:
    """Say that something still open needs no place (`dropped`), or take back what was decided (`open`).

    Raises:
        IssueError: There is no such thing (E631).
        PressError: It cannot be written (E83).
    """
    with _PLACING:
        if state == _OPEN or _chosen(folder, number, item)[1].state == _OPEN:
            _enter_state(folder, number, item, state=state, article="")


def _enter_state(folder: Path, number: int, item: int, *, state: str, article: str) -> None:
    with _WRITING:
        imports, _ = _chosen(folder, number, item)
        imports[number]["items"][item] |= {"state": state, "article": article}
        _write(folder, imports)


def _told_by(account: Mapping[str, Any]) -> str:
    """Return what an import told, without what was decided since."""
    items = [{name: item[name] for name in ("code", "values", "path", "whole")} for item in account["items"]]
    told = [account.get("files", []), items, account["words"], account["counts"]]
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _is_whole(account: Any) -> bool:  # noqa: ANN401 - what JSON holds
    """Return whether an import was entered by this program: each finding can be told, each count shown."""
    try:
        for item in items_of(account):
            code = CODES[item.code]
            (code.message + code.remedy).format(**item.values)
        pairs = [account["words"], *account["counts"].values()]
    except (LookupError, TypeError, AttributeError, ValueError):
        return False
    are_counts = all(isinstance(pair, list) and [*map(type, pair)] == [int, int] for pair in pairs)
    return are_counts and isinstance(account.get("files", []), list)


def _number(account: Mapping[str, Any], place: int) -> int:
    """Return the number of an import; those of before had none but their place."""
    number = account.get("number", place)
    return number if isinstance(number, int) else place


def _block(item: AccountItem) -> BlockNode:
    if item.is_picture:
        return FigureNode(attrs=FigureAttributes(source=item.whole, measure=Measure.TEXT))
    return ParagraphNode(content=(TextNode(text=" ".join(item.whole.split())),))


def _chosen(folder: Path, number: int, item: int) -> tuple[dict[int, dict[str, Any]], AccountItem]:
    imports = accounts(folder)
    items = items_of(imports[number]) if number in imports else []
    if not 0 <= item < len(items):
        raise IssueError([found("E631", None)])
    return imports, items[item]


def _write(folder: Path, imports: Mapping[int, Mapping[str, Any]]) -> None:
    numbered = [{**account, "number": number} for number, account in imports.items()]
    data = json.dumps({"format": _FORMAT, "imports": numbered}, ensure_ascii=False, indent=1)
    write_atomically(folder / ACCOUNT, f"{data}\n".encode())
