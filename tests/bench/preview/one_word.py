"""Show an issue, change one word, show it again with the picture of the page: prints the seconds of that.

Run as `python -m tests.bench.preview.one_word WORKSPACE`.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Final

from pipeline.desk.preview.preview import Preview
from pipeline.files.workspace import find_workspace
from tests.bench.specimens import SHIPPED

_TIMES: Final = 9


def edit_to_picture(root: Path) -> float:
    """Return how long it took from a changed file to the picture of its page, in seconds: the median."""
    workspace = find_workspace(root)
    article = workspace.choose_issue(SHIPPED) / "xd-media-hub.md"
    before = article.read_text("utf-8")
    seconds = []
    with Preview(workspace) as preview:
        shown = preview.show(SHIPPED)
        try:
            for number in range(_TIMES):
                article.write_text(f"{before.rstrip()} Успех{'и' * number}!\n", "utf-8")
                start = time.perf_counter()
                after = preview.show(SHIPPED)
                known = {page.key for page in shown.pages}
                changed = [page for page in after.pages if page.key not in known]
                preview.page_png(SHIPPED, changed[0].key)
                seconds.append(time.perf_counter() - start)
                shown = after
        finally:
            article.write_text(before, "utf-8")
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.stdout.write(f"{edit_to_picture(Path(sys.argv[1]))}\n")
