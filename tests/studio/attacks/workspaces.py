"""Workspaces whose texts and files are made by somebody who wants to do harm."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

ISSUE: Final = "2023-12-20"
ARTICLE: Final = "smart-city-expo.md"
UNLISTED: Final = "<svg onload=owned()>{{7*191}}.md"

EVALUATED: Final = "1337"
"""What a template would make of the words; nothing else in the workspace says it."""

HARM: Final = (
    "</title></textarea></script><img src=x onerror=\"owned()\"><svg onload='owned()'>"
    "<script>owned()</script>{{7*191}}${7*191}{0}{name}$&"
)
"""Words that become a script or a number where they are taken for more than words."""

SIGNS: Final = "".join("\\" + sign if sign in "<>{}*$%&\"'()=/;#_" else sign for sign in HARM)
"""The same words in a text, where each sign is to stay a sign."""

_CREDIT: Final = "<img src=x onerror=owned()>$&"

_PUBLICATION: Final = f"""format: 1
title: {json.dumps(HARM)}
publisher:
  name: {json.dumps(HARM)}
  short_name: {json.dumps(HARM)}
  address: {json.dumps(HARM)}
  site: https://example.org/
  email: office@example.org
languages: [bg]
country: BG
style: {{name: bulletin, version: 1}}
team:
  - role: {json.dumps(HARM)}
    name: {json.dumps(HARM)}
sender:
  name: {json.dumps(HARM)}
  email: office@example.org
  reply_to: office@example.org
"""

_ARTICLE: Final = f"""---
kind: article
title: {json.dumps(HARM)}
standfirst: {json.dumps(HARM)}
---
Дума и {SIGNS} още дума.

## {SIGNS}

- {SIGNS}

| {SIGNS.replace("|", "")} | б |
|---|---|
| {SIGNS.replace("|", "")} | г |

![Снимка {SIGNS}](images/smart-city-expo.svg "{SIGNS}"){{credit="{_CREDIT}" consent=not-needed}}

Бележка.[^1]

[^1]: {SIGNS}
"""


def hostile_words(root: Path) -> Path:
    """Write a workspace in which every text is hostile, and return its folder."""
    folder = root / "issues" / ISSUE
    shutil.copytree(SHIPPED_ISSUES / ISSUE, folder, ignore=shutil.ignore_patterns("filed", "*.md"))
    (root / "issues" / "publication.yaml").write_text(_PUBLICATION, "utf-8")
    house = f"format: 1\naccepted:\n  - {json.dumps(HARM)}\nwords:\n  - {json.dumps(HARM)}\n"
    (root / "issues" / "house.yaml").write_text(house, "utf-8")
    (folder / ARTICLE).write_text(_ARTICLE, "utf-8")
    # One that cannot be read, under a name that is none: both are told in findings.
    (folder / UNLISTED).write_text(f"---\nkind: {json.dumps(HARM)}\n{HARM}: 1\n---\n{HARM}\n", "utf-8")
    (folder / "issue.yaml").write_text(
        f"format: 1\nnumber: 2\ndate: {ISSUE}\ntitle: {json.dumps(HARM)}\ngreeting: {json.dumps(HARM)}\n"
        f"cover:\n  article: {ARTICLE}\n  picture: images/cover.svg\n  alternative: {json.dumps(HARM)}\n"
        f"  credit: {json.dumps(HARM)}\nsections:\n  - title: {json.dumps(HARM)}\n"
        f"    lead: {json.dumps(HARM)}\n    articles:\n      - {ARTICLE}\n",
        "utf-8",
    )
    return root
