"""Reading the folder of an issue."""

from __future__ import annotations

import errno
import os
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.files.workspace import find_workspace
from pipeline.findings.codes.register import CODES
from pipeline.findings.place import Place
from pipeline.findings.wording.wording import remedy_id
from pipeline.models.kinds.article import PlainHead
from pipeline.models.kinds.project import ProjectHead
from pipeline.models.text import Figure, Measure
from pipeline.models.tree import nodes_of
from pipeline.reading import issue_files
from pipeline.reading.issue_reader import Reading, read_issue
from pipeline.reading.translations import languages_of
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pipeline.models.issue import Issue

DATE = "issues/2023-12-20"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "workspace"))


def read(root: Path, language: str | None = None) -> Reading:
    workspace = find_workspace(root)
    return read_issue(workspace.choose_issue(), workspace, language)


def sound(root: Path, language: str | None = None) -> Issue:
    result = read(root, language)
    assert result.findings == ()
    assert result.issue is not None
    return result.issue


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def translate(root: Path) -> None:
    folder = root / DATE
    (folder / "issue.en.yaml").write_text(
        "format: 1\ntitle: Projects\nsections:\n  - title: News\n  - {title: Projects, lead: All}\n"
    )
    (folder / "tower.en.md").write_text("---\ntitle: The tower\n---\nFirst.\n")
    (folder / "project.en.md").write_text("---\ntitle: Bridges\nfunder: norway\n---\nIt spans.\n")


def test_an_issue_is_read_whole(root: Path) -> None:
    issue = sound(root)
    assert (issue.folder, issue.language, issue.number) == (DATE, "bg", 2)
    assert issue.date.isoformat() == "2023-12-20"
    assert issue.publication.title == "Вести"
    assert [(section.number, section.title) for section in issue.sections] == [(1, "Новини"), (2, "Проекти")]
    tower, project = issue.articles
    assert isinstance(tower.head, PlainHead)
    assert isinstance(project.head, ProjectHead)
    assert project.head.partners is not None
    assert project.head.partners.countries == ("BG", "ES")
    assert project.places["partners.countries.1"] == Place(f"{DATE}/project.md", 6, 46, 2)
    assert issue.places["sections.1.title"] == Place(f"{DATE}/issue.yaml", 9, 12, 7)
    assert issue.publication_places["title"] == Place("issues/publication.yaml", 2, 13, 5)


def test_the_cover_leads_with_the_first_picture_of_its_article(root: Path) -> None:
    issue = sound(root)
    assert issue.cover_article == "tower.md"
    assert issue.cover is not None
    assert issue.cover.source == "images/tower.png"


def test_the_cover_may_have_a_picture_of_its_own(root: Path) -> None:
    own = "cover: {picture: images/tower.png, alternative: Кула, credit: Иван}"
    change(root / DATE / "issue.yaml", "cover: {article: tower.md}", own)
    cover = sound(root).cover
    assert cover is not None
    assert (cover.alternative, cover.credit, cover.measure) == ("Кула", "Иван", Measure.WIDE)
    assert cover.place == Place(f"{DATE}/issue.yaml", 5, 18, 16)


def test_every_file_the_issue_is_made_from_is_named(root: Path) -> None:
    result = read(root)
    assert sorted(result.files) == [
        f"{DATE}/images/tower.png",
        f"{DATE}/issue.yaml",
        f"{DATE}/project.md",
        f"{DATE}/tower.md",
        "issues/logos/norway.png",
        "issues/publication.yaml",
    ]
    assert all(path.is_file() for path in result.files.values())
    assert sorted(result.sources) == [name for name in sorted(result.files) if not name.endswith(".png")]


def test_a_translation_takes_its_facts_from_the_original(root: Path) -> None:
    translate(root)
    assert languages_of(root / DATE) == ["en"]
    issue = sound(root, "en")
    assert (issue.language, issue.title, issue.publication.title) == ("en", "Projects", "News")
    assert [section.lead for section in issue.sections] == [None, "All"]
    project = issue.articles[1]
    assert project.name == "project.md"
    assert isinstance(project.head, ProjectHead)
    assert project.head.title == "Bridges"
    assert project.head.funder == "norway"
    assert project.head.budget is not None
    assert project.places["title"].path == f"{DATE}/project.en.md"
    assert project.places["budget"].path == f"{DATE}/project.md"
    assert sound(root).title == "Проекти и инициативи"


