// A document that comes from outside, put in the place of the one there is, so that the caret stays at its words.

import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { Mapping, Transform } from "prosemirror-transform";
import { saidBy } from "./exchange.js";
import { renewsNames } from "./identities.js";
import { panelStart, READ } from "./notes.js";
import { schema } from "./schema.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {import("prosemirror-state").Transaction} Transaction
 * @typedef {{kind: "same" | "pair", old: number, new: number} | {kind: "out", old: number} | {kind: "in", new: number}} Step
 */

/** The most comparisons of one alignment; beyond, the whole stretch is replaced. */
const MOST_COMPARISONS = 4_000_000;

/** Blocks that share this part of their words are one block that was changed. */
const LIKE = 0.3;

/**
 * Change a transaction's document into another one.
 *
 * Blocks that say the same stay; of a block that was changed, the words that are other ones are replaced.
 * The change is none of the user's: undo does not take it back.
 *
 * @param {Transaction} tr
 * @param {PmNode} wanted
 * @param {PmNode | null} [base] What the other document was made of. What was written here since then stays.
 */
export function becomes(tr, wanted, base = null) {
  const { selection } = tr;
  if (base && !base.eq(tr.doc)) carryOver(tr, base, wanted);
  else changeInto(tr, wanted);
  if (selection instanceof TextSelection) {
    // What comes in at the caret comes behind it: one goes on at the word one was in.
    const mapped = (/** @type {number} */ at) => tr.doc.resolve(tr.mapping.map(at, -1));
    tr.setSelection(TextSelection.between(mapped(selection.anchor), mapped(selection.head)));
  }
  renewsNames(tr.setMeta("addToHistory", false).setMeta(READ, true));
}

/**
 * Carry the change from a base to another document over onto what has become of the base here.
 *
 * Each step is mapped over what was done here and over the steps before it, as in `prosemirror-collab`.
 *
 * @param {Transaction} tr
 * @param {PmNode} base
 * @param {PmNode} wanted
 */
function carryOver(tr, base, wanted) {
  const theirs = new Transform(base);
  changeInto(theirs, wanted);
  const ours = new Transform(base);
  changeInto(ours, tr.doc);
  /** @type {(import("prosemirror-transform").StepMap | null)[]} */
  const carried = [];
  theirs.steps.forEach((step, index) => {
    const mapping = new Mapping();
    for (let before = index - 1; before >= 0; before -= 1) mapping.appendMap(theirs.steps[before].getMap().invert());
    for (const map of ours.mapping.maps) mapping.appendMap(map);
    carried.slice(0, index).forEach((map, before) => {
      if (map) mapping.appendMap(map, index - 1 - before);
    });
    const mapped = step.map(mapping);
    const done = mapped && !tr.maybeStep(mapped).failed;
    carried.push(done && mapped ? mapped.getMap() : null);
  });
}

/**
 * Change a document into another one, step by step.
 *
 * @param {Transform} tr
 * @param {PmNode} wanted
 */
function changeInto(tr, wanted) {
  changeChildren(tr, /** @type {PmNode} */ (tr.doc.lastChild), panelStart(tr.doc) + 1, /** @type {PmNode} */ (wanted.lastChild));
  const body = (/** @type {PmNode} */ doc) => doc.copy(Fragment.from(childrenOf(doc).slice(0, -1)));
  changeChildren(tr, body(tr.doc), 0, body(wanted));
}

/** @param {PmNode} node */
function childrenOf(node) {
  return Array.from({ length: node.childCount }, (_, at) => node.child(at));
}

/**
 * Change the children of a node, from the last to the first, so that positions before them stay.
 *
 * @param {Transform} tr
 * @param {PmNode} old
 * @param {number} start The position of its first child.
 * @param {PmNode} wanted
 */
function changeChildren(tr, old, start, wanted) {
  const before = childrenOf(old);
  const after = childrenOf(wanted);
  /** @type {number[]} */
  const positions = [];
  before.reduce((at, node) => (positions.push(at), at + node.nodeSize), start);
  let end = start + old.content.size;
  for (const step of aligned(before, after).reverse()) {
    if (step.kind === "in") {
      tr.insert(end, after[step.new]);
      continue;
    }
    const at = positions[step.old];
    if (step.kind === "out") tr.delete(at, at + before[step.old].nodeSize);
    else changeNode(tr, before[step.old], at, after[step.new]);
    end = at;
  }
}

/** @param {Transform} tr @param {PmNode} old @param {number} at @param {PmNode} wanted */
function changeNode(tr, old, at, wanted) {
  if (old.type !== wanted.type || old.isLeaf !== wanted.isLeaf) {
    tr.replaceWith(at, at + old.nodeSize, wanted);
    return;
  }
  if (!old.content.eq(wanted.content)) {
    if (old.isTextblock) changeWords(tr, old, at + 1, wanted);
    else changeChildren(tr, old, at + 1, wanted);
  }
  for (const [name, value] of Object.entries(wanted.attrs)) {
    const isBrowsers = name === "pending" || name === "words";
    if (!isBrowsers && JSON.stringify(value) !== JSON.stringify(old.attrs[name])) tr.setNodeAttribute(at, name, value);
  }
}

/**
 * Pair old and new nodes that say the same, or nearly so.
 *
 * @param {PmNode[]} before
 * @param {PmNode[]} after
 * @returns {Step[]}
 */
