// Places in a text: characters as Python counts them, and positions of the document.

import { NodeSelection, Selection } from "prosemirror-state";
import { notesIn } from "../document/notes.js";
import { marks, nodes } from "../document/schema.js";
import { about } from "../writing/commands.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {{text: string, starts: number[], end: number}} BlockText
 * @typedef {{block: string | null, index: number, offset: number}} Place
 */

/** What stands for the call of a note in the text of a block. */
const CALL = "\ufffc";

/** How near the caret may come to the edges of the window, and how far from them it is brought: in CSS pixels. */
export const SIGHT = {
  scrollMargin: { top: 120, bottom: 40, left: 0, right: 0 },
  scrollThreshold: { top: 110, bottom: 20, left: 0, right: 0 },
};

/**
 * Return a block's text, and the position of each of its characters (code points).
 *
 * Line breaks and the ends of inner blocks are line ends, calls of notes U+FFFC. Code is blank where asked.
 *
 * @param {PmNode} block
 * @param {number} at
 * @param {boolean} [withoutCode]
 * @returns {BlockText}
 */
export function textOf(block, at, withoutCode = false) {
  let text = "";
  /** @type {number[]} */
  const starts = [];
  let end = at + 1;
  const add = (/** @type {string} */ sign, /** @type {number} */ start, /** @type {number} */ length) => {
    text += sign;
    starts.push(start);
    end = start + length;
  };
  const visit = (/** @type {PmNode} */ node, /** @type {number} */ pos) => {
    if (node.isText) {
      const isCode = withoutCode && marks.code.isInSet(node.marks);
      let offset = 0;
      for (const sign of node.text ?? "") {
        add(isCode ? " " : sign, pos + offset, sign.length);
        offset += sign.length;
      }
    } else if (node.type === nodes.hard_break) add("\n", pos, 1);
    else if (node.type === nodes.note_call) add(CALL, pos, 1);
    else {
      if (node.isTextblock && text) add("\n", pos, 0);
      node.forEach((child, offset) => visit(child, pos + 1 + offset));
    }
  };
  visit(block, at);
  return { text, starts, end };
}

/**
 * Return the positions of a stretch of a block's text.
 *
 * @param {BlockText} text
 * @param {number} start
 * @param {number} end
 */
export function stretch(text, start, end) {
  const from = text.starts[start] ?? text.end;
  const to = text.starts[end] ?? text.end;
  return { from, to: Math.max(from, Math.min(to, text.end)) };
}

/** Return the block or note a name means, with its position. @param {PmNode} doc @param {string | null} name */
export function blockNamed(doc, name) {
  if (name === null || name === undefined) return null;
  if (name.startsWith("note:")) return notesIn(doc).get(name.slice(5)) ?? null;
  /** @type {{node: PmNode, at: number} | null} */
  let found = null;
  doc.forEach((node, at) => {
    if (!found && node.attrs.id === name) found = { node, at };
  });
  return /** @type {{node: PmNode, at: number} | null} */ (found);
}

/** Return the number of code points of a text. @param {string} text */
export const lengthOf = (text) => [...text].length;

/** Return the block with a number, with its position. @param {PmNode} doc @param {number} index */
export function blockAt(doc, index) {
  if (!Number.isInteger(index) || index < 0 || index > doc.childCount - 2) return null;
  let at = 0;
  for (let before = 0; before < index; before += 1) at += doc.child(before).nodeSize;
  return { node: doc.child(index), at };
}

/**
 * Return the block of the caret, and how many characters of it stand before.
 *
 * @param {import("prosemirror-state").EditorState} state
 * @returns {Place}
 */
export function placeOf(state) {
  const { doc, selection } = state;
  const { $head } = selection;
  const note = about(state, nodes.note);
  const index = note ? -1 : Math.min($head.index(0), doc.childCount - 2);
  const block = note ? note.node : doc.child(index);
  const { starts } = textOf(block, $head.depth ? (note?.at ?? $head.before(1)) : selection.from);
  const before = starts.findIndex((each) => each >= $head.pos);
  const offset = before < 0 ? starts.length : before;
  return { block: note ? `note:${block.attrs.label}` : (block.attrs.id ?? null), index, offset };
}

/**
 * Put the caret into a block. Returns whether there is one.
 *
 * @param {import("prosemirror-view").EditorView} view
 * @param {{node: PmNode, at: number} | null} block
 * @param {number} [offset] Characters of it that stand before the caret.
 */
export function selectBlock(view, block, offset = 0) {
  if (!block) return false;
  const { node, at } = block;
  const { doc, tr } = view.state;
  const to = offset ? stretch(textOf(node, at), offset, offset).from : at + 1;
  const selection = node.isAtom && NodeSelection.isSelectable(node) ? NodeSelection.create(doc, at) : Selection.near(doc.resolve(to), 1);
  view.dispatch(tr.setSelection(selection).scrollIntoView());
  view.focus();
  return true;
}

/**
 * Bring the caret into sight. The library does so itself, but only while the text has the focus: not for what is
 * found from the field of the search, nor for a place that a view is opened at.
 *
 * @param {import("prosemirror-view").EditorView} view
 */
export function bringIntoSight(view) {
  if (view.hasFocus()) return;
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const height = document.documentElement.clientHeight;
  const { scrollThreshold: near } = SIGHT;
  if (top < near.top || bottom > height - near.bottom) scrollBy({ top: top - height / 3, behavior: "instant" });
}