@pytest.mark.parametrize("language", ["../../etc", "", "b g", "\0", "x" * 500])
def test_a_language_that_is_none_opens_no_file(root: Path, language: str) -> None:
    result = read(root, language)
    assert [finding.code for finding in result.findings] == ["E35"]
    assert result.files == {}


def test_a_language_the_publication_lacks_is_refused(root: Path) -> None:
    result = read(root, "fr")
    assert [finding.code for finding in result.findings] == ["E90"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_cyrillic_letters_and_spaces_are_read_in_either_form(
    root: Path, form: Literal["NFC", "NFD"]
) -> None:
    folder = root / DATE
    article, picture = (unicodedata.normalize(form, name) for name in ("моят йогурт.md", "йога.png"))
    (folder / "tower.md").rename(folder / article)
    (folder / "images/tower.png").rename(folder / "images" / picture)
    change(folder / "issue.yaml", "{article: tower.md}", "{article: моят йогурт.md}")
    change(folder / "issue.yaml", "[tower.md]", "[моят йогурт.md]")
    change(folder / article, "(images/tower.png", "(images/йога.png")
    result = read(root)
    assert result.findings == ()
    (figure,) = nodes_of(Figure, result.issue.articles[0].body if result.issue else ())
    assert figure.picture.source == "images/йога.png"
    assert result.files[f"{DATE}/images/{picture}"].is_file()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_form_of_the_files_changes_nothing(
    root: Path, tmp_path: Path, ends: str, mark: str, form: Literal["NFC", "NFD"]
) -> None:
    other = Path(shutil.copytree(root, tmp_path / "other"))
    for path in other.rglob("*"):
        if path.suffix in {".md", ".yaml"}:
            text = unicodedata.normalize(form, mark + path.read_text("utf-8"))
            path.write_bytes(text.replace("\n", ends).encode())
    assert sound(other) == sound(root)
    assert sound(other).places == sound(root).places


def test_findings_carry_the_line_they_point_at(root: Path) -> None:
    change(root / DATE / "issue.yaml", "  - title: Новини", "  - titel: Новини")
    (finding,) = read(root).findings
    assert finding.excerpt == "  - titel: Новини"
    assert (CODES[finding.code].message, remedy_id(finding)) == ("unknown field “{name}”", "write “{guess}”")


def test_a_fault_in_one_file_hides_none_in_another(root: Path) -> None:
    (root / "issues/publication.yaml").write_text("title: [")
    (root / DATE / "issue.yaml").write_text("title: 'не затворено\n")
    change(root / DATE / "tower.md", "title:", "titel:")
    change(root / DATE / "project.md", "294500 EUR", "много")
    assert [finding.code for finding in read(root).findings] == ["E10", "E21", "E12", "E10"]


def test_files_and_out_folders_are_left_alone(root: Path) -> None:
    for name in ("filed", "out"):
        (root / DATE / name).mkdir()
        (root / DATE / name / "old.md").write_text("no article")
    sound(root)


def test_a_file_the_system_refuses_is_a_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, limit: int) -> bytes:
        if path.name == "tower.md":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return path.read_bytes()[: limit + 1]

    monkeypatch.setattr(issue_files, "load", refuse)
    result = read(root)
    assert result.issue is None
    assert [(finding.code, finding.place) for finding in result.findings] == [
        ("E89", Place(f"{DATE}/issue.yaml", 8, 16, 8))
    ]


ODD = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.text(alphabet="аb:- \n[]{}\"'#1", max_size=200).map(str.encode),
)


@pytest.fixture(scope="module")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("shared") / "workspace"))


@pytest.mark.parametrize("name", [f"{DATE}/issue.yaml", f"{DATE}/tower.md", "issues/publication.yaml"])
@given(data=ODD)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_file_however_odd_breaks_reading(shared_root: Path, name: str, data: bytes) -> None:
    path = shared_root / name
    before = path.read_bytes()
    try:
        path.write_bytes(data)
        result = read(shared_root)
    finally:
        path.write_bytes(before)
    assert result.issue is None
    assert any(finding.code.startswith("E") for finding in result.findings)


