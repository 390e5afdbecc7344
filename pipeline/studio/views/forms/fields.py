"""Fields of forms: which there may be, and how the values of a file are shown in them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.files.yaml_edit import Field as Path

_MONEY: Final = re.compile(r"(?P<amount>[\d\s.,]+?)\s*(?P<currency>[A-Z]{3})")
_MOMENT: Final = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{1,2}:\d{2}))?")
CURRENCIES: Final = ("EUR", "BGN", "USD", "GBP", "CHF", "RON", "TRY")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
"""The years that there are in files, and in calendars of the browser."""

YES_OR_NO: Final = ("true", "false")
"""The values of a choice between yes and no; files may say it otherwise."""

_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_SAID: Final = {"yes": "true", "on": "true", "no": "false", "off": "false"}


class Column(NamedTuple):
    """A column of a table of values, or a part of a value that has several.

    Args:
        key: The field of each row; empty where the rows are plain texts.
        label: A message of the catalogue.
        kind: As that of a field; `lines` for several values with a comma between them.
        language: Of the values, where they are said in several.
        choices: Value and message of each choice.
        hint: A message of the catalogue, or empty.
        translated: Whether it may be said once a language.
    """

    key: str
    label: str
    kind: str = "line"
    language: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    translated: bool = False


class Field(NamedTuple):
    """A field.

    Args:
        name: Its path in the file, with dots.
        label: A message of the catalogue.
        kind: `line`, `text`, `url`, `email`, `day`, `month`, `moment`, `money`, `number`, `country`,
            `countries`, `languages` (in order), `choice`, `colour`, `file`, `lines` (one value a line),
            `rows` (a table) or `parts` (a value of several parts).
        hint: A message of the catalogue, or empty.
        choices: Value and message of each choice; of a file, those that are there.
        columns: Those of a table, or the parts.
        required: Whether it has to be filled in.
        translated: Whether it may be said once a language.
        short: The part that stands for the whole where no other is given.
    """

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    required: bool = False
    translated: bool = False
    short: str = ""

    @property
    def path(self) -> Path:
        """Its path in the file."""
        return tuple(int(step) if step.isdecimal() else step for step in self.name.split("."))


class ShownField(NamedTuple):
    """A field with its value, as a template shows it.

    Args:
        field: The field; its name has the language where it is said in several.
        value: The text; for `money` and `moment` two of them, for a table the rows, for parts their texts.
        language: Of the value, where it is said in several languages.
    """

    field: Field
    value: Any
    language: str = ""


def shown_fields(
    fields: Iterable[Field], values: Mapping[str, Any], languages: Sequence[str] = ()
) -> list[ShownField]:
    """Return fields with their values, one for each language where a value has or may have several.

    Args:
        fields: The fields.
        values: As they are in the file.
        languages: Those of the publication, its own first.
    """
    shown = []
    for field in fields:
        value = value_at(values, field.path)
        if tags := languages_of(field, value, languages):
            texts = in_languages(value, tags)
            shown += [
                ShownField(field._replace(name=f"{field.name}.{tag}"), text, tag)
                for tag, text in texts.items()
            ]
        else:
            field = with_languages(field, value, languages)  # noqa: PLW2901 - as the file has it
            shown.append(ShownField(field, as_shown(field, value), ""))
    return shown


def languages_of(field: Field | Column, value: Any, languages: Sequence[str]) -> list[str]:  # noqa: ANN401 - texts, lists and fields
    """Return the languages in which a value is shown; none where it is said once for all."""
    if getattr(field, "kind", "line") not in {"line", "text"}:
        return []
    said = [str(tag) for tag in value] if isinstance(value, dict) else []
    if not field.translated:
        return said
    asked = [*languages, *(tag for tag in said if tag not in languages)]
    return asked if len(asked) > 1 or said else []


def in_languages(value: Any, tags: Iterable[str]) -> dict[str, str]:  # noqa: ANN401 - likewise
    """Return a value by language; what is said once is said in the first."""
    tags = list(tags)
    if isinstance(value, dict):
        return {tag: plain_text(value.get(tag)) for tag in tags}
    return {tag: plain_text(value) if tag == tags[0] else "" for tag in tags}


def value_at(values: Any, path: Path) -> Any:  # noqa: ANN401 - likewise
    """Return a value of a file, or None."""
    for step in path:
        if isinstance(values, dict):
            values = values.get(str(step))
        elif isinstance(values, list) and str(step).isdecimal() and int(step) < len(values):
            values = values[int(step)]
        else:
            return None
    return values


def as_shown(field: Field, value: Any) -> Any:  # noqa: ANN401 - likewise
    """Return a value of a file as it is shown in a field."""
    match field.kind:
        case "money":
            found = _MONEY.fullmatch(plain_text(value).strip())
            return (found["amount"], found["currency"]) if found else (plain_text(value), "")
        case "moment":
            found = _MOMENT.fullmatch(plain_text(value).strip())
            return (found["day"], found["time"] or "") if found else (plain_text(value), "")
        case "lines" | "countries" | "languages":
            return [plain_text(each) for each in value] if isinstance(value, list) else []
        case "rows":
            return [_row(field, each) for each in value] if isinstance(value, list) else []
        case "parts":
            return _parts(field, value)
        case "choice":
            text = plain_text(value)
            said = _SAID.get(text.lower(), text.lower())
            return said if said in YES_OR_NO and (said in dict(field.choices)) else text
        case _:
            return plain_text(value)


def with_languages(field: Field, rows: Any, languages: Sequence[str] = ()) -> Field:  # noqa: ANN401 - likewise
    """Return a table with a column for each language in which a value of it is or may be said."""
    if field.kind != "rows":
        return field
    items = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    columns: list[Column] = []
    for column in field.columns:
        cells = [row.get(column.key) for row in items]
        said = dict.fromkeys(str(tag) for cell in cells if isinstance(cell, dict) for tag in cell)
        tags = languages_of(column, said or None, languages)
        if not tags or (not column.translated and any(isinstance(cell, str) for cell in cells)):
            columns.append(column)
        columns += [column._replace(key=f"{column.key}.{tag}", language=tag) for tag in tags]
    return field._replace(columns=tuple(columns))


def is_day(text: str) -> bool:
    """Return whether a calendar of days can show a text: another would be lost with the next save."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and _FIRST_YEAR <= day.year <= _LAST_YEAR


