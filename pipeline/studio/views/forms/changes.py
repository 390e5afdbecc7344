"""What a form that was sent changes in a file: the values that differ from those that were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.studio.views.forms.fields import (
    as_shown,
    colour_of,
    first_of,
    in_languages,
    languages_of,
    value_at,
    with_languages,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.files.yaml_edit import Field as Path
    from pipeline.files.yaml_text import Value
    from pipeline.studio.views.forms.fields import Column, Field

_MOST_ROWS = 1000


def changed_values(
    fields: Iterable[Field],
    values: Mapping[str, Any],
    sent: Mapping[str, Any],
    languages: Sequence[str] = (),
) -> dict[Path, Value]:
    """Return the values that a form changes, by path; None takes one out.

    Args:
        fields: Those of the form.
        values: As they are in the file.
        sent: What was sent: by name of the field, with `.amount`, `.currency`, `.day`, `.time` behind those
            of two parts, with the part behind those of several, and `.0.key` behind those of a table.
        languages: Those of the publication, its own first.
    """
    changed: dict[Path, Value] = {}
    for field in fields:
        value = value_at(values, field.path)
        if tags := languages_of(field, value, languages):
            changed |= _changed_languages(field.path, value, _sent_by_key(field.name, tags, sent), tags)
        elif field.kind == "rows":
            changed |= _changed_rows(with_languages(field, value, languages), value, sent)
        elif field.kind == "parts":
            changed |= _changed_parts(field, value, sent)
        else:
            changed |= _changed_value(field, value, sent)
    return changed


def _changed_value(field: Field, value: Any, sent: Mapping[str, Any]) -> dict[Path, Value]:  # noqa: ANN401 - texts, lists and fields
    shown, new = as_shown(field, value), _as_sent(field, sent)
    if field.kind == "countries" and new is not None:
        # A list of choices has an order of its own, and the file has another.
        new = [each for each in shown if each in new] + [each for each in new if each not in shown]
    return {field.path: _as_written(field, new)} if new is not None and new != shown else {}


def _changed_languages(
    path: Path,
    value: Any,  # noqa: ANN401 - likewise
    sent: Mapping[str, str],
    tags: Sequence[str],
) -> dict[Path, Value]:
    """Return what changes of a value that is said in several languages, or once for all of them."""
    shown = in_languages(value, tags)
    new = {tag: sent.get(tag, text) for tag, text in shown.items()}
    if new == shown:
        return {}
    filled = {tag: text for tag, text in new.items() if text}
    if not filled:
        return {path: None}
    if isinstance(value, dict):
        return {(*path, tag): text or None for tag, text in new.items() if text != shown[tag]}
    return {path: new[tags[0]] if list(filled) == [tags[0]] else filled}


def _changed_parts(field: Field, value: Any, sent: Mapping[str, Any]) -> dict[Path, Value]:  # noqa: ANN401 - likewise
    shown = as_shown(field, value)
    colours = {column.key for column in field.columns if column.kind == "colour"}
    given = _sent_by_key(field.name, shown, sent).items()
    new = {**shown, **{key: (colour_of(text) or text) if key in colours else text for key, text in given}}
    if new == shown:
        return {}
    filled = {key: text for key, text in new.items() if text}
    if not filled:
        return {field.path: None}
    if isinstance(value, dict):
        # What is new is set before something is taken out, so that there is always a value.
        differing = [key for key in new if new[key] != shown[key]]
        return {
            (*field.path, key): new[key] or None for key in sorted(differing, key=lambda key: not new[key])
        }
    return {field.path: filled[field.short] if list(filled) == [field.short] else filled}


def _changed_rows(field: Field, value: Any, sent: Mapping[str, Any]) -> dict[Path, Value]:  # noqa: ANN401 - likewise
    count = _sent_text(sent.get(f"{field.name}.count"))
    if not count.isdecimal():
        return {}
    shown = as_shown(field, value)
    rows = [_sent_row(field, sent, number) for number in range(min(int(count), _MOST_ROWS))]
    places = [number for number, row in enumerate(rows) if any(row.values())]
    kept = [rows[number] for number in places]
    if len([number for number in places if number < len(shown)]) < len(shown):
        # What is left of the file's own rows stays as it is written; what was emptied goes.
        own = [
            value[number] if rows[number] == shown[number] else _written_row(field, rows[number])
            for number in places
            if number < len(shown)
        ]
        new = [_written_row(field, rows[number]) for number in places if number >= len(shown)]
        return {field.path: [*own, *new] or None}
    changed: dict[Path, Value] = {}
    for number, row in enumerate(kept):
        if number >= len(shown):
            changed[(*field.path, number)] = _written_row(field, row)
        elif row != shown[number]:
            changed |= _changed_row(field, (*field.path, number), value[number], row)
    return changed


def _changed_row(field: Field, path: Path, value: Any, row: Mapping[str, str]) -> dict[Path, Value]:  # noqa: ANN401 - likewise
    if not isinstance(value, dict):
        return {path: _written_row(field, row)}
    shown = as_shown(field, [value])[0]
    changed: dict[Path, Value] = {}
    for column in field.columns:
        if row[column.key] == shown[column.key]:
            continue
        name = column.key.partition(".")[0]
        if column.language:
            tags = [each.language for each in field.columns if each.key.partition(".")[0] == name]
            said = {tag: row[f"{name}.{tag}"] for tag in tags}
            changed |= _changed_languages((*path, name), value.get(name), said, tags)
        else:
            changed[(*path, *column.key.split("."))] = _written_cell(column, row[column.key])
    return changed


def _as_sent(field: Field, sent: Mapping[str, Any]) -> Any:  # noqa: ANN401 - likewise
    """Return the value of a form as `as_shown` gives it; None where it was not sent."""
    parts = {"money": ("amount", "currency"), "moment": ("day", "time")}.get(field.kind)
    if parts:
        if f"{field.name}.{parts[0]}" not in sent:
            return None
        texts = [_sent_text(sent.get(f"{field.name}.{part}")) for part in parts]
        # A currency without an amount, or an hour without a day, says nothing.
        return tuple(texts) if texts[0] else ("",) * len(texts)
    if field.name not in sent:
        return None
    value = sent[field.name]
    if field.kind in {"countries", "languages"}:
        return [_sent_text(each) for each in value] if isinstance(value, list) else [_sent_text(value)]
    if field.kind == "lines":
        return [line.strip() for line in _sent_text(value).splitlines() if line.strip()]
    return _sent_text(value)


def _as_written(field: Field, value: Any) -> Value:  # noqa: ANN401 - likewise
    if isinstance(value, tuple):
        return " ".join(part for part in value if part) or None
    if field.kind in {"countries", "languages"}:
        value = [each for each in value if each]
    return value or None


def _sent_by_key(name: str, keys: Iterable[str], sent: Mapping[str, Any]) -> dict[str, str]:
    return {key: _sent_text(sent[f"{name}.{key}"]) for key in keys if f"{name}.{key}" in sent}


def _sent_row(field: Field, sent: Mapping[str, Any], number: int) -> dict[str, str]:
    return {
        column.key: _sent_text(sent.get(f"{field.name}.{number}.{column.key or 'text'}"))
        for column in field.columns
    }


def _written_row(field: Field, row: Mapping[str, str]) -> Value:
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
    for column in field.columns:
        name = column.key.partition(".")[0]
        if column.language and list(written.get(name, ())) == [first_of(field, column)]:
            # Said in the first language alone, it is said once for all.
            written[name] = written[name][first_of(field, column)]
    return written


def _written_cell(column: Column, text: str) -> Value:
    if column.kind == "lines":
        return [part.strip() for part in text.split(",") if part.strip()] or None
    return text or None


def _sent_text(value: Any) -> str:  # noqa: ANN401 - what a page sent
    return value.strip() if isinstance(value, str) else ""