SCALARS = st.one_of(
    st.sampled_from(
        ["", "~", "1", "-1", "1e9", "2023-12-20", "[]", "{}", "[[a]]", "{a: b}", "a.md", "'", "да"]
    ),
    st.text(alphabet="аb1.-/ ", max_size=10),
)


@given(
    field=st.sampled_from(["kind", "budget", "period", "partners", "funder", "title", "url"]), value=SCALARS
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_value_in_any_field_breaks_reading(shared_root: Path, field: str, value: str) -> None:
    path = shared_root / DATE / "project.md"
    before = path.read_bytes()
    fields = {"kind": "project", "title": "Мостове"} | {field: value}
    try:
        front = "".join(f"{key}: {text}\n" for key, text in fields.items())
        path.write_text(f"---\n{front}---\nТекст.\n", "utf-8")
        result = read(shared_root)
    finally:
        path.write_bytes(before)
    assert (result.issue is None) == any(finding.code.startswith("E") for finding in result.findings)


@given(
    where=st.sampled_from(["format", "number", "date", "title", "language", "greeting", "cover", "sections"]),
    value=SCALARS,
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_value_in_issue_yaml_breaks_reading(shared_root: Path, where: str, value: str) -> None:
    path = shared_root / DATE / "issue.yaml"
    before = path.read_bytes()
    fields = {
        "format": "1",
        "number": "2",
        "date": "2023-12-20",
        "title": "Т",
        "sections": "[{title: А, articles: [tower.md, project.md]}]",
    } | {where: value}
    try:
        path.write_text("".join(f"{key}: {text}\n" for key, text in fields.items()), "utf-8")
        result = read(shared_root)
    finally:
        path.write_bytes(before)
    assert (result.issue is None) == any(finding.code.startswith("E") for finding in result.findings)


@pytest.mark.parametrize(
    ("written", "guess"), [("tover.md", "tower.md"), ("tower3.md", "tower2.md"), ("нещо-друго.md", "")]
)
def test_of_near_names_that_of_an_article_no_section_names_is_proposed(
    root: Path, written: str, guess: str
) -> None:
    folder = root / DATE
    change(folder / "issue.yaml", "cover: {article: tower.md}\n", "")
    change(
        folder / "issue.yaml",
        "[tower.md]",
        f"[{written}]" if guess != "tower2.md" else f"[tower.md, {written}]",
    )
    if guess == "tower2.md":
        shutil.copy(folder / "tower.md", folder / "tower2.md")
    findings = [finding for finding in read(root).findings if finding.code == "E01"]
    assert [dict(finding.values)["guess"] for finding in findings] == [guess]


def test_a_misspelt_article_of_an_issue_whose_files_are_all_named_is_answered_with_the_nearest(
    root: Path,
) -> None:
    change(root / DATE / "issue.yaml", "[project.md]", "[project.md, towerr.md]")
    (finding,) = [finding for finding in read(root).findings if finding.code == "E01"]
    assert dict(finding.values)["guess"] == "tower.md"


@pytest.mark.parametrize(
    ("funding", "expected"),
    [
        ("programme: Еразъм+", ["W01"]),
        ("programme: Еразъм+\nfunder: eu", []),
        ("programme: Еразъм+\nfunder: norvay", ["E34"]),
        ("funder: norway", []),
    ],
)
def test_a_programme_is_named_with_its_funder(root: Path, funding: str, expected: list[str]) -> None:
    change(root / DATE / "project.md", "funder: eu", funding)
    assert [finding.code for finding in read(root).findings] == expected


def test_an_issue_in_a_language_its_publication_does_not_have_is_still_read(root: Path) -> None:
    change(root / DATE / "issue.yaml", "format: 1\n", "format: 1\nlanguage: de\n")
    result = read(root)
    assert [finding.code for finding in result.findings] == ["E90"]
    assert result.issue is None
    assert result.readable is not None
    assert (result.readable.publication.title, len(result.readable.articles)) == ("Вести", 2)
