// Footnotes: each call has its note below the text; a note goes with its last call and stands in the order of calls.

import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { marks, nodes, schema } from "./schema.js";

/** @typedef {import("prosemirror-model").Node} PmNode */

/** Marks a transaction that puts in place what was read from a file. */
export const READ = "read";

/**
 * Return where each label is called, in order.
 *
 * @param {PmNode} doc
 * @returns {Map<string, number[]>}
 */
export function callsIn(doc) {
  /** @type {Map<string, number[]>} */
  const calls = new Map();
  doc.descendants((node, at) => {
    if (node.type === nodes.notes) return false;
    if (node.type === nodes.note_call) calls.set(node.attrs.label, [...(calls.get(node.attrs.label) ?? []), at]);
    return true;
  });
  return calls;
}

/**
 * Return the notes by their labels, with their positions.
 *
 * @param {PmNode} doc
 * @returns {Map<string, {node: PmNode, at: number}>}
 */
export function notesIn(doc) {
  /** @type {Map<string, {node: PmNode, at: number}>} */
  const found = new Map();
  const panel = /** @type {PmNode} */ (doc.lastChild);
  const start = doc.content.size - panel.nodeSize + 1;
  panel.forEach((node, offset) => {
    if (!found.has(node.attrs.label)) found.set(node.attrs.label, { node, at: start + offset });
  });
  return found;
}

/** Return the position at which the panel of notes begins. @param {PmNode} doc */
export const panelStart = (doc) => doc.content.size - /** @type {PmNode} */ (doc.lastChild).nodeSize;

/**
 * Return the labels of notes, with those in the text of blocks that are shown as their source.
 *
 * @param {PmNode} doc
 */
export function labelsIn(doc) {
  const taken = new Set([...notesIn(doc).keys(), ...callsIn(doc).keys()]);
  doc.descendants((node) => {
    if (node.type === nodes.source) {
      for (const match of node.textContent.matchAll(/\[\^([^\]\s]+)\]/g)) taken.add(match[1]);
    }
    return !node.isTextblock;
  });
  return taken;
}

/**
 * Return a label that nothing has.
 *
 * @param {PmNode} doc
 * @param {Iterable<string>} [others]
 */
