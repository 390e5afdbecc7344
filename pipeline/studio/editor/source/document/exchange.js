// Documents as Python has them, into the editor and out of it.

import { Fragment } from "prosemirror-model";
import { nodes, schema } from "./schema.js";

/**
 * @typedef {{type: string, attrs?: Record<string, any>, content?: any[], text?: string, marks?: any[]}} NodeJson
 * @typedef {{type: "doc", content: NodeJson[], notes: NodeJson[]}} DocumentJson
 * @typedef {import("prosemirror-model").Node} PmNode
 */

/** Attributes that only the browser needs. */
export const OWN = new Set(["pending", "words", "colspan", "rowspan", "colwidth"]);

/** Attributes are left out where they say nothing, but for those that Python always has. */
const BLOCK_CONTENT = new Set(["list_item", "blockquote"]);

/**
 * Return the editor's document for one of Python's.
 *
 * @param {DocumentJson} json
 * @returns {PmNode}
 */
export function documentOf(json) {
  const blocks = (json.content ?? []).map(nodeOf);
  const notes = nodes.notes.create(null, inOrderOfCalls(json).map(nodeOf));
  const doc = nodes.doc.create(null, [...(blocks.length ? blocks : [nodes.paragraph.create()]), notes]);
  doc.check();
  return doc;
}

/** @param {NodeJson} json @returns {PmNode} */
function nodeOf(json) {
  if (json.type === "text") {
    const marks = (json.marks ?? []).map((mark) => schema.markFromJSON(mark));
    return schema.text(/** @type {string} */ (json.text), sortedMarks(marks));
  }
  const type = schema.nodes[json.type];
  const content = (json.content ?? []).map(nodeOf).map((node) => (fits(type, node) ? node : schema.text(" ", node.marks)));
  if (!content.length && BLOCK_CONTENT.has(json.type)) content.push(nodes.paragraph.create());
  return type.create(json.attrs ?? null, Fragment.fromArray(joined(content)));
}

/** A line break has no place in words of one line: a space stands for it, as on the page. */
const fits = (/** @type {any} */ type, /** @type {PmNode} */ node) =>
  node.type !== nodes.hard_break || type === nodes.paragraph;

/** @param {readonly any[]} marks */
function sortedMarks(marks) {
  return marks.reduce((set, mark) => mark.addToSet(set), []);
}

/** @param {PmNode[]} content */
function joined(content) {
  return Fragment.from(content).content;
}

/**
 * Return the notes by their first calls; those that nothing calls come last.
 *
 * @param {DocumentJson} json
 */
function inOrderOfCalls(json) {
  /** @type {string[]} */
  const labels = [];
  const visit = (/** @type {NodeJson} */ node) => {
    if (node.type === "note_call") labels.push(node.attrs?.label);
    for (const each of node.content ?? []) visit(each);
  };
  (json.content ?? []).forEach(visit);
  const rank = (/** @type {NodeJson} */ note) => {
    const at = labels.indexOf(note.attrs?.label);
    return at < 0 ? labels.length : at;
  };
  return [...(json.notes ?? [])].sort((a, b) => rank(a) - rank(b));
}

/**
 * Return Python's document for the editor's.
 *
 * @param {PmNode} doc
 * @param {readonly string[]} order Labels of notes in the order they were read; others follow.
 * @returns {DocumentJson}
 */
export function jsonOf(doc, order = []) {
  const notes = /** @type {PmNode} */ (doc.lastChild);
  /** @type {NodeJson[]} */
  const content = [];
  for (let at = 0; at < doc.childCount - 1; at += 1) content.push(...nodeJson(doc.child(at)));
  const rank = (/** @type {NodeJson} */ note) => {
    const at = order.indexOf(note.attrs?.label);
    return at < 0 ? order.length : at;
  };
  const written = children(notes).sort((a, b) => rank(a) - rank(b));
  return { type: "doc", content, notes: written };
}

/** @param {PmNode} node @returns {NodeJson[]} */
function children(node) {
  /** @type {NodeJson[]} */
  const result = [];
  node.forEach((child) => result.push(...nodeJson(child)));
  return result;
}

/**
 * Return a node as Python has it, or nothing where it is not there yet: a picture that was not chosen.
 *
 * @param {PmNode} node
 * @returns {NodeJson[]}
 */
export function nodeJson(node) {
  if (node.isText) {
    const text = { type: "text", text: node.text };
    return [node.marks.length ? { ...text, marks: node.marks.map(markJson) } : text];
  }
  if (node.type === nodes.figure && !node.attrs.source) return [];
  /** @type {NodeJson} */
  const json = { type: node.type.name };
  const attrs = Object.entries(node.attrs).filter(([name]) => !OWN.has(name));
  if (attrs.length) json.attrs = Object.fromEntries(attrs);
  if (!node.isLeaf) json.content = children(node);
  return [json];
}

/** @param {import("prosemirror-model").Mark} mark */
function markJson(mark) {
  return Object.keys(mark.attrs).length ? { type: mark.type.name, attrs: mark.attrs } : { type: mark.type.name };
}

/** @type {WeakMap<PmNode, string>} */
const said = new WeakMap();

/**
 * Return a text for what a block says without its name, to find equal ones by.
 *
 * @param {PmNode} node
 */
export function saidBy(node) {
  const known = said.get(node);
  if (known !== undefined) return known;
  const [json] = nodeJson(node);
  const nameless = json?.attrs ? { ...json, attrs: { ...json.attrs, id: null } } : json;
  const text = json ? JSON.stringify(nameless) : `pending:${node.attrs.pending}`;
  said.set(node, text);
  return text;
}