function aligned(before, after) {
  const oldTexts = before.map(saidBy);
  const newTexts = after.map(saidBy);
  /** @type {Step[]} */
  const steps = [];
  let [fromOld, fromNew] = [0, 0];
  for (const [old, now] of [...commonOf(oldTexts, newTexts), [before.length, after.length]]) {
    steps.push(...pairs(before, after, fromOld, old, fromNew, now));
    if (old < before.length) steps.push({ kind: "same", old, new: now });
    [fromOld, fromNew] = [old + 1, now + 1];
  }
  return steps;
}

/**
 * Pair the changed nodes of a stretch in their order, the likest ones.
 *
 * @param {PmNode[]} before
 * @param {PmNode[]} after
 * @param {number} oldFrom
 * @param {number} oldTo
 * @param {number} newFrom
 * @param {number} newTo
 * @returns {Step[]}
 */
function pairs(before, after, oldFrom, oldTo, newFrom, newTo) {
  const [rows, columns] = [oldTo - oldFrom, newTo - newFrom];
  const isOne = rows === columns && rows <= 1;
  const score = (/** @type {number} */ row, /** @type {number} */ column) => {
    const [old, now] = [before[oldFrom + row], after[newFrom + column]];
    if (old.type !== now.type) return 0;
    const like = isOne ? 1 : likeness(old, now);
    return like >= LIKE ? like : 0;
  };
  /** @type {Step[]} */
  const steps = [];
  let [row, column] = [0, 0];
  const path = rows * columns > 10_000 ? [] : bestPath(rows, columns, score);
  for (const [oldAt, newAt] of [...path, [rows, columns]]) {
    while (row < oldAt) steps.push({ kind: "out", old: oldFrom + row++ });
    while (column < newAt) steps.push({ kind: "in", new: newFrom + column++ });
    if (oldAt < rows) steps.push({ kind: "pair", old: oldFrom + row++, new: newFrom + column++ });
  }
  return steps;
}

/** @param {PmNode} old @param {PmNode} now */
function likeness(old, now) {
  const a = new Set(old.textContent.split(/\s+/));
  const b = new Set(now.textContent.split(/\s+/));
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/**
 * Return the pairs, in order, whose scores sum up to the most.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => number} score
 * @returns {[number, number][]}
 */
function bestPath(rows, columns, score) {
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const scores = new Float64Array(rows * columns);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const own = (scores[row * columns + column] = score(row, column));
      const paired = own > 0 ? own + best[(row + 1) * width + column + 1] : 0;
      best[row * width + column] = Math.max(paired, best[(row + 1) * width + column], best[row * width + column + 1]);
    }
  }
  /** @type {[number, number][]} */
  const path = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    const own = scores[row * columns + column];
    const here = best[row * width + column];
    if (own > 0 && here === own + best[(row + 1) * width + column + 1]) path.push([row++, column++]);
    else if (here === best[(row + 1) * width + column]) row += 1;
    else column += 1;
  }
  return path;
}

/**
 * Return the pairs of a longest common subsequence.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @returns {[number, number][]}
 */
function commonOf(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  /** @type {[number, number][]} */
  const result = Array.from({ length: head }, (_, at) => [at, at]);
  if (rows * columns > 0 && rows * columns <= MOST_COMPARISONS) {
    const same = (/** @type {number} */ row, /** @type {number} */ column) =>
      before[head + row] === after[head + column] ? 1 : 0;
    for (const [row, column] of bestPath(rows, columns, same)) result.push([head + row, head + column]);
  }
  for (let at = tail; at > 0; at -= 1) result.push([before.length - at, after.length - at]);
  return result;
}

/** @typedef {{key: string, node: PmNode}} Token */

/** Cut a block's content into words, spaces and signs. @param {PmNode} block @returns {Token[]} */
function tokensOf(block) {
  /** @type {Token[]} */
  const tokens = [];
  block.forEach((node) => {
    const parts = node.isText ? (node.text ?? "").match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [] : [];
    for (const text of parts) tokens.push(token(schema.text(text, node.marks)));
    if (!node.isText) tokens.push(token(node));
  });
  return tokens;
}

/** @param {PmNode} node @returns {Token} */
const token = (node) => ({ key: JSON.stringify(node.toJSON()), node });

/** @param {Transform} tr @param {PmNode} old @param {number} start @param {PmNode} wanted */
function changeWords(tr, old, start, wanted) {
  const before = tokensOf(old);
  const after = tokensOf(wanted);
  const common = commonOf(before.map(({ key }) => key), after.map(({ key }) => key));
  /** @type {number[]} */
  const positions = [];
  const end = before.reduce((at, { node }) => (positions.push(at), at + node.nodeSize), start);
  positions.push(end);
  let [oldTo, newTo] = [before.length, after.length];
  for (const [oldAt, newAt] of [...common].reverse().concat([[-1, -1]])) {
    if (oldAt + 1 < oldTo || newAt + 1 < newTo) {
      const words = after.slice(newAt + 1, newTo).map(({ node }) => node);
      tr.replace(positions[oldAt + 1], positions[oldTo], new Slice(Fragment.fromArray(words), 0, 0));
    }
    [oldTo, newTo] = [oldAt, newAt];
  }
}
