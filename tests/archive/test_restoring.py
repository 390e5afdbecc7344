"""The workspace in an archive PDF builds the same file, and one that was tampered with is refused."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.restoring import restore
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.names import is_source_path
from pipeline.files.workspace import Workspace
from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import ArchiveError
from pipeline.models.editions import ARCHIVE
from tests.conftest import run_bulletin
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "bulletin-2023-12-20-archive.pdf"


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An archive PDF of a small issue."""
    root = tmp_path_factory.mktemp("archived") / "w"
    shutil.copytree(GOOD, root)
    workspace = Workspace(root)
    order = BuildRequest(workspace.choose_issue(), workspace, root / "out", editions=(ARCHIVE,), fresh=True)
    return build(order).paths[0].read_bytes()


def attached(data: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(name): content.get_file().read_bytes() for name, content in pdf.attachments.items()}


def changed(data: bytes, files: dict[str, bytes], *, listed: bool = False) -> bytes:
    """Return an archive with other attachments; where `listed`, the lock lists them as they are."""
    if listed:
        record = json.loads(files["lock.json"])
        record["inputs"] |= {
            name: hashlib.sha256(content).hexdigest()
            for name, content in files.items()
            if name != "lock.json"
        }
        files = files | {"lock.json": json.dumps(record).encode()}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.Names.EmbeddedFiles
        names: list[Any] = []
        for name, content in files.items():
            stream = pdf.make_stream(zlib.compress(content), Filter=pikepdf.Name.FlateDecode)
            path = pikepdf.String(name)
            names += [path, pikepdf.Dictionary(F=path, UF=path, EF=pikepdf.Dictionary(F=stream))]
        pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def repacked(data: bytes, pack: Callable[[pikepdf.Pdf, bytes], pikepdf.Stream]) -> bytes:
    """Return an archive with the same attachments, packed in another way."""
    files = attached(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names: list[Any] = []
        for name, content in files.items():
            path = pikepdf.String(name)
            stream = pack(pdf, content)
            names += [path, pikepdf.Dictionary(F=path, UF=path, EF=pikepdf.Dictionary(F=stream))]
        pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))
        target = io.BytesIO()
        pdf.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return target.getvalue()


