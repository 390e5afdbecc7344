"""Build, change one word, build again in the same process: prints the seconds of the second build.

Run as `python -m tests.bench.one_word WORKSPACE`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import find_workspace
from pipeline.page.engine.faces import isolate_faces
from tests.bench.specimens import SHIPPED


def change_one_word(root: Path) -> float:
    """Return how long the build after a change of one word took, in seconds."""
    isolate_faces()
    workspace = find_workspace(root)
    order = BuildRequest(workspace.choose_issue(SHIPPED), workspace, root / "out")
    article = order.folder / "xd-media-hub.md"
    before = article.read_text("utf-8")
    first = build(order).paths[0].read_bytes()
    article.write_text(before.rstrip() + " Успех!\n", "utf-8")
    try:
        start = time.perf_counter()
        built = build(order)
        seconds = time.perf_counter() - start
    finally:
        article.write_text(before, "utf-8")
    if built.from_cache or built.paths[0].read_bytes() == first:
        message = "the changed word is not in the new file"
        raise RuntimeError(message)
    return seconds


if __name__ == "__main__":
    sys.stdout.write(f"{change_one_word(Path(sys.argv[1]))}\n")
