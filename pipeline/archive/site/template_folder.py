"""Folder of the templates, the style sheet and the script of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.page.composition.html import TemplateFolder

TEMPLATES: Final = TemplateFolder("site", Path(__file__).with_name("templates"))
