// The typography of a paragraph, set by the rules that set the pages.

import { NodeSelection } from "prosemirror-state";
import { LEAF } from "../writing/finding.js";

/** @typedef {import("prosemirror-view").EditorView} EditorView */

/**
 * Set the typography of the textblocks of the selection, in one step of undo.
 *
 * @param {EditorView} view
 * @param {((text: string) => Promise<string | {text: string}>) | undefined} typography
 * @param {(key: string, values?: Record<string, any>) => void} tell
 */
export async function setTypography(view, typography, tell) {
  if (!typography || view.state.selection instanceof NodeSelection) return;
  const { doc, selection } = view.state;
  /** @type {{at: number, text: string}[]} */
  const blocks = [];
  doc.nodesBetween(selection.from, selection.to, (node, at) => {
    if (node.isTextblock && !node.type.spec.code) blocks.push({ at: at + 1, text: textIn(node) });
    return !node.isTextblock;
  });
  try {
    const answers = await Promise.all(blocks.map(({ text }) => typography(text)));
    // What was written meanwhile is not overwritten.
    if (view.isDestroyed || !view.state.doc.eq(doc)) return;
    const tr = view.state.tr;
    let count = 0;
    for (const [index, answer] of [...answers.entries()].reverse()) {
      const set = typeof answer === "string" ? answer : answer.text;
      count += change(tr, blocks[index].at, blocks[index].text, set);
    }
    if (tr.docChanged) view.dispatch(tr.scrollIntoView());
    tell(count ? "typographySet" : "typographyRight", { count });
  } catch {
    tell("typographyFailed");
  }
}

/** @param {import("prosemirror-model").Node} node */
const textIn = (node) => node.textBetween(0, node.content.size, undefined, LEAF);

/**
 * Change a text where it differs, and return at how many places.
 *
 * @param {import("prosemirror-state").Transaction} tr
 * @param {number} start
 * @param {string} before
 * @param {string} after
 */
function change(tr, start, before, after) {
  const leaves = (/** @type {string} */ text) => text.split(LEAF).length;
  if (leaves(before) !== leaves(after)) return 0;
  const edits = differences(before, after);
  for (const { from, to, text } of [...edits].reverse()) {
    if (text) tr.insertText(text, start + from, start + to);
    else tr.delete(start + from, start + to);
  }
  return edits.length;
}

/**
 * Return the places where two texts differ; both have the same letters and digits in the same order.
 *
 * @param {string} before
 * @param {string} after
 */
export function differences(before, after) {
  /** @type {{from: number, to: number, text: string}[]} */
  const edits = [];
  const isLetter = (/** @type {string | undefined} */ sign) => sign !== undefined && /[\p{L}\p{M}\p{N}\ufffc\ud800-\udfff]/u.test(sign);
  let [old, now] = [0, 0];
  while (old < before.length || now < after.length) {
    if (before[old] === after[now]) {
      old += 1;
      now += 1;
      continue;
    }
    const [from, start] = [old, now];
    while (old < before.length && !isLetter(before[old])) old += 1;
    while (now < after.length && !isLetter(after[now])) now += 1;
    if (before[old] !== after[now]) return [{ from: 0, to: before.length, text: after }];
    edits.push({ from, to: old, text: after.slice(start, now) });
  }
  return edits;
}
