"""A house's own style has everything of the one it builds on, and states only what differs."""

from __future__ import annotations

import contextlib
import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.site.appearance import look_files
from pipeline.findings.finding import PressError
from pipeline.models.editions import SCREEN
from pipeline.page.style import Style, load_style
from tests.page.identity.looks import FONTS
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED: Final = REPOSITORY / "styles"
OWN: Final = 'format = 2\nname = "ours"\nversion = 1\nbuilds_on = {name = "bulletin", version = 1}\n'


def write(root: Path, name: str, text: str, **files: str) -> None:
    folder = root / name / "1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.toml").write_text(text, "utf-8")
    for file, content in files.items():
        path = folder / file.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")


def loaded(root: Path, name: str = "ours") -> Style:
    return load_style(name, 1, [root, SHIPPED], FONTS)


def codes(root: Path, name: str = "ours") -> list[tuple[str, str]]:
    with pytest.raises(PressError) as raised:
        loaded(root, name)
    return [(each.code, each.place.path if each.place else "") for each in raised.value.findings]


def test_a_style_that_states_nothing_is_the_one_it_builds_on(tmp_path: Path) -> None:
    write(tmp_path, "ours", OWN)
    own, base = loaded(tmp_path), load_style("bulletin", 1, [SHIPPED], FONTS)
    assert own.properties(SCREEN) == base.properties(SCREEN)
    assert (own.sheets, own.templates, own.faces) == (base.sheets, base.templates, base.faces)
    assert (own.plan.name, own.plan.measures, own.plan.is_made_up) == ("ours", base.plan.measures, True)


def test_roles_are_joined_sheets_follow_and_files_of_the_same_name_take_the_place(tmp_path: Path) -> None:
    stated = 'stylesheets = ["house.css", "facts.css"]\n[roles]\nmain = {srgb = "#7A1F5C"}\n'
    stated += "[measures]\nmargin = 50\n"
    sheets = {"house_css": "h3 { color: var(--main) }", "facts_css": ".card { color: var(--ink) }"}
    write(tmp_path, "ours", OWN + stated, **sheets, templates__colophon_html_j2="{# other #}")
    own, base = loaded(tmp_path), load_style("bulletin", 1, [SHIPPED], FONTS)
    assert own.colour("main", SCREEN) == "#7A1F5C"
    assert list(own.sheets) == [*base.sheets, "house.css"]
    assert own.sheets["facts.css"] == sheets["facts_css"]
    assert own.sheets["page.css"] == base.sheets["page.css"]
    assert own.templates == base.templates | {"colophon.html.j2": "{# other #}"}
    assert own.plan.measures == base.plan.measures | {"margin": 50}
    assert set(own.files) >= {
        "styles/ours/1/style.toml",
        "styles/ours/1/facts.css",
        "styles/bulletin/1/style.toml",
        "styles/bulletin/1/page.css",
    }
    assert "styles/bulletin/1/facts.css" not in own.files


