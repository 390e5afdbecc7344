"""An article, two people who write in it, and programs that write it as programs do.

Every word that is typed is one of its own, so that it can be looked for. A save must keep all words: those of
the one who saves, and those that came into the file meanwhile, but those that somebody took out. Whatever
becomes of the file, each word that was accepted is in it or in a version of the history.
"""

from __future__ import annotations

import json
import re
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.results import ArticleChange, Conflict, Saved
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

ISSUE: Final = "2023-12-20"
NAME: Final = "tower.md"
PATH: Final = f"issues/{ISSUE}/{NAME}"
WORD: Final = re.compile(r"дума\d+")

_PLAN: Final = (
    "format: 1\nnumber: 1\ndate: 2023-12-20\ntitle: Т\nsections:\n  - title: Р\n    articles: [tower.md]\n"
)

_ARTICLE: Final = (
    "---\nkind: article # вид\ntitle: Кулата\nauthor: И. П.\n---\n"
    + "\n\n".join(
        f"Абзац {number} говори за *кулата* и за града,\nкойто се вижда от нея." for number in range(5)
    )
    + "\n\n* първо\n* второ\n\n<!-- бележка -->\n\nКрай.\n"
)


class Hand:
    """Somebody with the article open.

    Args:
        name: Who.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.version = ""
        self.document: dict[str, Any] = {}
        self.base_words: set[str] = set()
        self.author: str | None = None

    def words(self) -> set[str]:
        """Return the words on the screen."""
        return set(WORD.findall(json.dumps(self.document, ensure_ascii=False)))


class Hands:
    """Two hands and other programs.

    Args:
        root: An empty folder for the workspace.
        random: Draws.
    """

    def __init__(self, root: Path, random: Random) -> None:
        self.random = random
        folder = root / "issues" / ISSUE
        folder.mkdir(parents=True)
        (root / "issues/publication.yaml").write_text("format: 1\n", "utf-8")
        (folder / "issue.yaml").write_text(_PLAN, "utf-8")
        self.path = folder / NAME
        self.path.write_text(_ARTICLE, "utf-8")
        self._workspace = Workspace(root)
        self._count = 0
        self._writer: threading.Thread | None = None
        self._is_vanishing = False
        self._writing = self._stale = _ARTICLE
        self.accepted: set[str] = set()
        self.outcomes = {"saved": 0, "merged": 0, "conflict": 0, "gone": 0, "refused": 0}
        self.hands = [Hand("А"), Hand("Б")]
        for hand in self.hands:
            self._open(hand)

    # what somebody does

    def type(self, which: int) -> None:
        """Type a new word somewhere."""
        texts = [each for each in _texts(self.hands[which].document) if " " in each["text"]]
        if texts:
            text = self.random.choice(texts)
            parts = text["text"].split(" ")
            parts.insert(self.random.randrange(len(parts) + 1), self._new_word())
            text["text"] = " ".join(parts)

    def change_word(self, which: int) -> None:
        """Write a new word over one that is there."""
        text = self.random.choice(_texts(self.hands[which].document))
        words = list(re.finditer(r"\w{3,}", text["text"]))
        if words:
            word = self.random.choice(words)
            text["text"] = text["text"][: word.start()] + self._new_word() + text["text"][word.end() :]

    def add_block(self, which: int) -> None:
        """Add a paragraph."""
        block = {"type": "paragraph", "content": [{"type": "text", "text": f"Нов абзац {self._new_word()}."}]}
        content = self.hands[which].document["content"]
        content.insert(self.random.randrange(len(content) + 1), block)

    def take_out_block(self, which: int) -> None:
        """Take a block out."""
        content = self.hands[which].document["content"]
        if len(content) > 3:
            content.pop(self.random.randrange(len(content)))

    def move_block(self, which: int) -> None:
        """Move a block."""
        content = self.hands[which].document["content"]
        if content:
            block = content.pop(self.random.randrange(len(content)))
            content.insert(self.random.randrange(len(content) + 1), block)

    def set_author(self, which: int) -> None:
        """Change a fact."""
        self.hands[which].author = f"автор {self._new_word()}"

    def save(self, which: int) -> None:
        """Save, and look that nothing was lost."""
        hand = self.hands[which]
        ours = hand.words() | set(WORD.findall(hand.author or ""))
        before = self._there_soon()
        # A busy machine may leave the file away for longer than a file has to be quiet: then it is gone.
        may_be_gone = before is None or self._is_vanishing
        document = DOCUMENT.validate_json(json.dumps(hand.document))
        head: dict[Field, Value] | None = {("author",): hand.author} if hand.author else None
        change = ArticleChange(document, head)
        try:
            result = save_article(self._workspace, ISSUE, NAME, hand.version, change, hand.name)
        except IssueError as refused:
            codes = {each.code for each in refused.findings}
            assert codes <= {"E600"} or (may_be_gone and codes == {"E601"}), codes
            if codes == {"E601"}:
                self.outcomes["gone"] += 1
                self.accepted |= ours
                self.settle()
                if before is None:
                    self.path.write_text(_ARTICLE, "utf-8")
            self.outcomes["refused"] += codes == {"E600"}
            self._open(hand)
            return
        self.accepted |= ours
        self.settle()
        if isinstance(result, Conflict):
            self._conflict(hand, result, before)
        else:
            self._saved(hand, result, ours, before)

    def _saved(self, hand: Hand, result: Saved, ours: set[str], before: bytes | None) -> None:
        self.outcomes["merged" if result.merged else "saved"] += 1
        theirs = set(WORD.findall(before.decode())) if before is not None else set()
        now = set(WORD.findall(self.path.read_text("utf-8")))
        lost = (ours - (hand.base_words - theirs)) - now
        lost |= (theirs - (hand.base_words - ours)) - now
        assert not lost, lost
        self._show(hand, result)

    def _there_soon(self) -> bytes | None:
        """Return what the file has, or will have once the other program is ready."""
        if self._writer is not None:
            return self._writing.encode()
        return self.path.read_bytes() if self.path.exists() else None

    def _conflict(self, hand: Hand, result: Conflict, before: bytes | None) -> None:
        """Nothing was written; somebody chooses, part by part."""
        self.outcomes["conflict"] += 1
        assert self.path.read_bytes() == before
        assert "".join(part.ours for part in result.parts) == result.ours
        assert "".join(part.theirs for part in result.parts) == result.theirs
        assert (
            any(part.is_conflict for part in result.parts) or not result.base or result.ours != result.theirs
        )
        self._open(hand)

    # what other programs do

    def slow_writer(self) -> None:
        """Another program truncates the file and writes it again, a piece at a time."""
        self._begin(self._write_slowly)

    def renaming_writer(self) -> None:
        """Another program writes the whole file aside, and renames it."""
        self._begin(self._write_and_rename)

    def vanishing(self) -> None:
        """Another program deletes the file and puts a new one in its place a moment later."""
        self._begin(self._delete_and_write)

    def stale_writer(self) -> None:
        """Another program puts in place what it read a while ago, and reads anew."""
        self.settle()
        if self.path.exists():
            now = self.path.read_bytes()
            aside = self.path.with_name(".tower.md.tmp")
            aside.write_text(self._stale, "utf-8")
            aside.replace(self.path)
            self._stale = now.decode()

    def deleted(self) -> None:
        """Somebody deletes the file for good."""
        self.settle()
        self.path.unlink(missing_ok=True)
        time.sleep(PATIENCE.quiet)

    def settle(self) -> None:
        """Wait for the other program."""
        if self._writer is not None:
            self._writer.join()
            self._writer = None
            self._is_vanishing = False

    def _begin(self, work: Any) -> None:
        self.settle()
        if not self.path.exists():
            return
        text = self.path.read_text("utf-8")
        word = self._new_word()
        words = list(re.finditer(r"(?<=\w) (?=\w)", text))
        at = self.random.choice(words).start() if words else len(text)
        changed = f"{text[:at]} {word}{text[at:]}"
        self._writing = changed
        self._is_vanishing = work == self._delete_and_write
        started = threading.Event()
        self._writer = threading.Thread(target=work, args=(changed, started))
        self._writer.start()
        started.wait()

    def _write_slowly(self, text: str, started: threading.Event) -> None:
        step = max(1, len(text) // 4)
        with self.path.open("w", encoding="utf-8") as file:
            started.set()
            for at in range(0, len(text), step):
                file.write(text[at : at + step])
                file.flush()
                # Longer than a file has to be quiet: that it is open tells it.
                time.sleep(PATIENCE.quiet * 1.5)

    def _write_and_rename(self, text: str, started: threading.Event) -> None:
        aside = self.path.with_name(".tower.md.tmp")
        aside.write_text(text, "utf-8")
        aside.replace(self.path)
        started.set()

    def _delete_and_write(self, text: str, started: threading.Event) -> None:
        self.path.unlink()
        started.set()
        time.sleep(PATIENCE.quiet / 2)
        self.path.write_text(text, "utf-8")

    # what must hold

    def check(self) -> None:
        """Look for every accepted word, in the file and in the history."""
        history = History(self._workspace)
        there = set(WORD.findall(self.path.read_text("utf-8"))) if self.path.exists() else set()
        missing = self.accepted - there
        for version in {each.version for each in history.versions(PATH)} if missing else ():
            missing -= set(WORD.findall(history.text(version)))
        assert not missing, missing

    def _new_word(self) -> str:
        self._count += 1
        return f"дума{self._count}"

    def _open(self, hand: Hand) -> None:
        if not self.path.exists() and self._writer is None:
            self.path.write_text(_ARTICLE, "utf-8")
        opened = open_article(self._workspace, ISSUE, NAME)
        self._show(hand, opened)

    def _show(self, hand: Hand, shown: Any) -> None:
        hand.version = shown.version
        hand.document = json.loads(shown.document.model_dump_json())
        hand.author = None
        hand.base_words = hand.words() | set(WORD.findall(str(shown.head.get("author") or "")))
        # What another program wrote is accepted as soon as somebody has seen it.
        self.accepted |= hand.base_words


def _texts(node: Any) -> list[dict[str, Any]]:
    own = [node] if node.get("type") == "text" else []
    return own + [text for each in node.get("content", ()) for text in _texts(each)]