export function newLabel(doc, others = []) {
  const taken = new Set([...labelsIn(doc), ...others]);
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

/** Return the words of a note as text nodes. @param {any} words @returns {PmNode[]} */
export function wordsOf(words) {
  if (!Array.isArray(words)) return [];
  try {
    return words.map((json) => schema.nodeFromJSON(json)).filter((node) => node.isText);
  } catch {
    return [];
  }
}

/**
 * Return a plugin that keeps calls and notes together.
 *
 * @param {(key: string, values: Record<string, any>) => string} say
 */
export function notesTogether(say) {
  const named = (/** @type {string} */ number) => say("noteNumber", { number });
  return new Plugin({
    appendTransaction(transactions, before, state) {
      if (!transactions.some((tr) => tr.docChanged) || before.doc.eq(state.doc)) return null;
      const had = callsIn(before.doc);
      const calls = callsIn(state.doc);
      const there = notesIn(state.doc);
      const panel = /** @type {PmNode} */ (state.doc.lastChild);
      // A file may have a note that nothing calls; it is not lost by being read.
      const isRead = transactions.some((tr) => tr.getMeta(READ));
      const goes = (/** @type {string} */ label) => !isRead && had.has(label) && !calls.has(label);
      const kept = [...there.values()].map(({ node }) => node).filter((note) => !goes(note.attrs.label));
      const made = [...calls].filter(([label]) => !there.has(label)).map(([label, [at]]) => noteFor(state.doc, label, at));
      const labels = [...calls.keys()];
      const rank = (/** @type {PmNode} */ note) => (calls.has(note.attrs.label) ? labels.indexOf(note.attrs.label) : labels.length);
      const wanted = [...kept, ...made].sort((a, b) => rank(a) - rank(b));
      const tr = state.tr;
      if (wanted.length !== panel.childCount || wanted.some((note, at) => note !== panel.child(at))) arrange(tr, wanted);
      const worded = [...calls.values()].flat().filter((at) => state.doc.nodeAt(at)?.attrs.words);
      for (const at of worded) tr.setNodeAttribute(at, "words", null);
      return tr.docChanged ? tr : null;
    },
    props: {
      decorations: (state) => numbered(state.doc, named),
    },
  });
}

/** @param {PmNode} doc @param {string} label @param {number} at */
function noteFor(doc, label, at) {
  return nodes.note.create({ label }, wordsOf(doc.nodeAt(at)?.attrs.words));
}

/**
 * Change the panel's notes into others; those that stay in their order are not touched, so that a caret stays.
 *
 * @param {import("prosemirror-state").Transaction} tr
 * @param {PmNode[]} wanted
 */
function arrange(tr, wanted) {
  const stays = new Set(wanted);
  const positions = () => {
    const start = panelStart(tr.doc) + 1;
    /** @type {{node: PmNode, at: number}[]} */
    const found = [];
    /** @type {PmNode} */ (tr.doc.lastChild).forEach((node, offset) => found.push({ node, at: start + offset }));
    return found;
  };
  for (const { node, at } of positions().reverse()) {
    if (!stays.has(node)) tr.delete(at, at + node.nodeSize);
  }
  for (const [index, note] of wanted.entries()) {
    const now = positions();
    if (now[index]?.node === note) continue;
    const old = now.find(({ node }) => node === note);
    if (old) tr.delete(old.at, old.at + note.nodeSize);
    const later = positions();
    tr.insert(later[index]?.at ?? tr.doc.content.size - 1, note);
  }
}

/** @type {WeakMap<PmNode, DecorationSet>} */
const drawn = new WeakMap();

/**
 * Show the number of each call and note, and that of items which do not follow one another.
 *
 * @param {PmNode} doc
 * @param {(number: string) => string} named
 */
function numbered(doc, named) {
  const known = drawn.get(doc);
  if (known) return known;
  const calls = callsIn(doc);
  const numbers = new Map([...calls.keys()].map((label, index) => [label, String(index + 1)]));
  /** @type {Decoration[]} */
  const decorations = [];
  for (const [label, positions] of calls) {
    const number = /** @type {string} */ (numbers.get(label));
    const attributes = { "data-number": number, role: "img", "aria-label": named(number) };
    for (const at of positions) decorations.push(Decoration.node(at, at + 1, attributes));
  }
  for (const [label, { node, at }] of notesIn(doc)) {
    decorations.push(Decoration.node(at, at + node.nodeSize, { "data-number": numbers.get(label) ?? "–" }));
  }
  doc.descendants((node, at) => {
    if (node.type === nodes.ordered_list && node.attrs.numbers.length === node.childCount) {
      node.forEach((item, offset, index) => {
        const value = { value: String(node.attrs.numbers[index]) };
        decorations.push(Decoration.node(at + 1 + offset, at + 1 + offset + item.nodeSize, value));
      });
    }
    return !node.isTextblock;
  });
  const set = DecorationSet.create(doc, decorations);
  drawn.set(doc, set);
  return set;
}

/**
 * Insert the call of a new note at the end of the selection, and put the caret into the note.
 *
 * @type {import("prosemirror-state").Command}
 */
export function insertNote(state, dispatch) {
  const { $to } = state.selection;
  const parent = $to.parent;
  const may = parent.inlineContent && parent.type.contentMatch.matchType(nodes.note_call) && parent.type !== nodes.note;
  if (!may) return false;
  if (dispatch) {
    const label = newLabel(state.doc);
    const tr = state.tr.insert($to.pos, nodes.note_call.create({ label }));
    // No call stands within a link, for it is a link itself.
    tr.removeMark($to.pos, $to.pos + 1, marks.link);
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** Delete a note with its calls. @param {import("prosemirror-state").EditorState} state @param {string} label */
export function withoutNote(state, label) {
  const tr = state.tr;
  for (const at of [...(callsIn(state.doc).get(label) ?? [])].reverse()) tr.delete(at, at + 1);
  const note = notesIn(tr.doc).get(label);
  if (note) tr.delete(note.at, note.at + note.node.nodeSize);
  return tr;
}
