"""Workspaces with photographs as telephones and editors save them, on the cover, in a text, in a gallery."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pipeline.desk.archive.filing import file_issue
from pipeline.files.workspace import Workspace
from tests.page.pictures.metadata import making

if TYPE_CHECKING:
    from pathlib import Path

ISSUE: Final = "2026-05-20"
LATER: Final = "2026-06-20"
TODAY: Final = dt.date(2026, 5, 21)
_MARKS: Final = '{credit="редакцията" consent=yes}'


def pictures() -> dict[str, bytes]:
    """Return the pictures, by path in the issue's folder, large enough for paper."""
    return {
        "images/phone.jpg": making.jpeg("<", 6, side=24),
        "images/camera.jpg": making.jpeg(">", 1, progressive=True, side=20),
        "images/screen.png": making.png(side=20),
        "images/web.webp": making.webp(">", side=20),
        "images/scan.tif": making.tiff(side=20),
        "images/drawing.svg": making.svg(side=12),
    }


def workspace(root: Path, *, consent: str = "yes", issues: tuple[str, ...] = (ISSUE,)) -> Workspace:
    """Write a workspace with an issue or more, each with the same photographs."""
    marks = _MARKS if consent else '{credit="редакцията"}'
    for number, issue in enumerate(issues, 1):
        folder = root / "issues" / issue
        files = {
            "issue.yaml": f"""\
format: 1
number: {number}
date: {issue}
title: Пролет {number}
cover:
  article: garden.md
  picture: images/phone.jpg
  alternative: Деца в градината
  credit: редакцията
sections:
  - title: Новини
    articles: [garden.md, days.md]
""",
            "garden.md": f"""\
---
title: Градината
---
Градината на училището има нова пейка.

![Мария от втори клас на пейката](images/camera.jpg "Мария Петрова до пейката"){marks}

![Чертеж на пейката](images/drawing.svg){{credit="редакцията"}}
""",
            "days.md": f"""\
---
kind: gallery
title: Дни на двора
---
![Първи ден](images/screen.png){marks}

![Втори ден](images/web.webp){marks}

![Трети ден](images/scan.tif){marks}
""",
        }
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        for name, data in pictures().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    (root / "issues" / "publication.yaml").write_text(
        """\
format: 1
title: Вести
publisher:
  name: Училището
  address: 1000 София, ул. Първа 1
  site: https://example.org/
  email: office@example.org
languages: [bg]
style: {name: knowledge-city, version: 1}
""",
        "utf-8",
    )
    return Workspace(root)


SHARED: Final = "images/children.jpg"
OWN: Final = "images/tree.jpg"


def small_workspace(root: Path, issues: tuple[str, ...] = (ISSUE, LATER)) -> Workspace:
    """Write a workspace whose issues show one photograph in common, on a page of two articles.

    In the first issue the second article has a photograph of its own, and there is an English translation.
    """
    workspace(root, issues=issues)
    for number, issue in enumerate(issues, 1):
        folder = root / "issues" / issue
        for path in (*folder.glob("images/*"), folder / "days.md"):
            path.unlink()
        (folder / SHARED).write_bytes(making.encoded(making.shown(side=8), "JPEG"))
        (folder / OWN).write_bytes(making.encoded(making.shown(side=9 + number), "JPEG"))
        texts = {
            "issue.yaml": f"""\
format: 1
number: {number}
date: {issue}
title: Пролет {number}
sections:
  - title: Новини
    articles: [garden.md, tree.md]
""",
            "garden.md": f"""\
---
title: Градината
---
Градината на училището има нова пейка. Вижте и [дървото](tree.md).

![Мария от втори клас]({SHARED} "Мария Петрова до пейката"){{.margin credit="Петър Колев" consent=yes}}
""",
            "tree.md": f"""\
---
title: Дървото на Йоана
---
Йоана Стоянова посади дърво {number}.

![Дърво в двора]({OWN} "Дървото на Йоана"){{.margin credit="Петър Колев" consent=not-needed}}
""",
        }
        if number == 1:
            texts |= {
                "issue.en.yaml": "format: 1\ntitle: Spring\nsections:\n  - title: News\n",
                "garden.en.md": f"""\
---
title: The garden
---
The garden has a bench.

![Maria on the bench]({SHARED} "Maria Petrova at the bench"){{.margin credit="Petar Kolev" consent=yes}}
""",
                "tree.en.md": "---\ntitle: Yoana's tree\n---\nYoana Stoyanova planted a tree.\n",
            }
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    publication = root / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("languages: [bg]", "languages: [bg, en]")
    publication.write_text(text, "utf-8")
    return Workspace(root)


def filed_workspace(root: Path) -> Path:
    """File both issues of a small workspace; return its folder."""
    workspace = small_workspace(root)
    for issue in (ISSUE, LATER):
        file_issue(workspace.issues / issue, workspace, TODAY)
    return workspace.root
