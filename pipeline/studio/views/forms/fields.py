"""Fields of forms: from the values of a file to what is shown, and back to the values that changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.files.yaml_edit import Field as Path
    from pipeline.files.yaml_text import Value

_MONEY: Final = re.compile(r"(?P<amount>[\d\s.,]+?)\s*(?P<currency>[A-Z]{3})")
_MOMENT: Final = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{1,2}:\d{2}))?")
CURRENCIES: Final = ("EUR", "BGN", "USD", "GBP", "CHF", "RON", "TRY")


class Column(NamedTuple):
    """A column of a table of values.

    Args:
        key: The field of each row; empty where the rows are plain texts.
        label: A message of the catalogue.
        kind: As that of a field; `lines` for several values with a comma between them.
        language: Of the values, where they are said in several.
    """

    key: str
    label: str
    kind: str = "line"
    language: str = ""


class Field(NamedTuple):
    """A field.

    Args:
        name: Its path in the file, with dots.
        label: A message of the catalogue.
        kind: `line`, `text`, `url`, `email`, `day`, `month`, `moment`, `money`, `number`, `country`,
            `countries`, `choice`, `colour`, `lines` (one value a line) or `rows` (a table).
        hint: A message of the catalogue, or empty.
        choices: Value and message of each choice.
        columns: Those of a table.
        required: Whether it has to be filled in.
    """

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    required: bool = False

    @property
    def path(self) -> Path:
        """Its path in the file."""
        return tuple(self.name.split("."))


class ShownField(NamedTuple):
    """A field with its value, as a template shows it.

    Args:
        field: The field; its name has the language where it is said in several.
        value: The text; for `money` and `moment` two of them, for a table the rows.
        language: Of the value, where it is said in several languages.
    """

    field: Field
    value: Any
    language: str = ""


def shown_fields(fields: Iterable[Field], values: Mapping[str, Any]) -> list[ShownField]:
    """Return fields with their values, one for each language where a value has several."""
    shown = []
    for field in fields:
        value = value_at(values, field.path)
        if isinstance(value, dict) and field.kind in {"line", "text"}:
            shown += [
                ShownField(field._replace(name=f"{field.name}.{language}"), _text(text), str(language))
                for language, text in value.items()
            ]
        else:
            field = _with_languages(field, value)  # noqa: PLW2901 - as the file has it
            shown.append(ShownField(field, _as_shown(field, value)))
    return shown


def changed_values(
    fields: Iterable[Field], values: Mapping[str, Any], sent: Mapping[str, Any]
) -> dict[Path, Value]:
    """Return the values that a form changes, by path; None takes one out.

    Args:
        fields: Those of the form.
        values: As they are in the file.
        sent: What was sent: by name of the field, with `.amount`, `.currency`, `.day`, `.time` behind those
            of two parts, and `.0.key` behind those of a table.
    """
    changed: dict[Path, Value] = {}
    for field, shown, _language in shown_fields(fields, values):
        if field.kind == "rows":
            changed |= _changed_rows(field, shown, sent)
            continue
        value = _as_sent(field, sent)
        if field.kind == "countries" and value is not None:
            # A list of choices has an order of its own, and the file has another.
            value = [each for each in shown if each in value] + [each for each in value if each not in shown]
        if value is not None and value != shown:
            changed[field.path] = _as_written(field, value)
    return changed


def value_at(values: Any, path: Path) -> Any:  # noqa: ANN401 - texts, lists and fields
    """Return a value of a file, or None."""
    for step in path:
        if isinstance(values, dict):
            values = values.get(step)
        elif isinstance(values, list) and str(step).isdecimal() and int(step) < len(values):
            values = values[int(step)]
        else:
            return None
    return values


def _as_shown(field: Field, value: Any) -> Any:  # noqa: ANN401 - likewise
    match field.kind:
        case "money":
            found = _MONEY.fullmatch(_text(value).strip())
            return (found["amount"], found["currency"]) if found else (_text(value), "")
        case "moment":
            found = _MOMENT.fullmatch(_text(value).strip())
            return (found["day"], found["time"] or "") if found else (_text(value), "")
        case "lines" | "countries":
            return [_text(each) for each in value] if isinstance(value, list) else []
        case "rows":
            return [_row(field, each) for each in value] if isinstance(value, list) else []
        case "colour":
            return _text(value.get("srgb") if isinstance(value, dict) else value)
        case _:
            return _text(value)


def _with_languages(field: Field, rows: Any) -> Field:  # noqa: ANN401 - likewise
    """Return a table with a column for each language in which a value of it is said."""
    if field.kind != "rows" or not isinstance(rows, list):
        return field
    columns: list[Column] = []
    for column in field.columns:
        cells = [row.get(column.key) for row in rows if isinstance(row, dict)]
        languages = dict.fromkeys(str(name) for cell in cells if isinstance(cell, dict) for name in cell)
        if not languages or any(isinstance(cell, str) for cell in cells):
            columns.append(column)
        columns += [column._replace(key=f"{column.key}.{name}", language=name) for name in languages]
    return field._replace(columns=tuple(columns))


def _row(field: Field, value: Any) -> dict[str, str]:  # noqa: ANN401 - likewise
    if not isinstance(value, dict):
        return {field.columns[0].key: _text(value)}
    shown = {}
    for column in field.columns:
        each = value_at(value, tuple(column.key.split(".")))
        shown[column.key] = ", ".join(map(_text, each)) if isinstance(each, list) else _text(each)
    return shown


def _as_sent(field: Field, sent: Mapping[str, Any]) -> Any:  # noqa: ANN401 - likewise
    """Return the value of a form as `_as_shown` gives it; None where it was not sent."""
    parts = {"money": ("amount", "currency"), "moment": ("day", "time")}.get(field.kind)
    if parts:
        names = [f"{field.name}.{part}" for part in parts]
        return tuple(_sent_text(sent.get(name)) for name in names) if names[0] in sent else None
    if field.name not in sent:
        return None
    value = sent[field.name]
    if field.kind == "countries":
        return [_sent_text(each) for each in value] if isinstance(value, list) else [_sent_text(value)]
    if field.kind == "lines":
        return [line.strip() for line in _sent_text(value).splitlines() if line.strip()]
    return _sent_text(value)


def _as_written(field: Field, value: Any) -> Value:  # noqa: ANN401 - likewise
    if isinstance(value, tuple):
        return " ".join(part for part in value if part) or None
    if field.kind == "countries":
        value = [each for each in value if each]
    return value or None


def _changed_rows(field: Field, shown: list[dict[str, str]], sent: Mapping[str, Any]) -> dict[Path, Value]:
    count = _sent_text(sent.get(f"{field.name}.count"))
    if not count.isdecimal():
        return {}
    rows = [_sent_row(field, sent, number) for number in range(min(int(count), 1000))]
    kept = [row for row in rows if any(row.values())]
    if len(kept) < len(shown) or len(kept) != len(rows) - _empty_at_end(rows):
        return {field.path: [_written_row(field, row) for row in kept] or None} if kept != shown else {}
    changed: dict[Path, Value] = {}
    for number, row in enumerate(kept):
        if number >= len(shown):
            changed[(*field.path, number)] = _written_row(field, row)
            continue
        for column in field.columns:
            if row[column.key] != shown[number].get(column.key, ""):
                steps = column.key.split(".") if column.key else ()
                path = (*field.path, number, *steps)
                changed[path] = _written_cell(column, row[column.key])
    return changed


def _sent_row(field: Field, sent: Mapping[str, Any], number: int) -> dict[str, str]:
    return {
        column.key: _sent_text(sent.get(f"{field.name}.{number}.{column.key or 'text'}"))
        for column in field.columns
    }


def _empty_at_end(rows: list[dict[str, str]]) -> int:
    count = 0
    for row in reversed(rows):
        if any(row.values()):
            break
        count += 1
    return count


def _written_row(field: Field, row: dict[str, str]) -> Value:
    if not field.columns[0].key:
        return row[""]
    written: dict[str, Any] = {}
    for column in field.columns:
        if row[column.key]:
            name, _, language = column.key.partition(".")
            cell = _written_cell(column, row[column.key])
            if language:
                written.setdefault(name, {})[language] = cell
            else:
                written[name] = cell
    return written


def _written_cell(column: Column, text: str) -> Value:
    if column.kind == "lines":
        return [part.strip() for part in text.split(",") if part.strip()] or None
    return text or None


def _text(value: Any) -> str:  # noqa: ANN401 - likewise
    return value if isinstance(value, str) else "" if value is None else str(value)


def _sent_text(value: Any) -> str:  # noqa: ANN401 - what a page sent
    return value.strip() if isinstance(value, str) else ""
