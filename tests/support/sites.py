"""An archive for tests of the site: the shipped issues, and one in two languages that has been corrected.

Their result files are a few bytes each, for the site copies them; its pages are composed from the sources.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
from typing import TYPE_CHECKING, Final

from PIL import Image
from tinyhtml5.parser import HTMLParser

from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import store_filing
from pipeline.desk.archive.snapshot import take_snapshot
from pipeline.files.workspace import Workspace
from tests.bench.specimens import photograph
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

CORRECTED: Final = "2024-03-01"
FILED_ON: Final = dt.date(2024, 4, 2)
ADDRESS: Final = "https://example.org/bulletin/"
"""Where a site of it may lie."""

_FILES: Final = {
    "issue.yaml": """\
format: 1
number: 3
date: 2024-03-01
title: Мостове & "кавички" <b>
language: bg
greeting: Честита баба Марта!
sections:
  - title: За моста
    lead: Един раздел с всичко, което може да има в един брой.
    articles: [bridge.md, second.md, day.md, plan.md]
""",
    "issue.en.yaml": """\
format: 1
title: Bridges
sections:
  - title: About the bridge
    lead: One section with everything.
""",
    "bridge.md": """\
---
kind: project
title: Мост <i>между</i> две "думи"
standfirst: Какво държи моста?
funder: eu
programme: Еразъм+
url: https://example.org/a-rather-long-address/that-goes-on/and-on/without-an-end.html
budget: {total: 294500 EUR, share: 42500 EUR}
partners: {organisations: 7, countries: [BG, ES]}
period: {start: 2022-09, end: 2024-01}
---
Мостовете свързват бреговете на реката.[^a] Пак за същото.[^a] И друго: <1> & "2".[^b]

Вижте https://example.org/a-rather-long-address/that-goes-on/and-on/without-an-end.html
или [втората статия](second.md).

## Първо заглавие

### Второ заглавие

> Думи на *друг* човек.

1. едно
2. две

![Светли и тъмни петна](images/wide.jpg "Площадът."){.wide credit="редакцията" consent=not-needed}

![Светли и тъмни петна](images/small.jpg "Отблизо."){.margin credit="редакцията" consent=not-needed}

| Град | Участници | Дни | Държава | Организация домакин | Забележка |
|:-----|----------:|:---:|:--------|:--------------------|:----------|
| Непроизносимоградоустройство | 1200 | 3 | България | Столична библиотека | предстои |
| Русе | 7 | 2 | България | Общинска администрация | мина |

[^a]: Бележка с [връзка](https://example.org/note).
[^b]: Друга бележка.
""",
    "bridge.en.md": """\
---
kind: project
title: A bridge
funder: eu
budget: {total: 294500 EUR, share: 42500 EUR}
partners: {organisations: 7, countries: [BG, ES]}
period: {start: 2022-09, end: 2024-01}
---
Bridges join two banks.[^a]

[^a]: A note.
""",
    "second.md": """\
---
kind: project
title: Втори проект
budget: {total: 100000 EUR, share: 50000 EUR}
partners: {organisations: 3, countries: [BG, PT]}
period: {start: 2023-01, end: 2024-12}
---
Енергията на общината. Клъстерът работи.
""",
    "second.en.md": """\
---
kind: project
title: A second project
budget: {total: 100000 EUR, share: 50000 EUR}
partners: {organisations: 3, countries: [BG, PT]}
period: {start: 2023-01, end: 2024-12}
---
Energy.
""",
    "day.md": """\
---
kind: event
title: Ден на отворените врати
start: 2024-04-12 10:00
place: София
registration: office@example.org
---
Елате.
""",
    "day.en.md": """\
---
kind: event
title: Open day
start: 2024-04-12 10:00
place: Sofia
registration: office@example.org
---
Come.
""",
    "plan.md": "---\ntitle: План\n---\nПланът е готов.\n",
    "plan.en.md": "---\ntitle: A plan\n---\nThe plan is ready.\n",
}


def workspace_of_issues(root: Path) -> Workspace:
    """Return a workspace with the issues, nothing filed."""
    shutil.copytree(
        REPOSITORY / "issues", root / "issues", ignore=shutil.ignore_patterns("filed", "archive*")
    )
    folder = root / "issues" / CORRECTED
    (folder / "images").mkdir(parents=True)
    photograph(folder / "images" / "wide.jpg", 1, 1500, 700)
    photograph(folder / "images" / "small.jpg", 2, 700, 900)
    for name, text in _FILES.items():
        (folder / name).write_text(text, "utf-8")
    return Workspace(root)


def archive_of_issues(root: Path) -> Shelf:
    """Return an archive of these issues, the last of them corrected in a filing of its own."""
    workspace = workspace_of_issues(root)
    for issue in ("2023-06-30", "2023-12-20", CORRECTED):
        filed(workspace, issue)
    correct(workspace)
    return Shelf(workspace)


def correct(workspace: Workspace) -> None:
    """File the last issue once more, corrected."""
    plan = workspace.issues / CORRECTED / "issue.yaml"
    correction = 'correction: {of: 1, text: "Партньорите са 7, а не 6."}\nsections:'
    plan.write_text(plan.read_text("utf-8").replace("sections:", correction), "utf-8")
    filed(workspace, CORRECTED)


def filed(workspace: Workspace, issue: str) -> None:
    """File an issue of the workspace as its sources are now."""
    snapshot = take_snapshot(workspace.issues / issue, workspace)
    files: dict[str, bytes] = {}
    for language in snapshot.languages:
        stem = f"bulletin-{issue}" + (f".{language}" if language != snapshot.languages[0] else "")
        files |= {
            f"{stem}.pdf": b"%PDF-1.7 for screens",
            f"{stem}-archive.pdf": b"%PDF-1.7 for the years",
            f"{stem}-cover.png": _cover(),
        }
    material = snapshot.filing_content(files, {name: 4 for name in files if name.endswith(".pdf")})
    store_filing(material, Shelf(workspace), FILED_ON)


def _cover() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (910, 1287), "#0F4C64").save(held, "PNG")
    return held.getvalue()


def pages_of(site: Path) -> dict[str, ET.Element]:
    """Return the `html` element of every page, by its path in the site."""
    return {path.relative_to(site).as_posix(): parsed(path)[0] for path in sorted(site.rglob("*.html"))}


def parsed(path: Path) -> tuple[ET.Element, list[str]]:
    """Return the `html` element of a page, and the codes of its parse errors (HTML, 13.2.2)."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(path.read_text("utf-8"), full_tree=True)
    root = tree if tree.tag == "html" else next(element for element in tree.iter() if element.tag == "html")
    return root, [code for _, code, _ in parser.errors]


def contents_of(site: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a site, by its path."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def references(page: ET.Element) -> Iterator[str]:
    """Yield every address that a page names."""
    for element in page.iter():
        for name in ("href", "src"):
            if name in element.attrib and element.tag != "image":
                yield element.attrib[name]


def text_of(element: ET.Element) -> str:
    """Return the words of an element."""
    return " ".join("".join(element.itertext()).split())
