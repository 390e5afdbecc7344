"""The files of an issue while they are read: texts, paths and findings collected so far."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pipeline.files.names import Spellings, fitting_name, name_fault, path_fault
from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.files.text.source import LARGEST, Source, read_text
from pipeline.files.yaml_nodes import read_yaml
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.findings.system_faults import reason_of
from pipeline.models.issue import composed
from pipeline.models.publication import EU_EMBLEM
from pipeline.reading.markdown.pictures import is_remote
from pipeline.reading.translations import languages_of, originals_in, translated_name
from pipeline.reading.validation import AnyOf, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_nodes import Mapping as Fields
    from pipeline.models.issue import Places
    from pipeline.models.publication import Publication

T = TypeVar("T")


@dataclass
class IssueFiles:
    """The files of an issue read so far.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        findings: What is wrong.
        sources: The text of each file, by path relative to the workspace.
        files: Every file of the issue, pictures too, by path relative to the workspace.
    """

    folder: Path
    workspace: Workspace
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    _guessed: set[str] = field(default_factory=set)
    _judged: set[str] = field(default_factory=set)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _spelt: Spellings = field(default_factory=Spellings)

    def shown(self, path: Path) -> str:
        """Return a path as findings give it, relative to the workspace."""
        return path.relative_to(self.workspace.root).as_posix()

    def file(self, base: Path, name: str, named_at: Place, known: Iterable[str]) -> Path | None:
        """Return the path of a named file, or None with a finding.

        Args:
            base: The folder it must lie in.
            name: As it is written.
            named_at: The place where it is named.
            known: Names to suggest from where there is no such file.
        """
        try:
            path = owned_file(base, name)
        except RefusedNameError as refused:
            others = [other for other in known if other != name]
            # The ending is what is forgotten most often.
            whole = next((other for other in others if other.rpartition(".")[0] == name), "")
            guess = (whole or nearest(name, others, closeness=0.75)) if refused.code == "E01" else ""
            self._guessed.add(guess)
            # What publication.yaml names lies beside it, where one would not look first.
            is_beside = refused.code == "E01" and base == self.workspace.issues
            said = f"{self.shown(base)}/{name}" if is_beside else name
            self.findings.append(found(refused.code, named_at, name=said[:200], guess=guess))
            return None
        shown = self.shown(path)
        self.files[shown] = path
        self._hold_to_the_rule(shown, name, named_at)
        return path

    def _hold_to_the_rule(self, shown: str, name: str, named_at: Place) -> None:
        """Find a name that not every system takes (E78), and one that some take for another (E79)."""
        if shown in self._judged:
            return
        self._judged.add(shown)
        last = shown.rpartition("/")[2]
        if problem := path_fault(shown):
            guess = self._fitting(shown) if name_fault(last) else ""
            self.findings.append(found("E78", named_at, name=last, problem=problem, guess=guess))
        other = self._spelt.clash(shown) or self._other_form(shown)
        if other:
            guess = self._fitting(shown) if other.count("/") == shown.count("/") else ""
            self.findings.append(found("E79", named_at, name=name[:200], other=other, guess=guess))

    def _other_form(self, shown: str) -> str:
        """Return a file beside one whose name has the same letters, composed in another way; or nothing.

        Texts are read composed, so that which of the two is meant cannot be known.
        """
        folder, _, last = shown.rpartition("/")
        if last.isascii():
            return ""
        beside = self._names_in(folder)
        return next((each for each in beside if each != last and composed(each) == composed(last)), "")

    def _fitting(self, shown: str) -> str:
        folder, _, last = shown.rpartition("/")
        return fitting_name(last, self._names_in(folder))

    def _names_in(self, folder: str) -> list[str]:
        if folder not in self._names:
            self._names[folder] = [each.name for each in (self.workspace.root / folder).iterdir()]
        return self._names[folder]

    def source(self, base: Path, name: str, named_at: Place, known: Iterable[str] = ()) -> Source | None:
        """Read a named text file; see `file`."""
        path = self.file(base, name, named_at, known)
        if path is None:
            return None
        try:
            data = load(path, LARGEST)
        except OSError as error:
            self.findings.append(found("E89", named_at, name=name, problem=reason_of(error)))
            return None
        source, wrong = read_text(data, self.shown(path))
        self.findings += wrong
        if source is not None:
            self.sources[source.path] = source.text
        return source

    def fields(self, base: Path, name: str) -> Fields | None:
        """Read a YAML file."""
        source = self.source(base, name, Place(self.shown(base / name)))
        if source is None:
            return None
        fields, wrong = read_yaml(source)
        self.findings += wrong
        return fields

    def filled(self, model: type[T] | AnyOf[T], fields: Fields | None, language: str | None) -> T | None:
        """Fill a model from fields that could be read."""
        if fields is None:
            return None
        filled = fill(model, fields, language)
        self.findings += filled[1]
        return filled[0]

    # what the files name

    def check_picture(self, name: str, place: Place) -> None:
        """Check that a picture of the issue exists; one on the web has been refused already."""
        if name and not is_remote(name):
            self.file(self.folder, name, place, self._pictures)

    @functools.cached_property
    def _pictures(self) -> list[str]:
        """Names to suggest from where a picture is not found."""
        return [
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix.lower() not in {".md", ".yaml"} and path.is_file()
        ]

    def check_files_of(self, publication: Publication, places: Places) -> None:
        """Check that the files named in publication.yaml exist."""
        named = {
            f"funders.{index}.{name}": getattr(funder, name)
            for index, funder in enumerate(publication.funders)
            for name in ("logo", "logo_cmyk")
        }
        if (identity := publication.identity) is not None:
            named |= {f"identity.{name}": getattr(identity, name) for name in ("logo", "logo_cmyk")}
        named["press.profile"] = publication.press.profile
        for path, name in named.items():
            if name is not None and name != EU_EMBLEM:
                self.file(self.workspace.issues, name, places[path], [EU_EMBLEM])

    def find_unlisted(self, names: Mapping[str, Place]) -> None:
        """Find the articles in the folder that issue.yaml does not list (W02)."""
        for name, path in originals_in(self.folder).items():
            if name not in names and path.name not in self._guessed:
                self.findings.append(found("W02", Place(self.shown(path)), name=name))

    def find_untranslated(self, names: Mapping[str, Place]) -> None:
        """Find the articles without a translation into a language of the issue (W08)."""
        for language in languages_of(self.folder):
            for name, place in names.items():
                wanted = translated_name(name, language)
                try:
                    owned_file(self.folder, wanted)
                except RefusedNameError:
                    finding = found("W08", place, name=name, language=language, wanted=wanted)
                    self.findings.append(finding)
