"""Forms: every field of the files can be filled in the browser, and a form changes what was changed alone."""

from __future__ import annotations

import enum
import types
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from pipeline.editor.house_style.model import House
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.wording.wording import say
from pipeline.models.issue import IssuePlan, IssueTexts
from pipeline.models.kinds.union import ArticleHead, Head
from pipeline.models.publication import Publication
from pipeline.models.values import strings
from pipeline.reading.model_files import model_in
from pipeline.reading.validation import AnyOf
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.facts import KINDS, facts_of
from pipeline.studio.views.forms.fields import YES_OR_NO, Column, Field, is_day, is_month, shown_fields
from pipeline.studio.views.forms.keys import with_keys
from pipeline.studio.views.forms.plan import MASTHEAD, SECTION, SECTION_TEXTS, TEXTS
from pipeline.studio.views.forms.settings import HOUSE, LOOK, PUBLICATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    Marks = tuple[Any, ...]

FORMAT: Final = "the version of the file format, which nobody chooses"
WITHOUT_FORM: Final = {
    "publication.format": FORMAT,
    "house.format": FORMAT,
    "issue.format": FORMAT,
    "texts.format": FORMAT,
    "issue.sections[].articles": "moved, added and taken out in the list of the contents",
}
"""The fields that no form has, each with the reason."""

SAID_ONCE_A_LANGUAGE: Final = strings._in_language
NUMBERS: Final = frozenset({"int", "Decimal"})


def leaves(model: type[BaseModel], path: str) -> Iterator[tuple[str, Any, Marks]]:
    """Yield the fields of a model that hold one value or several: path, type and marks."""
    for name, field in model.model_fields.items():
        yield from parts_of(field.annotation, f"{path}.{name}", tuple(field.metadata))


def parts_of(annotation: Any, path: str, marks: tuple[Any, ...]) -> Iterator[tuple[str, Any, Marks]]:
    if hasattr(annotation, "__metadata__"):
        yield from parts_of(annotation.__origin__, path, (*marks, *annotation.__metadata__))
    elif get_origin(annotation) in {Union, types.UnionType}:
        (kept,) = (each for each in get_args(annotation) if each is not type(None))
        yield from parts_of(kept, path, marks)
    elif get_origin(annotation) is tuple and any(holds_model(each) for each in get_args(annotation)):
        yield from parts_of(get_args(annotation)[0], f"{path}[]", marks)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and not is_one_value(annotation):
        yield from leaves(annotation, path)
    else:
        yield path, annotation, marks


def holds_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def is_one_value(model: type[BaseModel]) -> bool:
    """Return whether a model is written as one text: money, a date of which the day may lack."""
    return model.__name__ in {"Money", "PartialDate", "Moment"}


def in_forms() -> dict[str, Field | Column]:
    """Return every field that a form has, by its path."""
    forms: dict[str, list[Field]] = {
        "publication": [*(field for group in PUBLICATION for field in group.fields), *LOOK],
        "house": [field for group in HOUSE for field in group.fields],
        "issue": [*MASTHEAD, *(each._replace(name=f"sections[].{each.name}") for each in SECTION)],
        "texts": [*TEXTS, *(each._replace(name=f"sections[].{each.name}") for each in SECTION_TEXTS)],
    }
    forms |= {kind: list(facts_of(kind)) for kind in KINDS}
    shown: dict[str, Field | Column] = {}
    for file, fields in forms.items():
        for field in fields:
            between = "[]." if field.kind == "rows" else "."
            columns = {f"{file}.{field.name}{between}{column.key}": column for column in field.columns}
            shown |= columns
            if not columns:
                shown[f"{file}.{field.name}"] = field
    return shown


def in_models() -> dict[str, tuple[Any, tuple[Any, ...]]]:
    models: dict[str, type[BaseModel]] = {
        "publication": Publication,
        "house": House,
        "issue": IssuePlan,
        "texts": IssueTexts,
    }
    models |= {get_args(head.model_fields["kind"].annotation)[0]: head for head in get_args(Head)}
    return {
        path: (annotation, marks)
        for file, model in models.items()
        for path, annotation, marks in leaves(model, file)
    }


