"""All pictures of an issue on one sheet, with what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from pipeline.desk.intake.picture_arrival import IMAGES
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.plans import open_plan
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.editor.writing.nodes import FigureAttributes, FigureNode
from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.findings.finding import BulletinError, IssueError, found
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_LARGEST: Final = 200_000_000
_TEXTS: Final = ("alternative", "credit", "caption")


class ContactPrint(NamedTuple):
    """A picture on the sheet.

    Args:
        article: The file of its article.
        title: That article's.
        position: Which of the pictures of the article, from 0.
        picture: Its texts and how it is set.
    """

    article: str
    title: str
    position: int
    picture: FigureAttributes

    @property
    def lacks(self) -> tuple[str, ...]:
        """What nobody has said of it yet: `alternative`, `credit`."""
        return tuple(name for name in ("alternative", "credit") if not getattr(self.picture, name).strip())


def contact_sheet(workspace: Workspace, issue: str) -> list[ContactPrint]:
    """Return the pictures of an issue's articles, in order; articles that cannot be read are passed over.

    Raises:
        IssueError: The plan of the issue cannot be read.
    """
    prints = []
    for section in open_plan(workspace, issue).sections:
        for article in section.articles:
            try:
                opened = open_article(workspace, issue, article.name)
            except BulletinError:
                continue
            figures = [node for node in opened.document.content if isinstance(node, FigureNode)]
            title = article.title or article.name
            prints += [
                ContactPrint(article.name, title, number, node.attrs) for number, node in enumerate(figures)
            ]
    return prints


def save_print(
    workspace: Workspace, issue: str, article: str, position: int, values: Mapping[str, Any]
) -> FigureAttributes:
    """Save what is said of a picture.

    Args:
        workspace: The workspace.
        issue: Name of the issue's folder.
        article: The file of its article.
        position: Which of the pictures of the article, from 0.
        values: `source`, as it was shown, and the new `alternative`, `credit`, `caption`, `consent`, `focus`.

    Raises:
        IssueError: It is another picture by now (E633), the article was changed in that moment (E632), or it
            cannot be saved.
        PressError: The file cannot be written (E83).
    """
    opened = open_article(workspace, issue, article)
    figures = [node for node in opened.document.content if isinstance(node, FigureNode)]
    if not 0 <= position < len(figures) or figures[position].attrs.source != values.get("source"):
        raise IssueError([found("E633", None)])
    chosen = figures[position]
    new: dict[str, Any] = {name: values[name] for name in _TEXTS if isinstance(values.get(name), str)}
    new |= {"consent": values["consent"] or None} if "consent" in values else {}
    new |= {"focus": values["focus"]} if "focus" in values else {}
    try:
        attributes = FigureAttributes.model_validate({**chosen.attrs.model_dump(), **new})
    except ValidationError:
        raise IssueError([found("E633", None)]) from None
    changed = chosen.model_copy(update={"attrs": attributes})
    content = tuple(changed if node is chosen else node for node in opened.document.content)
    document = opened.document.model_copy(update={"content": content})
    saved = save_article(workspace, issue, article, opened.version, ArticleChange(document), hand="studio")
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=article)])
    return attributes


def pictures_in(folder: Path) -> list[str]:
    """Return the picture files of an issue, by the names that articles give them."""
    images = folder / IMAGES
    paths = sorted(images.rglob("*")) if images.is_dir() else []
    return [
        path.relative_to(folder).as_posix()
        for path in paths
        if path.is_file() and not path.name.startswith(".")
    ]


def picture_file(folder: Path, name: str) -> bytes:
    """Return a picture of an issue, by the name an article gives it.

    Raises:
        IssueError: There is none of that name (E01, E04, E08), or it cannot be read (E89).
    """
    try:
        return load(owned_file(folder, name), _LARGEST)
    except RefusedNameError as error:
        raise IssueError([found(error.code, None, name=name)]) from None
    except OSError as error:
        raise IssueError([found("E89", None, name=name, problem=reason_of(error))]) from error
