"""An import written down: an issue begun whole or not at all, or what came merged into one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.workspace import ISSUES, PUBLICATION, write_atomically, write_folder
from pipeline.files.yaml_nodes import read_text
from pipeline.findings.finding import IssueError, found
from pipeline.importing.draft.listing import list_articles
from pipeline.importing.merging import RECORD, Record, merge

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.intake.import_target import ImportTarget
    from pipeline.findings.finding import Finding
    from pipeline.importing.draft.files import Files


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """What an import is to write.

    Args:
        files: Articles and pictures.
        issue: `issue.yaml` as the import alone would write it.
        sections: Title, lead and article names of each section.
        publication: `publication.yaml`, written where it is begun.
    """

    files: Files
    issue: str
    sections: list[tuple[str, str, list[str]]]
    publication: str


class Written(NamedTuple):
    """What an import wrote.

    Args:
        names: The files that were written or changed, by path in the issue's folder.
        findings: What could not be merged.
    """

    names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def begin_issue(target: ImportTarget, imported: ImportedFiles) -> Written:
    """Write a new issue, with its publication where there is none; it is there whole or not at all.

    Raises:
        PressError: A file cannot be written (E83).
    """
    texts = {"issue.yaml": imported.issue, **imported.files.texts}
    record = Record({target.key: texts}, {target.key: imported.files.titles})
    data = {name: text.encode() for name, text in texts.items()} | imported.files.pictures
    held = data | {RECORD: record.data()}
    if target.workspace is None:
        whole = {f"{target.folder.name}/{name}": content for name, content in held.items()}
        publication = {PUBLICATION.removeprefix(f"{ISSUES}/"): imported.publication.encode()}
        write_folder(target.root / ISSUES, publication | whole)
    else:
        write_folder(target.folder, held)
    return Written(tuple(data))


def join_issue(target: ImportTarget, imported: ImportedFiles) -> Written:
    """Merge what came into an issue that is there.

    Raises:
        IssueError: `issue.yaml` is no text (E02, E03, E05), or cannot be read as YAML.
        PressError: A file cannot be written (E83).
    """
    files = imported.files
    came = dict(files.texts)
    there = target.texts()
    base = target.record.texts.get(target.key, {})
    changed, findings = _merged_articles(target, came, base, there)
    plan, entered, more = _merged_plan(target, imported, base, there)
    held = target.pictures()
    pictures = {name: data for name, data in files.pictures.items() if held.get(name) != data}
    for name, data in {**pictures, **changed}.items():
        write_atomically(target.folder / name, data)
    if entered != plan:
        changed["issue.yaml"] = entered.encode()
        write_atomically(target.folder / "issue.yaml", changed["issue.yaml"])
    texts = came | ({"issue.yaml": imported.issue} if "issue.yaml" in base else {})
    record = Record(
        target.record.texts | {target.key: texts}, target.record.titles | {target.key: files.titles}
    )
    if record.data() != target.record.data():
        write_atomically(target.folder / RECORD, record.data())
    return Written((*pictures, *changed), (*findings, *more))


def _merged_articles(
    target: ImportTarget, came: dict[str, str], base: dict[str, str], there: dict[str, str]
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the articles that change, and what is to be looked at."""
    findings: list[Finding] = []
    changed: dict[str, bytes] = {}
    for name, text in came.items():
        entered = text
        if name in base and name not in there:
            findings.append(found("W516", None, name=target.key[:80], found=name))
            continue
        if name in base:
            merged = merge(base[name], there[name], text, path=f"{target.path}/{name}", name=target.key)
            findings += merged.findings
            entered = merged.text
        if there.get(name) != entered:
            changed[name] = entered.encode()
    gone = [name for name in base if name.endswith(".md") and name not in came and name in there]
    findings += [found("W517", None, name=target.key[:80], found=name) for name in gone]
    return changed, findings


def _merged_plan(
    target: ImportTarget, imported: ImportedFiles, base: dict[str, str], there: dict[str, str]
) -> tuple[str, str, tuple[Finding, ...]]:
    """Return `issue.yaml` as it is and as it is to be, and what is to be looked at."""
    path = f"{target.path}/issue.yaml"
    plan = _as_written(target.folder / "issue.yaml", path)
    if "issue.yaml" not in base:
        return plan, list_articles(plan, path, imported.sections), ()
    plan = there.get("issue.yaml", "")
    merged = merge(base["issue.yaml"], plan, imported.issue, path=path, name=target.key)
    return plan, merged.text, merged.findings


def _as_written(path: Path, name: str) -> str:
    """Return the text of a file with the line ends and the byte order mark it has; none where there is none.

    Raises:
        IssueError: It is no text (E02, E03, E05).
    """
    data = path.read_bytes() if path.exists() else b""
    source, findings = read_text(data, name)
    if source is None:
        raise IssueError(findings)
    return data.decode("utf-8")
