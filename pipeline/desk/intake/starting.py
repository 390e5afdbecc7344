"""Beginning the next issue: sample files without errors, with comments that explain the fields."""

from __future__ import annotations

import itertools
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.carried_articles import NOTHING, CarriedArticles, carried_articles
from pipeline.desk.intake.errata import Erratum, errata
from pipeline.desk.production.samples import STARTERS
from pipeline.files.workspace import ISSUES, PUBLICATION, Workspace, number_of, workspace_unless_new
from pipeline.files.writing.atomic import write_folder
from pipeline.files.yaml_text import yaml_text
from pipeline.findings.finding import IssueError, found
from pipeline.reading.publication import first_language
from pipeline.reading.translations import translated_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

STYLE: Final = {"style": "bulletin", "version": "1"}
"""What a new publication is set in."""

TAUGHT: Final = "article.md"
PLAIN: Final = "plain.md"
"""The sample articles."""

_ARTICLE: Final = "first-article.md"
_CORRECTION: Final = "correction.md"


class NewIssue(NamedTuple):
    """A new issue.

    Args:
        folder: The new issue's folder.
        number: Its number.
        carried: The article files carried over.
        publication: `publication.yaml` if it was written too, else None.
        corrections: The article files with corrections of earlier issues.
    """

    folder: Path
    number: int
    carried: tuple[str, ...]
    publication: Path | None
    corrections: tuple[str, ...] = ()


def new(start: Path, date: dt.date, language: str, sample: str = TAUGHT) -> NewIssue:
    """Begin the next issue.

    Args:
        start: The workspace or a folder in it; in a folder that has no `issues` and lies in no
            workspace, a publication is begun as well.
        date: The date of the issue.
        language: The language of a publication that is begun, `bg` or `en`.
        sample: The first article: one that teaches the signs of the files (`TAUGHT`), or one without any for
            who writes in the studio (`PLAIN`).

    Returns:
        The new issue, written whole or not at all; it has no errors.

    Raises:
        IssueError: There is an issue of that date (E86), or no workspace and an `issues` folder
            that is something else (E85).
        PressError: The files cannot be written (E83).
    """
    workspace = workspace_unless_new(start)
    if workspace is None:
        return begin_publication(start, date, language, sample=sample)
    folder = workspace.issues / date.isoformat()
    if folder.exists():
        raise IssueError([found("E86", None, name=f"{ISSUES}/{folder.name}")])
    own_language = first_language(workspace)
    number = next_number(workspace, date.year)
    carried = carried_articles(workspace, date, own_language)
    notices = _notices(errata(workspace, date, own_language, carried.languages), carried)
    files = _issue_files(number, date, own_language, sample, carried=carried, notices=notices)
    write_folder(folder, files)
    return NewIssue(folder, number, carried.names, None, corrections=tuple(notices))


def next_number(workspace: Workspace, year: int) -> int:
    """Return the number after the highest of a year; each year begins with 1."""
    folders = (folder for folder in workspace.issue_folders() if folder.name.startswith(f"{year:04}-"))
    numbers = (number_of(folder) or "" for folder in folders)
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def begin_publication(
    root: Path,
    date: dt.date,
    language: str,
    filled: Callable[[str], str] = str,
    files: Mapping[str, bytes] = MappingProxyType({}),
    sample: str = TAUGHT,
) -> NewIssue:
    """Begin a publication with its first issue.

    Args:
        root: A folder without `issues`.
        date: The date of the issue.
        language: The language of the publication, `bg` or `en`.
        filled: Fills in the sample of `publication.yaml`.
        files: Further files, by path below `issues`.
        sample: The first article; see `new`.

    Raises:
        IssueError: There is an `issues` folder by now (E86).
        PressError: The files cannot be written (E83).
    """
    publication = filled(starter(language, "publication.yaml", **STYLE).decode())
    written = {Path(PUBLICATION).name: publication.encode(), **files}
    issue = _issue_files(1, date, language, sample, carried=NOTHING, notices={})
    written |= {f"{date.isoformat()}/{name}": data for name, data in issue.items()}
    write_folder(root / ISSUES, written)
    return NewIssue(root / ISSUES / date.isoformat(), 1, (), root / PUBLICATION)


def _issue_files(
    number: int,
    date: dt.date,
    language: str,
    sample: str,
    *,
    carried: CarriedArticles,
    notices: Mapping[str, Erratum],
) -> dict[str, bytes]:
    """Return every file of the new issue, by name."""
    article = _ARTICLE
    while article in carried.files:
        article = f"new-{article}"
    starter_language = language if (STARTERS / language).is_dir() else "en"
    running = _running_section(starter_language, carried)
    files = dict(carried.files)
    for name, erratum in notices.items():
        files[name] = _notice(starter_language, erratum, language)
    files["issue.yaml"] = starter(
        starter_language,
        "issue.yaml",
        number=str(number),
        date=date.isoformat(),
        running=running,
        corrections=_listed_notices(starter_language, notices),
        article=article,
    )
    files[article] = starter(starter_language, sample)
    for other in carried.languages:
        if (STARTERS / other).is_dir():
            heads = f"  - title: {_carried_words(other, carried)[0]}\n"
            files[f"issue.{other}.yaml"] = starter(other, "issue-texts.yaml", running=heads)
            files[translated_name(article, other)] = starter(other, sample)
            files |= {
                translated_name(name, other): _notice(other, erratum, other)
                for name, erratum in notices.items()
                if other in erratum.text
            }
        else:
            for name in carried.names:
                files.pop(translated_name(name, other), None)
    return files


def _running_section(language: str, carried: CarriedArticles) -> str:
    if not carried.names:
        return ""
    title, note = _carried_words(language, carried)
    listed = "".join(f"      - {yaml_text(name)}\n" for name in carried.names)
    return f"  - title: {title}\n    # {note}\n    articles:\n{listed}"


def _notices(errata_found: tuple[Erratum, ...], carried: CarriedArticles) -> dict[str, Erratum]:
    """Return the corrections by file name, none of which a carried article has."""
    names = (name for name in map(_correction_name, itertools.count(1)) if name not in carried.files)
    return dict(zip(names, errata_found, strict=False))


def _correction_name(number: int) -> str:
    return _CORRECTION if number == 1 else f"{_CORRECTION.removesuffix('.md')}-{number}.md"


def _notice(starter_language: str, erratum: Erratum, language: str) -> bytes:
    return starter(
        starter_language,
        _CORRECTION,
        filing=erratum.filing,
        title=yaml_text(erratum.title[language]),
        text=erratum.text[language],
    )


def _listed_notices(language: str, notices: Mapping[str, Erratum]) -> str:
    if not notices:
        return ""
    note = starter(language, "corrections.txt").decode().strip()
    return f"      # {note}\n" + "".join(f"      - {name}\n" for name in notices)


def _carried_words(language: str, carried: CarriedArticles) -> list[str]:
    return starter(language, "carried.txt", date=carried.date).decode().splitlines()


def starter(language: str, name: str, **values: str) -> bytes:
    """Return a sample file of a new issue or publication, with values filled in."""
    text = (STARTERS / language / name).read_text("utf-8")
    return (Template(text).substitute(values) if values else text).encode()
