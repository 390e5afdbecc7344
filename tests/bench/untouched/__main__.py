"""`python -m tests.bench.untouched [SPEC] [--generated 300] [--places 2000]`: only what is touched changes.

Every article of the repository, generated ones, and the examples of CommonMark's specification (npm package
`commonmark-spec`, file `spec.txt`, which is not kept here) are opened and saved untouched: the same bytes.
Then one word is changed at each of many places: one line differs, and the file is read as it was meant.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.results import ArticleChange, Saved
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.editor.writing.saving import saved
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from tests.bench.commonmark import FRONT, examples
from tests.editor.writing import documents
from tests.editor.writing.conftest import articles

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISSUE: Final = "2023-12-20"
_NEW: Final = "промяна"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def main(arguments: list[str] | None = None) -> int:
    """Open, save, compare, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.untouched", description=__doc__)
    parser.add_argument("specification", type=Path, nargs="?")
    parser.add_argument("--generated", type=int, default=300)
    parser.add_argument("--places", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    PATIENCE.quiet = 0.0
    texts = dict(articles())
    made = _generated(asked.generated, asked.seed)
    spec = asked.specification.read_text("utf-8") if asked.specification else ""
    of_commonmark = (
        {f"example {each.number}": FRONT + each.markdown for each in examples(spec)} if spec else {}
    )
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="untouched-") as folder:
        desk = _Desk(Path(folder))
        for name, group in (("articles", texts), ("generated", made), ("CommonMark", of_commonmark)):
            wrong = [
                f"{key} changes" for key, text in group.items() if desk.saved_untouched(text) != text.encode()
            ]
            sys.stdout.write(f"{name}: {len(group) - len(wrong)} of {len(group)} keep every byte\n")
            faults += wrong
        done = right = 0
        for key, text, word, document in _places({**texts, **made}, asked.places, asked.seed):
            done += 1
            fault = desk.fault_of_word(text, word, document)
            right += not fault
            faults += [f"{key}, {word}: {fault}"] if fault else []
    sys.stdout.write(f"one word: {right} of {done} change one line and are read as meant\n")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults[:40]))
    return 1 if faults else 0


class _Desk:
    """A workspace with one article, which is another each time."""

    def __init__(self, root: Path) -> None:
        self._path = root / "issues" / _ISSUE / "a.md"
        self._path.parent.mkdir(parents=True)
        (root / "issues/publication.yaml").write_text("format: 1\n", "utf-8")
        self._workspace = Workspace(root)

    def saved_untouched(self, text: str) -> bytes:
        """Return an article's bytes after it was opened and saved as it is."""
        self._path.write_bytes(text.encode())
        opened = open_article(self._workspace, _ISSUE, "a.md")
        document = DOCUMENT.validate_json(opened.document.model_dump_json())
        save_article(self._workspace, _ISSUE, "a.md", opened.version, ArticleChange(document), "A")
        return self._path.read_bytes()

    def fault_of_word(self, text: str, word: str, document: dict[str, Any]) -> str:
        """Return what is wrong after a document with one other word is saved; nothing where all is right."""
        self._path.write_bytes(text.encode())
        opened = open_article(self._workspace, _ISSUE, "a.md")
        wanted = DOCUMENT.validate_json(json.dumps(document))
        try:
            result = save_article(self._workspace, _ISSUE, "a.md", opened.version, ArticleChange(wanted), "A")
        except IssueError as refused:
            return f"refused: {refused}"
        now = self._path.read_bytes().decode()
        lines = [
            (old, new)
            for old, new in zip(text.splitlines(keepends=True), now.splitlines(keepends=True), strict=False)
            if old != new
        ]
        if len(lines) != 1 or len(now.splitlines()) != len(text.splitlines()):
            return f"{len(lines)} lines differ"
        if not isinstance(result, Saved) or _shown(result.document.model_dump()) != _shown(document):
            return "it is read as something else"
        [(old, new)] = lines
        lost = Counter(_WORD.findall(old)) - Counter(_WORD.findall(new)) - Counter([word])
        return f"{old!r} became {new!r}" if lost else ""


def _generated(count: int, seed: int) -> dict[str, str]:
    """Return articles that are written for documents made by rule."""
    made: dict[str, str] = {}

    @hypothesis_seed(seed)
    @settings(
        max_examples=count * 2,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(documents.blocks, min_size=1, max_size=6), documents.notes)
    def make(blocks: list[dict[str, Any]], notes: list[dict[str, Any]]) -> None:
        if len(made) < count:
            article = ArticleText("---\ntitle: Кула\n---\n", "a.md")
            try:
                text = saved(article, DOCUMENT.validate_python({"content": blocks, "notes": notes})).text
            except IssueError:
                return
            made[f"generated {len(made) + 1}"] = text

    make()
    return made


def _places(texts: dict[str, str], count: int, seed: int) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield articles with one word changed in their documents, drawn from all of them."""
    draw = random.Random(seed)
    keys, done = sorted(texts), 0
    tries = 0
    while done < count and tries < count * 20:
        tries += 1
        key = draw.choice(keys)
        text = texts[key]
        article = ArticleText(text, "a.md")
        document = json.loads(article.document.model_dump_json())
        shown = [each for each in _texts_in(document) if "://" not in each["text"]]
        words = [(each, word) for each in shown for word in _WORD.finditer(each["text"])]
        if not words or article.is_source:
            continue
        place, word = draw.choice(words)
        place["text"] = f"{place['text'][: word.start()]}{_NEW}{place['text'][word.end() :]}"
        done += 1
        yield key, text, word[0], document


def _texts_in(node: dict[str, Any]) -> list[dict[str, Any]]:
    own = [node] if node.get("type") == "text" else []
    return own + [text for each in node.get("content", ()) for text in _texts_in(each)]


def _shown(document: dict[str, Any]) -> str:
    return re.sub(r"\s+", "", "".join(each["text"] for each in _texts_in(document)))


if __name__ == "__main__":
    raise SystemExit(main())
