// Tables as they are written: one row of heads, all rows as long, each column set as its head says.

import { Plugin } from "prosemirror-state";
import { nodes } from "./schema.js";

/** @typedef {import("prosemirror-model").Node} PmNode */

/** Return a plugin that keeps the first row of a table its heads, and columns set alike. */
export function headsFirst() {
  return new Plugin({
    appendTransaction(transactions, _before, state) {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      const tr = state.tr;
      state.doc.descendants((node, at) => {
        if (node.type === nodes.table) straighten(tr, node, at);
        return !node.isTextblock && node.type !== nodes.table;
      });
      return tr.docChanged ? tr : null;
    },
  });
}

/** @param {import("prosemirror-state").Transaction} tr @param {PmNode} table @param {number} at */
function straighten(tr, table, at) {
  const alignments = alignmentsOf(table);
  table.forEach((row, rowOffset, rowIndex) => {
    const type = rowIndex === 0 ? nodes.table_header : nodes.table_cell;
    row.forEach((cell, cellOffset, column) => {
      const alignment = alignments[column] ?? "start";
      if (cell.type === type && cell.attrs.alignment === alignment) return;
      tr.setNodeMarkup(at + 2 + rowOffset + cellOffset, type, { ...cell.attrs, alignment });
    });
  });
}

/** @param {PmNode} table @returns {string[]} */
function alignmentsOf(table) {
  /** @type {string[]} */
  const result = [];
  const heads = table.firstChild;
  // A row that was put above the heads has not been set yet: the second one still says how.
  const from = heads?.firstChild?.type === nodes.table_header || table.childCount === 1 ? heads : table.child(1);
  from?.forEach((cell) => result.push(cell.attrs.alignment));
  return result;
}

/**
 * Return a table with a row of heads.
 *
 * @param {number} rows With the heads.
 * @param {number} columns
 */
export function newTable(rows, columns) {
  const row = (/** @type {import("prosemirror-model").NodeType} */ type) =>
    nodes.table_row.create(null, Array.from({ length: columns }, () => type.create()));
  const body = Array.from({ length: rows - 1 }, () => row(nodes.table_cell));
  return nodes.table.create(null, [row(nodes.table_header), ...body]);
}
