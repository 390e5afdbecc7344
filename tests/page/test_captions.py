"""Captions name a photograph as one, and a drawing as a picture."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.workspace import find_workspace
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path


def composed(root: Path) -> str:
    workspace = find_workspace(root)
    valid = check_issue(workspace.choose_issue(), workspace).valid()
    assets = page_assets_of(valid, SCREEN)
    return compose_html(valid.issue, SCREEN, valid.style, assets.pictures)


@pytest.mark.parametrize(
    ("name", "is_noisy", "label"),
    [("tower.jpg", False, "Снимка"), ("tower.png", True, "Снимка"), ("tower.png", False, "Изображение")],
)
def test_a_credit_names_what_it_is_of(tmp_path: Path, name: str, is_noisy: bool, label: str) -> None:  # noqa: FBT001
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)
    picture = Image.effect_noise((800, 600), 60) if is_noisy else Image.new("RGB", (800, 600), "white")
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG" if name.endswith("jpg") else "PNG")
    article = root / "issues/2023-12-20/tower.md"
    (article.parent / "images" / name).write_bytes(target.getvalue())
    article.write_text(article.read_text("utf-8").replace("tower.png", name), "utf-8")
    assert f"{label}: Иван Иванов" in composed(root)


def test_a_vector_drawing_is_a_picture(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)
    article = root / "issues/2023-12-20/tower.md"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'
    (article.parent / "images" / "tower.svg").write_text(svg, "utf-8")
    article.write_text(article.read_text("utf-8").replace("tower.png", "tower.svg"), "utf-8")
    assert "Изображение: Иван Иванов" in composed(root)


def test_no_line_of_style_bulletin_ends_between_a_credit_and_its_name(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)
    publication = root / "issues/publication.yaml"
    text = publication.read_text("utf-8").replace("{name: knowledge-city,", "{name: bulletin,")
    publication.write_text(text, "utf-8")
    assert "Изображение:\N{NO-BREAK SPACE}Иван" in composed(root)
