"""Small workspaces of one issue, and what checking and building them finds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

from pipeline.desk.intake.checking import check
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, errors
from pipeline.models.editions import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.findings.finding import Finding

DATE: Final = "2024-03-12"

PUBLICATION: Final = """\
format: 1
title: Бюлетин
publisher:
  name: Клъстер
  short_name: Клъстер
  address: София
  site: https://www.example.org/
  email: office@example.org
languages: [bg]
country: BG
style: {name: knowledge-city, version: 1}
funders:
  - {key: eu, name: Европейски съюз, logo: eu-emblem, statement: Съфинансирано от Европейския съюз}
"""


class Built(NamedTuple):
    """What a build gave.

    Args:
        findings: All that it found; errors where it was stopped.
        files: What was written, by name.
    """

    findings: tuple[Finding, ...]
    files: Mapping[str, Path]


def workspace(
    root: Path,
    articles: Mapping[str, str],
    files: Mapping[str, bytes] | None = None,
    *,
    section: str = "Раздел",
    issue: str = "",
    publication: str = PUBLICATION,
) -> Workspace:
    """Write a workspace of one issue with one section.

    Args:
        root: An empty folder.
        articles: Each with its fields, by file name.
        files: Further files, by path in the issue's folder (`../` leads to that of the publication).
        section: The title of the section.
        issue: Further lines of issue.yaml; where they have sections, those alone.
        publication: The whole of publication.yaml.
    """
    folder = root / "issues" / DATE
    folder.mkdir(parents=True)
    (root / "issues" / "publication.yaml").write_text(publication, "utf-8")
    plan = f"format: 1\nnumber: 1\ndate: {DATE}\ntitle: Опит\n{issue}"
    if "sections:" not in issue:
        plan += f'sections:\n  - title: "{section}"\n    articles:\n'
        plan += "".join(f'      - "{name}"\n' for name in articles)
    (folder / "issue.yaml").write_text(plan, "utf-8")
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    for name, data in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Workspace(root)


def checked(of: Workspace, *, spelling: bool = False) -> tuple[Finding, ...]:
    """Return what `bulletin check` finds."""
    return check(of.choose_issue(), of, spelling=spelling)


def built(of: Workspace, out: Path, *editions: str, mail: bool = False) -> Built:
    """Build an issue.

    Args:
        of: Its workspace.
        out: The folder of outputs.
        *editions: The names of the PDF editions; all where none is named.
        mail: Whether the mail edition is built too.
    """
    chosen = tuple(EDITIONS[name] for name in editions or EDITIONS)
    request = BuildRequest(of.choose_issue(), of, out, editions=chosen, mail=mail)
    try:
        result = build(request)
    except BulletinError as error:
        return Built(tuple(error.findings), {})
    return Built(result.findings, {path.name: path for path in result.paths})


def errors_in(findings: tuple[Finding, ...]) -> list[str]:
    """Return codes, values and places of the errors, to be read where a test fails."""
    return [f"{each.code} {each.place} {dict(each.values)}" for each in errors(findings)]


def photograph(width: int, height: int, kind: str = "JPEG") -> bytes:
    """Return a picture file with some shades in it."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, kind)
    return target.getvalue()