def in_a_list(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pdf.make_stream(zlib.compress(content), Filter=pikepdf.Array([pikepdf.Name.FlateDecode]))


def unpacked(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pdf.make_stream(content)


def twice(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    return pdf.make_stream(zlib.compress(zlib.compress(content)), Filter=filters)


def as_hexadecimal(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pdf.make_stream(content.hex().encode() + b">", Filter=pikepdf.Name.ASCIIHexDecode)


@pytest.mark.parametrize("pack", [in_a_list, unpacked])
def test_attachments_are_restored_however_they_are_packed(
    archived: bytes, tmp_path: Path, pack: Callable[[pikepdf.Pdf, bytes], pikepdf.Stream]
) -> None:
    restore(archived, NAME, tmp_path / "own")
    restore(repacked(archived, pack), NAME, tmp_path / "other")

    def files(root: Path) -> dict[str, bytes]:
        return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}

    assert files(tmp_path / "other") == files(tmp_path / "own")


@pytest.mark.parametrize("pack", [twice, as_hexadecimal])
def test_attachments_packed_as_no_archive_packs_them_are_refused(
    archived: bytes, tmp_path: Path, pack: Callable[[pikepdf.Pdf, bytes], pikepdf.Stream]
) -> None:
    (tmp_path / "in").mkdir()
    assert refused(repacked(archived, pack), tmp_path / "in" / "back")[0][0] == "E92"


def refused(data: bytes, to: Path) -> list[tuple[str, str]]:
    """Return codes and names of the findings for a refused archive; check that no files are left."""
    before = sorted(to.parent.rglob("*"))
    with pytest.raises(ArchiveError) as error:
        restore(data, NAME, to)
    assert sorted(to.parent.rglob("*")) == before
    return [(finding.code, dict(finding.values).get("name", "")) for finding in error.value.findings]


def test_a_restored_workspace_alone_builds_the_same_bytes(archived: bytes, tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(archived)
    home = tmp_path / "home"
    home.mkdir()
    run = run_bulletin(
        "archive", "restore", NAME, "--to", "back", "--language", "bg", cwd=tmp_path, HOME=str(home)
    )
    assert run.returncode == 0, run.stderr
    assert "файла на броя от 2023-12-20" in run.stdout
    build = run_bulletin(
        "build",
        "--fresh",
        "--edition",
        "archive",
        cwd=tmp_path / "back",
        HOME=str(home),
        XDG_CACHE_HOME=str(home),
        TZ="Pacific/Auckland",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert build.returncode == 0, build.stderr
    assert (tmp_path / "back" / "out" / "2023-12-20" / NAME).read_bytes() == archived


def test_the_restored_style_and_fonts_take_precedence_over_the_programs(
    archived: bytes, tmp_path: Path
) -> None:
    restore(archived, NAME, tmp_path / "back")
    sheet = tmp_path / "back/styles/knowledge-city/1/page.css"
    template = tmp_path / "back/styles/knowledge-city/1/templates/masthead.html.j2"
    sheet.write_text(sheet.read_text("utf-8") + "h1 { color: var(--rust) }\n", "utf-8")
    template.write_text(template.read_text("utf-8").replace("<header", "<p>Преправено</p><header"), "utf-8")
    workspace = Workspace(tmp_path / "back")
    order = BuildRequest(
        workspace.choose_issue(), workspace, tmp_path / "out", editions=(ARCHIVE,), fresh=True
    )
    again = attached(build(order).paths[0].read_bytes())
    assert "Преправено" in again["styles/knowledge-city/1/templates/masthead.html.j2"].decode()
    assert again["styles/knowledge-city/1/page.css"].decode().endswith("var(--rust) }\n")


def test_all_files_that_are_read_are_attached_and_no_others(archived: bytes) -> None:
    files = attached(archived)
    issue = {name for name in files if name.startswith("issues/")}
    assert issue == {
        "issues/publication.yaml",
        "issues/logos/norway.png",
        "issues/2023-12-20/issue.yaml",
        "issues/2023-12-20/tower.md",
        "issues/2023-12-20/project.md",
        "issues/2023-12-20/images/tower.png",
    }
    assert {name.split("/")[0] for name in files} == {"issues", "styles", "fonts", "lock.json"}
    assert "fonts/source-serif/OFL.txt" in files
    record = json.loads(files["lock.json"])
    listed = record["inputs"] | record["style"] | record["templates"] | record["fonts"]
    assert listed == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "lock.json"
    }


def test_each_attachment_has_its_relationship(archived: bytes) -> None:
    with pikepdf.open(io.BytesIO(archived)) as pdf:
        relationships = {
            str(specification.UF): str(specification.AFRelationship) for specification in pdf.Root.AF
        }
        dates = {str(specification.EF.F.Params.ModDate) for specification in pdf.Root.AF}
    assert relationships["issues/2023-12-20/tower.md"] == "/Source"
    assert relationships["fonts/sofia-sans/SofiaSans-Bold.ttf"] == "/Supplement"
    assert relationships["lock.json"] == "/Data"
    assert dates == {"D:20231220000000Z"}


def test_one_changed_byte_in_any_file_is_named(archived: bytes, tmp_path: Path) -> None:
    files = attached(archived)
    for name in files.keys() - {"lock.json"}:
        content = bytearray(files[name])
        content[len(content) // 2] ^= 1
        assert refused(changed(archived, files | {name: bytes(content)}), tmp_path / "back") == [
            ("E94", name)
        ]


def test_a_missing_file_and_an_added_one_are_named(archived: bytes, tmp_path: Path) -> None:
    files = attached(archived)
    lacking = {name: content for name, content in files.items() if not name.endswith("tower.md")}
    assert refused(changed(archived, lacking), tmp_path / "back") == [("E95", "issues/2023-12-20/tower.md")]
    more = files | {"issues/2023-12-20/extra.md": b"x"}
    assert refused(changed(archived, more), tmp_path / "back") == [("E95", "issues/2023-12-20/extra.md")]


@pytest.mark.parametrize(
    "path",
    [
        "../out.md",
        "issues/../../out.md",
        "/etc/passwd",
        "issues//out.md",
        "issues/./out.md",
        "issues/2023-12-20/..",
        "C:/out.md",
        "issues\\..\\..\\out.md",
        "issues/a:stream",
        "issues/con.md",
        "issues/NUL",
        "issues/tower.md ",
        "issues/tower.",
        "issues/a\nb.md",
        "issues/\u202eout.md",
        "out.md",
        "pipeline/cli.py",
        "issues/.git/config",
        "issues/" + "a" * 300,
        "issues/" + "a/" * 250 + "b",
        "issues/2023-12-20/tower.md/inner.md",
        "issues/2023-12-20/Tower.md",
        "issues/2023-12-20/",
        "",
    ],
)
def test_paths_outside_the_folder_and_ambiguous_paths_are_refused(
    archived: bytes, tmp_path: Path, path: str
) -> None:
    files = attached(archived) | {path: b"x"}
    found = refused(changed(archived, files, listed=True), tmp_path / "back")
    assert {code for code, _ in found} == {"E93"}
    assert not list(tmp_path.parent.glob("out.md"))


def test_a_path_named_twice_is_refused(archived: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(archived)) as pdf:
        names = pdf.Root.Names.EmbeddedFiles
        entries = list(names.Names) if "/Names" in names else list(names.Kids[0].Names)
        pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array([*entries, *entries[:2]]))
        target = io.BytesIO()
        pdf.save(target)
    assert [code for code, _ in refused(target.getvalue(), tmp_path / "back")] == ["E93"]


@given(st.text(max_size=40))
def test_a_safe_path_stays_within_the_folder(path: str) -> None:
    if is_source_path(path):
        base = Path("/workspace")
        assert (base / path).resolve().is_relative_to(base)
        assert path.split("/", maxsplit=1)[0] in {"issues", "styles", "fonts"}


def test_an_attachment_that_unpacks_beyond_the_limit_is_refused(
    archived: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.archive.restoring.LARGEST_FILE", 2_000_000)
    files = attached(archived) | {"issues/2023-12-20/zeros.md": b"\0" * 3_000_000}
    found = refused(changed(archived, files, listed=True), tmp_path / "back")
    assert found == [("E97", "issues/2023-12-20/zeros.md")]
    monkeypatch.setattr("pipeline.archive.restoring.MOST_FILES", 3)
    assert [code for code, _ in refused(archived, tmp_path / "back")] == ["E97"]


@pytest.mark.parametrize("spoil", [b"", b"%PDF-1.7\n", b"no pdf at all"])
def test_a_file_without_a_workspace_is_refused(spoil: bytes, tmp_path: Path) -> None:
    assert [code for code, _ in refused(spoil, tmp_path / "back")] == ["E92"]


def test_an_archive_without_its_lock_is_none(archived: bytes, tmp_path: Path) -> None:
    files = attached(archived)
    lock = files.pop("lock.json")
    assert [code for code, _ in refused(changed(archived, files), tmp_path / "back")] == ["E92"]
    for odd in (b"[]", b"{", b'{"format": 1}', lock.replace(b'"2023-12-20"', b'"../2023"'), b"[" * 100_000):
        again = changed(archived, files | {"lock.json": odd})
        assert [code for code, _ in refused(again, tmp_path / "back")] == ["E92"]


def test_a_locked_file_is_refused(archived: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(archived)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert [code for code, _ in refused(target.getvalue(), tmp_path / "back")] == ["E92"]


def test_a_folder_that_is_not_empty_is_not_changed(archived: bytes, tmp_path: Path) -> None:
    kept = tmp_path / "back" / "mine.txt"
    kept.parent.mkdir()
    kept.write_text("моето", "utf-8")
    assert [code for code, _ in refused(archived, tmp_path / "back")] == ["E96"]
    assert kept.read_text("utf-8") == "моето"
    assert [code for code, _ in refused(archived, kept)] == ["E96"]


def test_an_empty_folder_is_filled(archived: bytes, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    assert restore(archived, NAME, tmp_path / "back").issue == "2023-12-20"
    assert (tmp_path / "back/issues/publication.yaml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["back"]


def test_the_codes_are_known() -> None:
    assert {"E92", "E93", "E94", "E95", "E96", "E97"} <= CODES.keys()
