"""The faces of a house: pairs that are offered, its own from fonts/, and what is wrong with these."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from pipeline.models.identity import Identity
from pipeline.page.identity.faces import PAIRS
from pipeline.page.identity.house import House
from pipeline.page.identity.house_look import house_look
from tests.page.identity.looks import FONTS, PLAN, look

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.page.identity.house import HouseLook

SERIF = FONTS[0] / "source-serif"


def own_look(root: Path, language: str = "bg") -> HouseLook:
    identity = Identity.model_validate({"type": {"text": "our-serif", "head": "montserrat"}})
    return house_look(PLAN, House(identity, language), [root, *FONTS])


def own_serif(root: Path, *names: str) -> Path:
    folder = root / "our-serif"
    folder.mkdir()
    for name in names:
        shutil.copy(SERIF / f"SourceSerif-{name}.ttf", folder / f"Own-{name}.ttf")
    return folder


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("language", ["bg", "en", "ru", "sr", "uk"])
def test_a_pair_has_what_the_sheets_ask_for_in_every_language(pair: str, language: str) -> None:
    plan = look({"type": pair}, language=language).plan
    assert set(plan.families) == {"text", "head", "small", "code"}
    cuts = {(face.family, face.weight, face.italic) for face in plan.faces}
    text, head = plan.families["text"], plan.families["head"]
    assert {(text, 400, False), (text, 400, True), (text, 600, False), (text, 700, True)} <= cuts
    assert {(head, 400, False), (head, 600, False), (head, 700, False)} <= cuts
    assert all((FONTS[0] / face.file).is_file() for face in plan.faces)


@pytest.mark.parametrize("language", ["sr", "mk", "uk"])
def test_a_face_with_bulgarian_forms_alone_sets_no_other_language_in_cyrillic(language: str) -> None:
    for pair in PAIRS:
        families = look({"type": pair}, language=language).plan.families
        assert "Sofia Sans" not in families.values()
    assert look(language="sr-Latn").plan.families["head"] == "Sofia Sans"


def test_every_face_that_is_offered_may_be_embedded_and_is_free_of_the_machine() -> None:
    faces = list(FONTS[0].rglob("*.ttf"))
    assert faces
    for path in faces:
        with TTFont(path) as tables:
            assert tables["OS/2"].fsType == 0, path
            assert "fvar" not in tables
        assert (path.parent / "OFL.txt").is_file()


def test_a_house_sets_in_its_own_face(tmp_path: Path) -> None:
    own_serif(tmp_path, "Regular", "Italic")
    look_of_house = own_look(tmp_path)
    assert look_of_house.findings == ()
    assert look_of_house.plan.families["text"] == "House OurSerif"
    assert look_of_house.plan.families["head"] == "Montserrat"
    files = [face.file for face in look_of_house.plan.faces if face.family == "House OurSerif"]
    assert files == ["our-serif/Own-Italic.ttf", "our-serif/Own-Regular.ttf"]


def test_a_face_that_may_not_be_embedded_is_refused(tmp_path: Path) -> None:
    folder = own_serif(tmp_path, "Regular")
    with TTFont(folder / "Own-Regular.ttf") as tables:
        tables["OS/2"].fsType = 2
        tables.save(folder / "Own-Regular.ttf")
    (folder / "Own-Broken.ttf").write_bytes(b"no font")
    findings = own_look(tmp_path).findings
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("E448", "fonts/our-serif/Own-Broken.ttf"),
        ("E448", "fonts/our-serif/Own-Regular.ttf"),
    ]


def test_a_face_without_the_letters_of_the_language_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FONTS[0] / "noto-emoji", tmp_path / "our-serif")
    (finding,) = own_look(tmp_path).findings
    assert finding.code == "E449"
    assert dict(finding.values)["letters"].startswith("а б в г")


def test_a_face_without_bulgarian_forms_is_told_of(tmp_path: Path) -> None:
    folder = own_serif(tmp_path, "Regular")
    with TTFont(folder / "Own-Regular.ttf") as tables:
        scripts = tables["GSUB"].table.ScriptList.ScriptRecord
        for script in scripts:
            script.Script.LangSysRecord = []
        tables.save(folder / "Own-Regular.ttf")
    assert [finding.code for finding in own_look(tmp_path, "bg").findings] == ["W441"]
    assert own_look(tmp_path, "ru").findings == ()
