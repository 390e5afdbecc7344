"""Cells that go over several columns or rows keep their words in place, as browsers and Word show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importing.helpers import article, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


def table(tmp_path: Path, rows: str) -> tuple[list[str], list[str]]:
    """Import a table and return its lines, and the codes of what was told."""
    imported = import_file(
        tmp_path, written(tmp_path, "a.html", f"<h1>Таблица</h1><p>Ето.</p><table>{rows}</table>")
    )
    text = article(imported).partition("Ето.\n\n")[2]
    return [line for line in text.splitlines() if line and not line.startswith("| -")], codes(imported)


def test_a_cell_ends_with_its_group_of_rows(tmp_path: Path) -> None:
    lines, _ = table(
        tmp_path,
        "<thead><tr><th rowspan=9>Кой<th>Кога</thead><tbody><tr><td>Ана<td>днес<tr><td>Боян<td>утре</tbody>",
    )
    assert lines == ["| Кой | Кога |", "| Ана | днес |", "| Боян | утре |"]


def test_a_cell_over_all_rows_of_its_group_says_so_with_zero(tmp_path: Path) -> None:
    lines, told = table(
        tmp_path,
        "<tr><th>Ден<th>Час<tbody><tr><td rowspan=0>Пон<td>9<tr><td>10<tbody><tr><td>Вт<td>11",
    )
    assert lines == ["| Ден | Час |", "| Пон | 9 |", "|  | 10 |", "| Вт | 11 |"]
    assert told == ["W508"]


def test_a_foot_that_is_written_first_stands_last(tmp_path: Path) -> None:
    lines, _ = table(
        tmp_path,
        "<thead><tr><th>Перо<th>Сума</thead><tfoot><tr><td>Общо<td>3</tfoot>"
        "<tbody><tr><td>Наем<td>1<tr><td>Ток<td>2</tbody>",
    )
    assert lines == ["| Перо | Сума |", "| Наем | 1 |", "| Ток | 2 |", "| Общо | 3 |"]


@pytest.mark.parametrize("wide", ["colspan=100", "colspan=7"])
def test_a_cell_over_more_columns_than_there_are_makes_none(tmp_path: Path, wide: str) -> None:
    lines, _ = table(tmp_path, f"<tr><th>Кой<th>Кога<tr><td {wide}>Март<tr><td>Ана<td>днес")
    assert lines == ["| Кой | Кога |", "| Март |  |", "| Ана | днес |"]


def test_columns_at_which_no_cell_begins_are_none_and_nothing_is_told(tmp_path: Path) -> None:
    lines, told = table(
        tmp_path, "<tr><th colspan=2>Кой<th>Кога<tr><td colspan=2>Ана<td>днес<tr><td colspan=2>Боян<td>утре"
    )
    assert lines == ["| Кой | Кога |", "| Ана | днес |", "| Боян | утре |"]
    assert told == []


def test_two_rows_of_heads_are_one_though_a_single_head_has_one_below_it(tmp_path: Path) -> None:
    lines, _ = table(
        tmp_path,
        "<tr><td rowspan=2>Име<td colspan=2>Точки<td>Място<tr><td>писмено<td>устно<td>в групата"
        "<tr><td>Ана<td>5<td>6<td>1<tr><td>Боян<td>4<td>5<td>2",
    )
    assert lines[0] == "| Име | Точки: писмено | Точки: устно | Място: в групата |"


def test_merged_cells_of_a_programme_without_heads_are_no_heads(tmp_path: Path) -> None:
    lines, _ = table(
        tmp_path,
        "<tr><td rowspan=2>Пон<td>9 ч.<td colspan=2>Ана<tr><td>10 ч.<td>Боян<td>Вера"
        "<tr><td>Вт<td>9 ч.<td>Гео<td>Деа",
    )
    assert "| Пон | 9 ч. | Ана |  |" in lines
    assert "|  | 10 ч. | Боян | Вера |" in lines