def test_the_second_version_of_knowledge_city_copies_nothing_and_has_the_colours_of_the_first() -> None:
    folder = SHIPPED / "knowledge-city" / "2"
    assert [path.name for path in folder.rglob("*")] == ["style.toml"]
    second = load_style("knowledge-city", 2, [SHIPPED], FONTS)
    first = load_style("knowledge-city", 1, [SHIPPED], FONTS)
    for role, token in {"main": "petrol", "accent": "rust", "mid": "mid", "tint": "mist"}.items():
        assert second.plan.tokens[role] == first.plan.tokens[token]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('[roles]\nmian = {srgb = "#7A1F5C"}\n', ("E444", "styles/ours/1/style.toml")),
        ("[roles]\nmain = {srgb = 7}\n", ("E445", "styles/ours/1/style.toml")),
        ("[roles]\nmain = [1]\n", ("E445", "styles/ours/1/style.toml")),
        ("roles = 7\n", ("E71", "styles/ours/1/style.toml")),
        ('stylesheets = ["../../etc.css"]\n', ("E71", "styles/ours/1/style.toml")),
        ('stylesheets = ["none.css"]\n', ("E455", "styles/ours/1/style.toml")),
        ("colour = 1\n", ("E71", "styles/ours/1/style.toml")),
        ('name = "theirs"\n', ("E454", "styles/ours/1/style.toml")),
        ("version = 2\n", ("E454", "styles/ours/1/style.toml")),
        ("= 1\n", ("E71", "styles/ours/1/style.toml")),
        pytest.param("deep = " + "[" * 3000, ("E71", "styles/ours/1/style.toml"), id="nested"),
        ('letter = ["letter.css"]\n', ("E444", "styles/ours/1/letter.css")),
        ('site = ["site.css"]\n', ("E444", "styles/ours/1/site.css")),
    ],
)
def test_what_is_wrong_in_a_style_is_told_where_it_stands(
    tmp_path: Path, stated: str, expected: tuple[str, str]
) -> None:
    odd = {"letter_css": ".mast { color: var(--head) }", "site_css": ".band { color: var(--bnad) }"}
    own = OWN
    for line in OWN.splitlines(keepends=True):
        if stated.partition(" = ")[0] == line.partition(" = ")[0]:
            own = own.replace(line, "")
    write(tmp_path, "ours", own + stated, **odd)
    assert codes(tmp_path) == [expected]


def test_styles_that_build_on_one_another_in_a_circle_or_on_none_are_told(tmp_path: Path) -> None:
    write(tmp_path, "ours", OWN.replace('"bulletin"', '"theirs"'))
    write(tmp_path, "theirs", OWN.replace("bulletin", "ours").replace('name = "ours"\n', 'name = "theirs"\n'))
    assert codes(tmp_path) == [("E71", "styles/theirs/1/style.toml")]
    write(tmp_path, "theirs", OWN.replace("bulletin", "nothing"))
    assert codes(tmp_path) == [("E36", "styles/theirs/1/style.toml")]
    write(tmp_path, "ours", OWN.replace("bulletin", "knowledge-city"))
    assert codes(tmp_path)[0][0] == "E71"


LEAVES: Final = (
    st.none() | st.booleans() | st.integers(-9, 999) | st.text("aA#/.-_1", max_size=9) | st.floats()
)
VALUES: Final = st.recursive(
    LEAVES.filter(lambda value: value is not None),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS: Final = [
    "builds_on",
    "format",
    "name",
    "version",
    "stylesheets",
    "letter",
    "site",
    "families",
    "tokens",
    "roles",
    "measures",
    "page",
    "faces",
    "made_up",
]


@given(field=st.sampled_from(FIELDS), value=VALUES)
def test_whatever_stands_in_style_toml_is_read_or_told_and_never_breaks_the_program(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object
) -> None:
    root = tmp_path_factory.mktemp("odd")
    stated: dict[str, Any] = tomllib.loads(OWN) | {field: value}
    write(root, "ours", "".join(f"{name} = {_toml(each)}\n" for name, each in stated.items()))
    with contextlib.suppress(PressError):
        assert loaded(root).plan.name == "ours"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def test_a_letter_sheet_is_in_colours_and_its_conditions_stay_apart(tmp_path: Path) -> None:
    sheet = (
        "/* of the house */ .mast { background: var(--accent) }\n"
        "@media (prefers-color-scheme: dark) { .mast { background: var(--dark-band) !important } }\n"
    )
    write(tmp_path, "ours", OWN + 'letter = ["letter.css"]\n', letter_css=sheet)
    own = loaded(tmp_path)
    rules = own.letter_rules()
    assert own.colour("accent", SCREEN) in rules.written
    assert "@media" not in rules.written
    assert own.dark["dark-band"] in rules.conditional
    assert "var(" not in rules.written + rules.conditional


def test_a_site_sheet_comes_after_the_colours_of_the_site(tmp_path: Path) -> None:
    write(tmp_path, "ours", OWN + 'site = ["site.css"]\n', site_css=".band { background: var(--paper) }\n")
    name, files = look_files(loaded(tmp_path))
    assert files[f"look/{name}"].decode().endswith(".band { background: var(--paper) }\n")
