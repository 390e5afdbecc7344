"""Check: all findings on an issue, in every language it has, without laying out a page."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Final

from pipeline.files.cache import Cache, default_folder
from pipeline.files.lock import WITHDRAWN, check_key
from pipeline.files.owned_files import load
from pipeline.findings.finding import Finding, IssueError, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.records import as_record, from_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.desk.production.checked_issue import CheckedIssue
    from pipeline.editor.house_style.model import House
    from pipeline.files.workspace import Workspace


_LARGEST: Final = 1_000_000
"""Bytes of an article of another issue that are read."""


def check(folder: Path, workspace: Workspace, *, spelling: bool = True) -> tuple[Finding, ...]:
    """Check an issue in every language it has.

    The findings are cached under the hashes of all files read: an unchanged issue is not checked again.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        spelling: Whether words are looked up in a dictionary.

    Returns:
        Every finding, in order, with excerpts.
    """
    inputs = check_key(folder, workspace.root, workspace.style_folders(), workspace.font_folders())
    other_articles = _other_articles(folder, workspace)
    options = (
        "check",
        folder.name,
        inputs,
        *other_articles,
        *other_articles.values(),
        "" if spelling else "no spelling",
        *sorted(path.name for path in (workspace.issues / WITHDRAWN).glob("*")),
    )
    key = hashlib.sha256("\0".join(options).encode()).hexdigest()
    cache = Cache(default_folder())
    if cached := cache.get(key):
        return tuple(from_record(record) for record in json.loads(cached))
    findings = _all_findings(folder, workspace, other_articles, spelling=spelling)
    cache.put(key, json.dumps([as_record(finding) for finding in findings]).encode())
    return findings


def _all_findings(
    folder: Path, workspace: Workspace, other_articles: Mapping[str, str], *, spelling: bool
) -> tuple[Finding, ...]:
    from pipeline.desk.intake.consent import consent_findings  # noqa: PLC0415 - readers load only where needed
    from pipeline.desk.production.checked_issue import check_issue  # noqa: PLC0415 - readers load only where needed
    from pipeline.editor.house_style.reader import read_house  # noqa: PLC0415
    from pipeline.reading.translations import languages_of  # noqa: PLC0415

    house, house_findings = read_house(workspace)
    own = check_issue(folder, workspace)
    findings = [
        *own.findings,
        *house_findings,
        *_queries(own, house, other_articles, spelling=spelling),
        *_press_findings(own, workspace),
    ]
    findings += (
        found("W14", Place(path.relative_to(workspace.root).as_posix()), name=path.name)
        for path in workspace.misnamed_folders()
    )
    versions = [own]
    for language in languages_of(folder):
        # A missing translation is reported as a warning in the issue's own language; it can still be built.
        other = check_issue(folder, workspace, language)
        versions.append(other)
        findings += [item for item in other.findings if item.code != "E91"]
        findings += _queries(other, house, other_articles, spelling=spelling)
    if (workspace.issues / WITHDRAWN).is_dir():
        from pipeline.desk.intake.withdrawn_sources import withdrawn_findings  # noqa: PLC0415 - few archives have any
        from pipeline.page.pictures.metadata.cleaning import carried  # noqa: PLC0415

        paths = {name: path for each in versions for name, path in each.reading.files.items()}
        findings += withdrawn_findings(workspace, {name: carried(path) for name, path in paths.items()})
    findings += consent_findings([valid for each in versions if (valid := each.as_readable())], house)
    return tuple(in_order(findings))


def _other_articles(folder: Path, workspace: Workspace) -> dict[str, str]:
    """Return the articles of other issues, by path in the workspace, without those that cannot be read."""
    texts = {}
    for issue in workspace.issue_folders():
        if issue == folder:
            continue
        for path in sorted(issue.glob("*.md")):
            with contextlib.suppress(OSError):
                text = load(path, _LARGEST).decode("utf-8", "replace")
                texts[path.relative_to(workspace.root).as_posix()] = text
    return texts


def _queries(
    checked: CheckedIssue, house: House, other_articles: Mapping[str, str], *, spelling: bool
) -> list[Finding]:
    """Return the findings of the editor's checks, of an issue with errors too, as far as it can be read."""
    issue = checked.reading.readable
    if issue is None:
        return []
    from pipeline.editor.editor import editor_queries  # noqa: PLC0415 - as above

    return with_excerpts(
        editor_queries(issue, house, checked.reading.sources, other_articles, spelling=spelling),
        checked.reading.sources,
    )


def _press_findings(checked: CheckedIssue, workspace: Workspace) -> list[Finding]:
    """Return the findings that would stop the press edition, which a build includes by default."""
    readable = checked.as_readable()
    if readable is None:
        return []
    from pipeline.desk.production.printed_pictures import paper_findings  # noqa: PLC0415 - as above
    from pipeline.page.pictures.press_conditions import own_profile  # noqa: PLC0415

    place = readable.issue.publication_places.get("press", Place("issues/publication.yaml"))
    findings = paper_findings(readable)
    try:
        own_profile(readable.issue.publication.press, workspace.issues, place)
    except IssueError as fault:
        known = {each.code for each in checked.findings}
        findings += with_excerpts(
            [each for each in fault.findings if each.code not in known], checked.reading.sources
        )
    return findings
