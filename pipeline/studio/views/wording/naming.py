"""What an officer calls files: an article by its title, a picture by its name, settings by their view.

The command names a file by its path, where it is to be opened; here nobody meets a folder.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.overview.issues import date_in_words
from pipeline.desk.writing.plans import open_plan
from pipeline.files.workspace import ISSUES
from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.quoting import quoted
from pipeline.findings.wording.wording import say
from pipeline.studio.views.forms.labels import label_of
from pipeline.studio.views.wording.telling import VIEWS, told_here

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

_PLAN: Final = "issue.yaml"
_SETTINGS: Final = {path: words for path, (words, _) in VIEWS.items()}
_FILE: Final = re.compile(
    rf"[“„]?(?<![\w/])(?:{ISSUES}/(?:(?P<issue>\d{{4}}-\d\d-\d\d)/)?)?"
    r"(?P<name>[^\s“”„/:]+\.(?:md|yaml))(?::\d+)*(?![\w/.])[”“]?"
)
"""A file as findings name it: with its folder and a line, or by its name alone, in quotes or not."""

_PICTURE: Final = re.compile(r"(?<=[“„ ])images/(?=[^\s“”„/]+)")
_OF_FIELDS: Final = frozenset({"E13", "E14", "E16"})
"""Findings whose `name` is that of a field."""


class Names:
    """What an officer calls the files of a workspace.

    Args:
        workspace: The workspace.
        issue: The name of the folder of the issue that is looked at.
        language: `bg` or `en`.
    """

    def __init__(self, workspace: Workspace, issue: str, language: str) -> None:
        """Read nothing yet."""
        self._workspace = workspace
        self._issue = issue
        self._language = language
        self._titles: dict[str, dict[str, str]] = {}
        self._kinds: dict[str, str] = {}

    def titles(self) -> dict[str, str]:
        """Return what each file of the issue, and each of the settings, is called, by its path."""
        settings = {path: say(words, self._language) for path, words in _SETTINGS.items()}
        return self._titles_in(self._issue) | settings

    def where(self, path: str) -> str:
        """Return what a file is called; the name of its file where it has no title."""
        return self.titles().get(path, path.rpartition("/")[2])

    def told(self, finding: Finding) -> dict[str, Any]:
        """Return a finding as data, in the words of the studio, files by what they are called."""
        told = told_here(self._labelled(finding), self._language)
        return told | {each: self.in_words(told[each]) for each in ("message", "remedy")}

    def _labelled(self, finding: Finding) -> Finding:
        """Return a finding about a field with what the field is called where it is filled in."""
        values = dict(finding.values)
        path = finding.place.path if finding.place else ""
        if finding.code not in _OF_FIELDS:
            return finding
        self.titles()
        label = label_of(values.get("name", ""), path, self._kinds.get(path, ""))
        if label is None:
            return finding
        values["name"] = say(label, self._language)
        return dataclasses.replace(finding, values=tuple(sorted(values.items())))

    def in_words(self, text: str) -> str:
        """Return a text with every file in it called as an officer calls it."""
        return _FILE.sub(self._called, _PICTURE.sub("", text))

    def _called(self, written: re.Match[str]) -> str:
        issue = written["issue"] or self._issue
        title = self._titles_in(issue).get(f"{ISSUES}/{issue}/{written['name']}")
        if title is None:
            words = _SETTINGS.get(f"{ISSUES}/{written['name']}")
            title = say(words, self._language) if words else None
        if title is None:
            return written[0]
        called = quoted(title, self._language)
        if issue == self._issue:
            return called
        date = date_in_words(issue, self._language)
        return say(N_("{title} in the issue of {date}"), self._language, title=called, date=date)

    def _titles_in(self, issue: str) -> dict[str, str]:
        if issue not in self._titles:
            self._titles[issue] = self._read(issue)
        return self._titles[issue]

    def _read(self, issue: str) -> dict[str, str]:
        contents = {f"{ISSUES}/{issue}/{_PLAN}": say(N_("Contents and first page"), self._language)}
        try:
            plan = open_plan(self._workspace, issue)
        except BulletinError:
            return contents
        entries = [*(each for section in plan.sections for each in section.articles), *plan.unlisted]
        paths = {f"{ISSUES}/{issue}/{each.name}": each for each in entries}
        self._kinds |= {path: each.kind for path, each in paths.items()}
        return {path: each.title for path, each in paths.items() if each.title} | contents
