// Places in a text: characters as Python counts them, and positions of the document.

import { notesIn } from "../document/notes.js";
import { marks, nodes } from "../document/schema.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {{text: string, starts: number[], end: number}} BlockText
 */

/** What stands for the call of a note in the text of a block. */
const CALL = "\ufffc";

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
