"""The four bulletins that the style `bulletin` is judged by, each in two identities.

The two shipped issues, one in Bulgarian and one in English; `river`, a long one with photographs, projects
and short pieces; `school`, eight pages of short pieces and portraits.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.files.workspace import Workspace
from tests.specimens.photographs import photograph
from tests.support.paths import SHIPPED_ISSUES

_HERE: Final = Path(__file__).parent


class Photograph(NamedTuple):
    """A photograph of a bulletin: its scene, the seed of the scene, its size in pixels."""

    scene: str
    seed: int
    width: int
    height: int


class Bulletin(NamedTuple):
    """A bulletin of one issue.

    Args:
        name: Its name here.
        folder: The folder of `publication.yaml`.
        date: That of the issue, which names its folder.
        photographs: By file name.
    """

    name: str
    folder: Path
    date: str
    photographs: dict[str, Photograph]


class Look(NamedTuple):
    """A style and an identity.

    Args:
        name: Its name here.
        style: As `publication.yaml` names it, with its version.
        identity: Likewise, or empty.
    """

    name: str
    style: str
    identity: str


_RIVER: Final = {
    "river-cover.jpg": Photograph("river", 3, 2600, 1733),
    "river-wide.jpg": Photograph("river", 8, 2400, 1350),
    "portrait-guide.jpg": Photograph("portrait", 2, 1200, 1600),
    "bowl.jpg": Photograph("bowl", 6, 1600, 1067),
    "portrait-master.jpg": Photograph("portrait", 5, 800, 1000),
    "wheel-tall.jpg": Photograph("wheel", 3, 1000, 1500),
    "wheel.jpg": Photograph("wheel", 4, 1800, 1200),
    "leaf.jpg": Photograph("leaf", 9, 1500, 1000),
    "portrait-square.jpg": Photograph("portrait_long", 11, 1200, 1200),
    "g1.jpg": Photograph("hills", 1, 1500, 1000),
    "g2.jpg": Photograph("yard", 2, 1500, 1125),
    "g3.jpg": Photograph("leaf", 3, 1200, 1600),
    "g4.jpg": Photograph("windows", 7, 1400, 1500),
    "g5.jpg": Photograph("wheel", 5, 1000, 1500),
    "g6.jpg": Photograph("stars", 6, 1500, 1000),
    "g7.jpg": Photograph("river", 7, 1500, 1000),
}
_SCHOOL: Final = {
    "yard-wide.jpg": Photograph("yard", 1, 2600, 1650),
    "chess.jpg": Photograph("chess", 1, 1500, 1000),
    "soup.jpg": Photograph("bowl", 2, 1500, 1000),
    "portrait-1.jpg": Photograph("portrait", 1, 800, 1000),
    "portrait-2.jpg": Photograph("portrait_long", 8, 800, 1000),
    "portrait-3.jpg": Photograph("portrait", 9, 800, 1000),
    "portrait-4.jpg": Photograph("portrait_long", 17, 1200, 1500),
    "hills.jpg": Photograph("hills", 4, 1800, 1200),
    "leaf.jpg": Photograph("leaf", 1, 1200, 1500),
    "stars.jpg": Photograph("stars", 2, 1800, 1200),
    "windows.jpg": Photograph("windows", 3, 1200, 1500),
}

BULLETINS: Final = {
    each.name: each
    for each in (
        Bulletin("shipped", SHIPPED_ISSUES, "2023-12-20", {}),
        Bulletin("sister", SHIPPED_ISSUES, "2023-06-30", {}),
        Bulletin("river", _HERE / "river" / "issues", "2024-03-29", _RIVER),
        Bulletin("school", _HERE / "school" / "issues", "2024-06-14", _SCHOOL),
    )
}

LOOKS: Final = {
    each.name: each
    for each in (
        Look("petrol", "{name: bulletin, version: 1}", '{main: "#0F4C64", accent: "#B4430F"}'),
        Look(
            "forest",
            "{name: bulletin, version: 1}",
            '{main: "#1F3D2B", accent: "#D9A441", type: vollkorn-commissioner}',
        ),
        Look("version-1", "{name: knowledge-city, version: 1}", ""),
    )
}
"""Two identities of style `bulletin`, which differ in colours and width of letters; the first style."""

MADE_UP: Final = ("petrol", "forest")


def laid_out(bulletin: Bulletin, look: Look | None, root: Path) -> Path:
    """Write the workspace of a bulletin, with its photographs, and return the folder of its issue.

    Args:
        bulletin: One of `BULLETINS`.
        look: Its style and identity instead of its own; its own where None.
        root: An empty folder.
    """
    folder = root / "issues"
    folder.mkdir(parents=True)
    shutil.copytree(bulletin.folder / bulletin.date, folder / bulletin.date)
    if (bulletin.folder / "logos").is_dir():
        shutil.copytree(bulletin.folder / "logos", folder / "logos")
    text = (bulletin.folder / "publication.yaml").read_text("utf-8")
    (folder / "publication.yaml").write_text(_looking(text, look) if look else text, "utf-8")
    for name, made in bulletin.photographs.items():
        path = folder / bulletin.date / "images" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(photograph(*made))
    return Workspace(root).issues / bulletin.date


def _looking(text: str, look: Look) -> str:
    """Return the text of publication.yaml with another style and identity."""
    lines, dropped = [], False
    for line in text.splitlines():
        if line.startswith(("style:", "identity:")):
            dropped = True
        elif not line.startswith((" ", "-")):
            dropped = False
        if not dropped:
            lines.append(line)
    lines.append(f"style: {look.style}")
    if look.identity:
        lines.append(f"identity: {look.identity}")
    return "\n".join(lines) + "\n"