def is_month(text: str) -> bool:
    """Return whether a calendar of months can show a text."""
    return len(text) == len("2026-05") and is_day(f"{text}-01")


def colour_of(text: str) -> str:
    """Return a colour as `#RRGGBB`, as a field of a colour sends it; empty where a text is none."""
    found = _COLOUR.fullmatch(text.strip())
    if found is None:
        return ""
    digits = found[1] if len(found[1]) > 3 else "".join(digit * 2 for digit in found[1])  # noqa: PLR2004 - as CSS has it
    return f"#{digits.upper()}"


def first_of(field: Field, column: Column) -> str:
    """Return the first of the languages in which a column is shown."""
    name = column.key.partition(".")[0]
    return next(each.language for each in field.columns if each.key.partition(".")[0] == name)


def plain_text(value: Any) -> str:  # noqa: ANN401 - likewise
    """Return a single value as a text; empty where there is none."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def _parts(field: Field, value: Any) -> dict[str, str]:  # noqa: ANN401 - likewise
    given = value if isinstance(value, dict) else {field.short: value}
    texts = {column.key: _cell(given.get(column.key)) for column in field.columns}
    colours = {column.key for column in field.columns if column.kind == "colour"}
    return {key: (colour_of(text) or text) if key in colours else text for key, text in texts.items()}


def _row(field: Field, value: Any) -> dict[str, str]:  # noqa: ANN401 - likewise
    if not isinstance(value, dict):
        return {
            column.key: plain_text(value) if column == field.columns[0] else "" for column in field.columns
        }
    shown = {}
    for column in field.columns:
        name, _, tag = column.key.partition(".")
        if column.language:
            said = value.get(name)
            is_here = isinstance(said, dict) or tag == first_of(field, column)
            shown[column.key] = (
                plain_text(said.get(tag) if isinstance(said, dict) else said) if is_here else ""
            )
        else:
            shown[column.key] = _cell(value_at(value, tuple(column.key.split("."))))
    return shown


def _cell(value: Any) -> str:  # noqa: ANN401 - likewise
    return ", ".join(map(plain_text, value)) if isinstance(value, list) else plain_text(value)
