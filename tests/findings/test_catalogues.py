"""The catalogues are complete, and their tool reports what is missing."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.catalog import Catalog

from pipeline.typography import localisation
from pipeline.typography.microtypography.setting import set_text
from tests.support import catalogues
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PAIRS: Final = [
    (domain, language) for domain, languages in catalogues.DOMAINS.items() for language in languages
]
HEAD: Final = 'msgid ""\nmsgstr ""\n"Language: bg\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two messages, in a folder of its own."""
    monkeypatch.setattr(catalogues, "used_messages", lambda _: {"Issue {number}", ("{n} page", "{n} pages")})
    path = catalogues.catalogue_path("page", "bg", tmp_path)
    path.parent.mkdir(parents=True)
    return path


def _faults_of(path: Path, text: str) -> list[str]:
    path.write_text(HEAD + text, encoding="utf-8")
    path.with_suffix(".mo").write_bytes(catalogues.compiled(path, "bg"))
    return catalogues.faults("page", "bg", path.parents[2])


WHOLE: Final = (
    'msgid "Issue {number}"\nmsgstr "Брой {number}"\n\n'
    'msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] "{n} страница"\nmsgstr[1] "{n} страници"\n'
)


@pytest.mark.parametrize(("domain", "language"), PAIRS)
def test_every_catalogue_is_whole_and_compiled(domain: str, language: str) -> None:
    assert catalogues.faults(domain, language) == []


@pytest.mark.parametrize("language", catalogues.DOMAINS["page"])
def test_labels_are_set_as_a_page_is(language: str) -> None:
    path = catalogues.catalogue_path("page", language).with_suffix(".mo")
    with path.open("rb") as file:
        held = gettext.GNUTranslations(file)
    for texts in catalogues.used_messages("page"):
        singular = texts if isinstance(texts, str) else texts[0]
        shown = held.gettext(singular) if isinstance(texts, str) else held.ngettext(texts[0], texts[1], 2)
        # What has a number or a date for a placeholder is set when that is known.
        if "{" not in shown:
            assert set_text(shown, language).replace("\u00a0", " ") == shown


def test_labels_of_code_and_templates_are_gathered() -> None:
    found = catalogues.used_messages("page")
    assert "In this issue" in found  # a template
    assert "until {date}" in found  # code
    assert ("{n} organisation", "{n} organisations") in found
    assert localisation.label("In this issue", "uk") == "У цьому номері"


def test_messages_are_found_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(
        "a = label('One', x)\n"
        "b = f'{thing.label(\"Two\", x)}, {y}'\n"
        "c = [label(name, x) for name in ('Three', 'Four')]\n"
        "d = plural_label('{n} five', '{n} fives', n, x)\n"
        "e = label(computed, x)\n"
        "f = other('Six')\n",
        encoding="utf-8",
    )
    (tmp_path / "page.html.j2").write_text('<p>{{ label("Seven") }}{{ label(kind) }}</p>', encoding="utf-8")
    assert catalogues.used_messages("page", tmp_path) == {
        "One",
        "Two",
        "Three",
        "Four",
        ("{n} five", "{n} fives"),
        "Seven",
    }


def test_a_whole_catalogue_has_no_faults(kept: Path) -> None:
    assert _faults_of(kept, WHOLE) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("Брой {number}", ""), "bg/page.po: not translated: Issue {number}"),
        (("Брой {number}", "Брой"), "bg/page.po: other placeholders: Issue {number}"),
        (("Брой {number}", "Брой {no}"), "bg/page.po: other placeholders: Issue {number}"),
        (("{n} страници", "страници"), "bg/page.po: other placeholders: {n} page"),
        (("{n} страници", ""), "bg/page.po: not translated: {n} page"),
        (('msgid "Issue', '#, fuzzy\nmsgid "Issue'), "bg/page.po: marked as doubtful: Issue {number}"),
    ],
)
def test_a_translation_that_is_not_right_is_a_fault(kept: Path, change: tuple[str, str], fault: str) -> None:
    assert _faults_of(kept, WHOLE.replace(*change)) == [fault]


def test_what_is_missing_or_without_use_is_a_fault(kept: Path) -> None:
    first, second = WHOLE.split("\n\n")
    assert _faults_of(kept, second) == ["bg/page.po: not gathered: Issue {number}"]
    used_up = 'msgid "Old"\nmsgstr "Старо"\n\n'
    assert _faults_of(kept, used_up + WHOLE) == ["bg/page.po: no longer used: Old"]
    laid_by = '\n#~ msgid "Old"\n#~ msgstr "Старо"\n'
    assert _faults_of(kept, f"{first}\n\n{second}{laid_by}") == ["bg/page.po: no longer used: Old"]


def test_a_catalogue_that_is_not_compiled_is_a_fault(kept: Path) -> None:
    assert _faults_of(kept, WHOLE) == []
    kept.write_text(HEAD + WHOLE.replace("Брой", "Издание"), encoding="utf-8")
    assert catalogues.faults("page", "bg", kept.parents[2]) == ["bg/page.po: not compiled"]
    kept.with_suffix(".mo").unlink()
    assert catalogues.faults("page", "bg", kept.parents[2]) == ["bg/page.po: not compiled"]
    kept.unlink()
    assert catalogues.faults("page", "bg", kept.parents[2]) == ["bg/page.po: missing"]


def test_renewing_keeps_translations_and_lays_by_what_is_not_used() -> None:
    old = Catalog(locale="bg")
    old.add("Kept", "Запазено")
    old.add("Old", "Старо")
    new = catalogues.renewed(old, {"Kept", "New"})
    assert {message.id: message.string for message in new if message.id} == {"Kept": "Запазено", "New": ""}
    assert [message.id for message in new.obsolete.values()] == ["Old"]
    again = catalogues.renewed(new, {"Old"})
    assert {message.id: message.string for message in again if message.id} == {"Old": "Старо"}
    assert not catalogues.renewed(old, {"Kept"}, drop=True).obsolete


def test_renewing_twice_changes_nothing(tmp_path: Path) -> None:
    catalogues.renew(["page"], tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.rglob("page.*")}
    catalogues.renew(["page"], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("page.*")} == first
    held = catalogues.catalogue_path("page", "ru").read_bytes()
    path = catalogues.catalogue_path("page", "ru", tmp_path)
    path.write_bytes(held)
    catalogues.renew(["page"], tmp_path)
    assert path.read_bytes() == held


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    def ran(word: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", catalogues.__name__, word]
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
        )

    whole, wrong = ran("check"), ran("tell")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert wrong.returncode == 1
    assert "renew" in wrong.stderr
