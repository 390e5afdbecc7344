"""What a workspace offers to choose from: its languages, styles, faces and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.specimen.house_files import PICTURES, PROFILES, house_files
from pipeline.files.style_folders import style_names
from pipeline.findings.translatable import N_
from pipeline.models.publication import EU_EMBLEM
from pipeline.page.identity.faces import PAIRS
from pipeline.studio.views.forms.fields import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.files.workspace import Workspace
    from pipeline.studio.views.forms.fields import Field

    Choices = tuple[tuple[str, str], ...]

_STEM: Final = "Bold"


def with_choices(fields: Iterable[Field], choices: Mapping[str, Choices]) -> list[Field]:
    """Return fields with what they offer.

    Args:
        fields: The fields.
        choices: Value and message of each choice, by the name of the field, with `.key` behind that of a
            table or a value of several parts.
    """
    return [
        field._replace(
            choices=choices.get(field.name, field.choices),
            columns=tuple(
                column._replace(choices=choices.get(f"{field.name}.{column.key}", column.choices))
                for column in field.columns
            ),
        )
        for field in fields
    ]


def choices_of_house(workspace: Workspace) -> dict[str, Choices]:
    """Return what the settings of a publication offer, by field."""
    files = [path.relative_to(workspace.issues).as_posix() for path in house_files(workspace)]
    pictures = _each(name for name in files if name.lower().endswith(PICTURES))
    styles = [name.split(" ") for name in style_names(workspace.style_folders())]
    versions = sorted({version for _, version in styles}, key=lambda each: (len(each), each))
    faces = ("", N_("as in the pair")), *_each(_faces(workspace))
    pairs = (("", N_("none")), *((name, name.replace("-", " – ").title()) for name in PAIRS))
    return {
        "funders.logo": ((EU_EMBLEM, N_("the emblem of the European Union")), *pictures),
        "funders.logo_cmyk": pictures,
        "identity.logo": pictures,
        "identity.logo_cmyk": pictures,
        "identity.type.pair": pairs,
        "identity.type.text": faces,
        "identity.type.head": faces,
        "identity.type.small": faces,
        "press.profile": _each(name for name in files if name.lower().endswith(PROFILES)),
        "style.name": _each(dict.fromkeys(name for name, _ in styles)),
        "style.version": _each(versions),
    }


def languages_in_use(fields: Mapping[str, Any]) -> list[str]:
    """Return the languages of a publication as its file has them, its own first."""
    languages = fields.get("languages")
    return [plain_text(each) for each in languages if each] if isinstance(languages, list) else []


def _faces(workspace: Workspace) -> list[str]:
    """Return the folders of faces that have what running text needs."""
    found = {
        path.parent.name
        for folder in workspace.font_folders()
        for path in folder.glob("*/*.[to]tf")
        if path.stem.endswith(_STEM)
    }
    return sorted(found)


def _each(names: Iterable[str]) -> Choices:
    return tuple((name, name) for name in names)
