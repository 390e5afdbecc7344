"""The files of articles that are added to an issue, taken out of it, and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from pipeline.desk.writing.disk.replacing import taken_away
from pipeline.desk.writing.disk.version import NOTHING
from pipeline.desk.writing.history.journal import GONE, LEFT
from pipeline.desk.writing.history.placing import saving, target_in
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.owned_files import as_on_disk
from pipeline.files.yaml_text import yaml_text
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.importing.draft.file_names import free_name, stem_of
from pipeline.models.kinds.union import Head
from pipeline.reading.translations import languages_of, translated_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.desk.writing.plan_changes import AddArticle
    from pipeline.files.workspace import Workspace

KINDS: Final[tuple[str, ...]] = tuple(
    get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(Head)
)
"""The kinds an article may be."""


class ArticleFiles:
    """The articles of an issue, as files.

    Args:
        workspace: The workspace.
        folder: The issue's folder.
        hand: Who changes them, for the history.
    """

    def __init__(self, workspace: Workspace, folder: Path, hand: str) -> None:
        self._workspace, self._folder, self._hand = workspace, folder, hand

    def added(self, new: Sequence[AddArticle]) -> tuple[str, ...]:
        """Write new articles, each with its kind and title, and return the names of their files.

        Raises:
            IssueError: There is no such kind (E606).
        """
        for each in new:
            if each.kind not in KINDS:
                raise IssueError([found("E606", Place(self._name("issue.yaml")), name=each.kind[:80])])
        return tuple(map(self._added, new))

    def _added(self, article: AddArticle) -> str:
        title = " ".join(article.title.split())
        text = f"---\nkind: {article.kind}\ntitle: {yaml_text(title)}\n---\n"
        while True:
            taken = [path.name for path in self._folder.iterdir()]
            name = free_name(stem_of(title), ".md", taken)
            file = TextFile(self._workspace, self._name(name))
            result = file.saved(NOTHING, lambda _: text, lambda *_: None, self._hand)
            if not isinstance(result, Conflict):
                return name

    def with_translations(self, names: Iterable[str]) -> list[str]:
        """Return the names of files that are to go, with those of their translations; all are kept first.

        Raises:
            IssueError: Another program is still writing one (E602).
        """
        languages = languages_of(self._folder)
        files = [
            each for name in names for each in (name, *(translated_name(name, tag) for tag in languages))
        ]
        there = [name for name in files if as_on_disk(self._folder, name).is_file()]
        for name in there:
            TextFile(self._workspace, self._name(name)).opened()
        return there

    def take_out(self, names: Iterable[str]) -> None:
        """Take files away, as they are in the history; one that changed meanwhile stays.

        Raises:
            PressError: The disk or the system refuses.
        """
        for name in names:
            self._take_out(self._name(name))

    def put_back(self, names: Iterable[str]) -> list[str]:
        """Bring files back that are gone, with their translations, and return which.

        Raises:
            IssueError: The history has no such file (E606).
        """
        languages = languages_of(self._folder)
        back: list[str] = []
        for name in names:
            if not as_on_disk(self._folder, name).exists():
                if not self._put_back(name):
                    raise IssueError([found("E606", Place(self._name("issue.yaml")), name=name[:80])])
                back.append(name)
            back += filter(self._put_back, (translated_name(name, tag) for tag in languages))
        return back

    def _put_back(self, name: str) -> bool:
        path = self._name(name)
        target = target_in(self._workspace, path)
        records = target.store.records(path)
        if target.path.exists() or not records:
            return False
        data = target.store.data(records[-1].version)
        if data is None:
            return False
        text = data.decode("utf-8", "replace")
        result = TextFile(self._workspace, path).saved(NOTHING, lambda _: text, lambda *_: None, self._hand)
        return not isinstance(result, Conflict)

    def _take_out(self, name: str) -> None:
        target = target_in(self._workspace, name)
        store = target.store
        records = store.records(name)
        data = store.data(records[-1].version) if records else None
        if data is None:
            return
        with saving(store):
            aside = store.aside_of(name)
            if taken_away(target.path, data, aside, lambda left: store.keep(left, name, LEFT)):
                store.keep(data, name, GONE, self._hand)

    def _name(self, name: str) -> str:
        path = as_on_disk(self._folder, name) if self._folder.is_dir() else self._folder / name
        return path.relative_to(self._workspace.root).as_posix()
