// Pasted tables: rectangular, words of one line in each cell; tables that only arrange a page are none.

import { all, hasBlocks, isBlock, line, renamed, styled, unwrap } from "./reading.js";

/** @param {Element} table */
const rowsOf = (table) => all(table, "tr").filter((row) => row.closest("table") === table);

/** @param {Element} row */
const cellsOf = (row) => [...row.children].filter((cell) => cell.matches("td, th"));

/** The most columns a table has. */
const MOST_COLUMNS = 100;

/** Change all tables of a tree: outside of one that arranges the page, the next may be a table. @param {HTMLElement} root */
export function tables(root) {
  for (const table of all(root, "table")) {
    if (!root.contains(table)) continue;
    if (isLayout(table)) asBlocks(table);
    else {
      for (const inner of all(table, "table").reverse()) asWords(inner);
      asTable(table);
    }
  }
}

/** Whether a table arranges a page: one cell, one column with blocks in it, or said to. @param {Element} table */
function isLayout(table) {
  if (table.getAttribute("role") === "presentation") return true;
  const rows = rowsOf(table).map((row) => cellsOf(row).filter((cell) => line(cell.textContent) || cell.querySelector("img")));
  const isNarrow = rows.every((cells) => cells.length <= 1);
  return isNarrow;
}

/** @param {Element} table */
function asBlocks(table) {
  for (const row of rowsOf(table)) {
    for (const cell of cellsOf(row)) {
      const isInline = !hasBlocks(cell);
      renamed(cell, isInline ? "p" : "div");
    }
    unwrap(row);
  }
  for (const part of all(table, "tbody, thead, tfoot, colgroup, caption")) {
    if (part.matches("colgroup")) part.remove();
    else if (part.matches("caption")) renamed(part, "p");
    else unwrap(part);
  }
  unwrap(table);
}

/** A table within a cell becomes words of it. @param {Element} table */
function asWords(table) {
  for (const row of rowsOf(table)) renamed(row, "p");
  renamed(table, "div");
}

/** @param {Element} table */
function asTable(table) {
  const document = table.ownerDocument;
  const caption = all(table, "caption").find((each) => each.closest("table") === table);
  if (caption) {
    table.before(caption);
    renamed(caption, "p");
  }
  const grid = gridOf(table);
  const width = Math.min(Math.max(0, ...grid.map((row) => row.length)), MOST_COLUMNS);
  const body = document.createElement("tbody");
  const rows = grid.filter((row) => row.some((cell) => cell && (line(cell.textContent) || cell.querySelector("sup"))));
  rows.forEach((cells, at) => {
    const row = document.createElement("tr");
    for (let column = 0; column < width; column += 1) row.append(cellFor(document, cells[column], at === 0 ? "th" : "td", rows, column));
    body.append(row);
  });
  const plain = document.createElement("table");
  plain.append(body);
  table.replaceWith(...(rows.length ? [plain] : []));
}

/**
 * Return the cells by row and column; what a cell spans besides its first place is empty.
 *
 * @param {Element} table
 * @returns {(Element | null | undefined)[][]}
 */
function gridOf(table) {
  const rows = rowsOf(table);
  /** @type {(Element | null | undefined)[][]} */
  const grid = rows.map(() => []);
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of cellsOf(row)) {
      while (grid[at][column] !== undefined) column += 1;
      const wide = Math.min(span(cell, "colspan"), MOST_COLUMNS);
      const high = Math.min(span(cell, "rowspan"), rows.length - at);
      for (let down = 0; down < high; down += 1) {
        for (let right = 0; right < wide; right += 1) grid[at + down][column + right] = down || right ? null : cell;
      }
      column += wide;
    }
  });
  return grid;
}

/** @param {Element} cell @param {string} name */
function span(cell, name) {
  const number = Number.parseInt(cell.getAttribute(name) ?? "1", 10);
  return number > 0 ? number : 1;
}

/** @type {Record<string, string>} */
const ALIGNMENTS = { center: "centre", right: "end", end: "end" };

/**
 * @param {Document} document
 * @param {Element | null | undefined} cell
 * @param {string} tag
 * @param {(Element | null | undefined)[][]} rows
 * @param {number} column
 */
function cellFor(document, cell, tag, rows, column) {
  const made = document.createElement(tag);
  // A column is set as most of its cells below the heads are.
  const set = rows.slice(1).map((row) => alignmentOf(row[column])).filter(Boolean);
  const most = set.find((each) => set.filter((other) => other === each).length * 2 > rows.length - 1);
  if (most) made.setAttribute("data-alignment", most);
  if (cell) {
    inWords(cell);
    made.append(...cell.childNodes);
  }
  return made;
}

/** @param {Element | null | undefined} cell */
function alignmentOf(cell) {
  if (!cell) return "";
  const within = cell.querySelector("p, div");
  const said = [cell.getAttribute("align"), styled(cell, "text-align"), within?.getAttribute("align"), within && styled(within, "text-align")];
  return ALIGNMENTS[said.find((each) => each && each !== "left") ?? ""] ?? "";
}

/** Take the blocks of a cell apart: a space stands between them. @param {Element} cell */
export function inWords(cell) {
  for (const element of all(cell, "*")) {
    if (element.localName === "br") element.replaceWith(" ");
    else if (isBlock(element)) {
      element.before(" ");
      element.after(" ");
      unwrap(element);
    }
  }
}
