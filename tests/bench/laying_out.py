"""Write the page given to the engine into a folder: `python -m tests.bench.laying_out WORKSPACE FOLDER`.

The folder then holds `page.html` and the faces and pictures it names, for any engine to print; with
`--originals` the pictures as the issue has them, not the press's renditions.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import find_workspace
from pipeline.page.engine import press
from pipeline.page.engine.faces import isolate_faces
from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from pipeline.page.engine.fetching import Asset


def lay_out(root: Path, folder: Path, *, originals: bool) -> None:
    """Build the newest issue of a workspace, and write the page that was printed last."""
    isolate_faces()
    prints: list[tuple[str, dict[str, Asset]]] = []
    printing = press.print_editions

    def watched(html: str, editions: Any, assets: Any, *rest: Any, **options: Any) -> press.PrintedDocument:
        prints.append((html, dict(assets)))
        return printing(html, editions, assets, *rest, **options)

    press.print_editions = watched
    workspace = find_workspace(root)
    issue = workspace.choose_issue()
    build(BuildRequest(issue, workspace, folder / "out", fresh=True))
    html, assets = prints[-1]
    (folder / "page.html").write_text(html.replace(ORIGIN, ""), "utf-8")
    for name, asset in assets.items():
        path = folder / unquote(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        own = issue / unquote(name).removeprefix("pictures/")
        path.write_bytes(own.read_bytes() if originals and own.is_file() else asset.data)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]), originals="--originals" in sys.argv[3:])