def test_every_field_of_the_files_is_in_a_form_or_has_a_reason() -> None:
    models = set(in_models())
    assert sorted(models - set(in_forms()) - set(WITHOUT_FORM)) == []
    assert sorted({*in_forms(), *WITHOUT_FORM} - models) == []


def test_every_kind_of_article_can_be_chosen() -> None:
    assert set(KINDS) == {get_args(head.model_fields["kind"].annotation)[0] for head in get_args(Head)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_written_by_its_bulgarian_name_in_a_file_is_guessed(kind: str) -> None:
    written = f"kind: {say(KINDS[kind], 'bg')}\ntitle: Дума\n"
    heads: AnyOf[Head] = AnyOf(ArticleHead)
    findings = model_in(read_fields(written.encode(), "a.md"), heads).findings
    assert [(each.code, dict(each.values)["guess"]) for each in findings if each.code == "E26"] == [
        ("E26", kind)
    ]


@pytest.mark.parametrize(("path", "field"), in_forms().items(), ids=lambda each: str(each)[:60])
def test_a_field_offers_what_its_model_takes(path: str, field: Field | Column) -> None:
    annotation, marks = in_models()[path]
    if isinstance(annotation, type) and issubclass(annotation, enum.StrEnum):
        offered = {value for value, _ in field.choices}
        assert field.kind == "choice"
        assert offered - {""} == {each.value for each in annotation}
    elif get_origin(annotation) is Literal and not path.endswith(".kind"):
        assert {value for value, _ in field.choices} - {""} == set(get_args(annotation))
    elif annotation is bool:
        assert {value for value, _ in field.choices} - {""} == set(YES_OR_NO)
    elif getattr(annotation, "__name__", "") in NUMBERS and not path.endswith("style.version"):
        assert field.kind == "number"
    assert field.translated == any(getattr(mark, "func", None) is SAID_ONCE_A_LANGUAGE for mark in marks)


LANGUAGES = ("bg", "en")
TITLE = Field("title", "t", translated=True)
TEAM = Field(
    "team",
    "t",
    "rows",
    columns=(Column("role", "r", translated=True), Column("name", "n", translated=True)),
)
COLOUR = Field(
    "main", "m", "parts", columns=(Column("srgb", "s", "colour"), Column("cmyk", "c")), short="srgb"
)
EDITS: Final[list[tuple[Field, Any, dict[str, str], dict[Any, Any]]]] = [
    (TITLE, "Вести", {"title.bg": "Вести", "title.en": ""}, {}),
    (TITLE, "Вести", {"title.bg": "Новини", "title.en": ""}, {("title",): "Новини"}),
    (TITLE, "Вести", {"title.bg": "Вести", "title.en": "News"}, {("title",): {"bg": "Вести", "en": "News"}}),
    (TITLE, {"bg": "Вести"}, {"title.bg": "Вести", "title.en": "News"}, {("title", "en"): "News"}),
    (TITLE, {"bg": "Вести", "en": "News"}, {"title.bg": "Вести", "title.en": ""}, {("title", "en"): None}),
    (TITLE, None, {"title.bg": "Вести", "title.en": ""}, {("title",): "Вести"}),
    (TITLE, {"bg": "Вести"}, {"title.bg": "", "title.en": ""}, {("title",): None}),
    (COLOUR, "#1F3D2B", {"main.srgb": "#1f3d2b", "main.cmyk": ""}, {}),
    (COLOUR, "abc", {"main.srgb": "#aabbcc"}, {}),
    (COLOUR, "#1F3D2B", {"main.srgb": "#ffffff", "main.cmyk": ""}, {("main",): "#FFFFFF"}),
    (
        COLOUR,
        "#1F3D2B",
        {"main.srgb": "#1f3d2b", "main.cmyk": "75/40/70/60"},
        {("main",): {"srgb": "#1F3D2B", "cmyk": "75/40/70/60"}},
    ),
    (COLOUR, {"srgb": "#1F3D2B", "cmyk": "1/2/3/4"}, {"main.cmyk": ""}, {("main", "cmyk"): None}),
    (COLOUR, "#1F3D2B", {"main.srgb": "", "main.cmyk": ""}, {("main",): None}),
    (COLOUR, None, {"main.cmyk": ""}, {}),
    (
        TEAM,
        [{"role": "Редакция", "name": "А"}],
        {"team.count": "2", "team.0.role.bg": "Редакция", "team.0.role.en": "Editors", "team.0.name.bg": "А"},
        {("team", 0, "role"): {"bg": "Редакция", "en": "Editors"}},
    ),
    (
        TEAM,
        [{"role": "Редакция", "name": "А"}],
        {"team.count": "2", "team.0.role.bg": "Редакция", "team.0.name.bg": "А", "team.1.name.bg": "Б"},
        {("team", 1): {"name": "Б"}},
    ),
    (
        Field("budget", "b", "money"),
        None,
        {"budget.amount": "", "budget.currency": "EUR"},
        {},
    ),
]


@pytest.mark.parametrize(("field", "value", "sent", "expected"), EDITS)
def test_a_form_changes_what_differs_as_the_file_writes_it(
    field: Field, value: Any, sent: dict[str, str], expected: dict[Any, Any]
) -> None:
    values = {} if value is None else {field.name: value}
    assert changed_values([field], values, sent, LANGUAGES) == expected


def test_what_the_browser_could_not_show_is_not_lost() -> None:
    days = shown_fields([Field("day", "d", "day")], {"day": "20.12.2023"})
    assert days[0].value == "20.12.2023"
    yes = Field("marks", "m", "choice", choices=(("", ""), ("true", "y"), ("false", "n")))
    assert [shown_fields([yes], {"marks": said})[0].value for said in ("no", "True", "true", "")] == [
        "false",
        "true",
        "true",
        "",
    ]


def test_a_calendar_is_given_only_what_it_can_show() -> None:
    assert [is_day(text) for text in ("2026-05-31", "2026-02-30", "0026-05-31", "31.05.2026")] == [
        True,
        False,
        False,
        False,
    ]
    assert [is_month(text) for text in ("2026-05", "2026-13", "2026", "2026-5", "май 2026")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_languages_keep_the_order_they_are_put_in() -> None:
    field = Field("languages", "l", "languages")
    values = {"languages": ["bg", "sr-Latn", "en"]}
    assert shown_fields([field], values)[0].value == ["bg", "sr-Latn", "en"]
    for sent in (["en", "bg", "sr-Latn"], ["bg", "en"], ["bg", "sr-Latn", "en", "de"]):
        assert changed_values([field], values, {"languages": sent}) == {("languages",): sent}
    assert changed_values([field], values, {"languages": ["bg", "sr-Latn", "en"]}) == {}


def test_a_funder_has_its_key_from_its_name_and_keeps_it() -> None:
    values = {"funders": [{"key": "eu", "name": "Европейски съюз"}]}
    sent = {
        "funders.count": "4",
        "funders.0.key": "eu",
        "funders.0.name.bg": "Друго име",
        "funders.1.key": "",
        "funders.1.name.bg": "Фонд „Научни изследвания“",
        "funders.2.key": " ",
        "funders.2.name.bg": "",
        "funders.2.name.en": "Fond Nauchni Izsledvaniya!",
        "funders.3.key": "",
        "funders.3.name.bg": "",
    }
    keys = [with_keys(values, sent)[f"funders.{row}.key"] for row in range(4)]
    assert keys == ["eu", "fond-nauchni-izsledvaniya", "fond-nauchni-izsledvaniya-2", ""]
    assert with_keys({}, {"funders.count": "9" * 9, "title": "x"}) == {"funders.count": "9" * 9, "title": "x"}
    taken = {"funders.count": "1", "funders.0.key": "", "funders.0.name": "EU"}
    assert with_keys(values, taken)["funders.0.key"] == "eu-2"
