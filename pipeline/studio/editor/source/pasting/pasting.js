// Pasting and dropping: clean words, notes with their calls, pictures that are asked for.

import { DOMSerializer, Fragment, Slice } from "prosemirror-model";
import { NodeSelection, Plugin, TextSelection } from "prosemirror-state";
import { nodeJson } from "../document/exchange.js";
import { labelsIn, newLabel, notesIn } from "../document/notes.js";
import { nodes, schema } from "../document/schema.js";
import { about } from "../writing/commands.js";
import { cleaned } from "./cleaning.js";
import { FOREIGN } from "./footnotes.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {import("prosemirror-view").EditorView} EditorView
 */

/** Marks what was copied here. */
const OURS = "data-bulletin-text";

class Serializer extends DOMSerializer {
  /** @param {Fragment} fragment @param {any} [options] @param {any} [target] */
  serializeFragment(fragment, options, target) {
    const dom = super.serializeFragment(fragment, options, target);
    const first = /** @type {ParentNode} */ (/** @type {unknown} */ (dom)).firstElementChild;
    first?.setAttribute(OURS, "1");
    return dom;
  }
}

/**
 * Return the plugin of pasting.
 *
 * @param {(view: EditorView, files: File[], at: number) => void} insertPictures
 * @param {(files: File[]) => void} takeOthers Takes files that are no pictures.
 * @param {(key: string, values?: Record<string, any>) => void} tell
 */
export function pasting(insertPictures, takeOthers, tell) {
  const { nodes: nodeSerializers, marks: markSerializers } = DOMSerializer.fromSchema(schema);
  return new Plugin({
    appendTransaction(transactions, _before, state) {
      return transactions.some((tr) => tr.getMeta("paste")) ? behind(state) : null;
    },
    props: {
      clipboardSerializer: new Serializer(nodeSerializers, markSerializers),
      transformCopied: (slice, view) => withWords(slice, view.state.doc),
      transformPastedHTML: (html) => (html.includes(OURS) ? html : cleaned(html)),
      transformPasted: (slice, view) => relabelled(slice, view.state.doc),
      clipboardTextParser: (text) => paragraphsOf(text),
      handlePaste(view, event, slice) {
        const files = picturesIn(event.clipboardData);
        if (files.length && !hasWords(slice)) {
          insertPictures(view, files, view.state.selection.to);
          return true;
        }
        const others = othersIn(event.clipboardData);
        if (others.length && !hasWords(slice)) {
          takeOthers(others);
          return true;
        }
        if (about(view.state, nodes.table_cell, nodes.table_header, nodes.note) && !isPlainInline(slice)) {
          if (isTable(slice)) return false;
          view.dispatch(view.state.tr.replaceSelection(inline(slice, view.state)).scrollIntoView());
          return true;
        }
        const asked = pendingIn(slice);
        if (asked) tell("picturesAsked", { count: asked });
        return pastedBehind(view, slice);
      },
      handleDrop(view, event, _slice, moved) {
        const files = picturesIn(event.dataTransfer);
        const others = othersIn(event.dataTransfer);
        // The browser would open a file in the place of the page.
        if (others.length) takeOthers(others);
        if (moved || !files.length) return others.length > 0;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to;
        event.preventDefault();
        insertPictures(view, files, at);
        return true;
      },
    },
  });
}

/**
 * Paste behind a picture, or what else is selected whole, rather than in its place: it was chosen to say something
 * of it, and nobody sees that it would go. Returns whether it did.
 *
 * @param {EditorView} view @param {Slice} slice
 */
function pastedBehind(view, slice) {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || selection.node.isInline) return false;
  if (!slice.size) return true;
  const tr = view.state.tr.insert(selection.to, nodes.paragraph.create());
  tr.setSelection(TextSelection.create(tr.doc, selection.to + 1)).replaceSelection(slice);
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  return true;
}

/**
 * Put the caret behind what was pasted: a picture at its end would be selected, and what is pasted next take its place.
 *
 * @param {import("prosemirror-state").EditorState} state
 */
function behind(state) {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || selection.node.isInline) return null;
  const { $to } = selection;
  const tr = state.tr;
  if (!$to.nodeAfter?.isTextblock) tr.insert($to.pos, nodes.paragraph.create());
  return tr.setSelection(TextSelection.create(tr.doc, $to.pos + 1));
}

/** @param {File} file */
const isPicture = (file) => file.type.startsWith("image/") || /\.(?:heic|heif)$/i.test(file.name);

/** @param {DataTransfer | null} data */
const picturesIn = (data) => [...(data?.files ?? [])].filter(isPicture);

/** @param {DataTransfer | null} data */
const othersIn = (data) => [...(data?.files ?? [])].filter((file) => !isPicture(file));

/** Word adds a picture of the text to the text. @param {Slice} slice */
function hasWords(slice) {
  return slice.content.size > 0 && slice.content.textBetween(0, slice.content.size, " ", " ").trim() !== "";
}

/** @param {Slice} slice */
function pendingIn(slice) {
  let count = 0;
  slice.content.descendants((node) => {
    if (node.type === nodes.figure && node.attrs.pending) count += 1;
    return true;
  });
  return count;
}

/** @param {Slice} slice */
function isTable(slice) {
  const first = slice.content.firstChild;
  return slice.content.childCount === 1 && (first?.type === nodes.table || first?.type === nodes.table_row) && !!first;
}

/** @param {Slice} slice */
function isPlainInline(slice) {
  const only = slice.content.childCount <= 1 ? slice.content.firstChild : null;
  let isBroken = false;
  slice.content.descendants((node) => {
    if (node.type === nodes.hard_break) isBroken = true;
    return true;
  });
  return !isBroken && (!slice.content.childCount || Boolean(only && (only.isInline || (only.type === nodes.paragraph && slice.openStart > 0))));
}

/** Return the words of a slice on one line. @param {Slice} slice @param {import("prosemirror-state").EditorState} state */
function inline(slice, state) {
  /** @type {PmNode[]} */
  const words = [];
  const takesCalls = state.selection.$from.parent.type !== nodes.note;
  const visit = (/** @type {PmNode} */ node) => {
    if (node.type === nodes.hard_break) words.push(schema.text(" "));
    else if (node.type === nodes.note_call) words.push(...(takesCalls ? [node] : []));
    else if (node.isText) words.push(node);
    else if (node.isTextblock && words.length) words.push(schema.text(" "));
    if (!node.isInline) node.forEach(visit);
  };
  slice.content.forEach(visit);
  return new Slice(Fragment.from(Fragment.fromArray(words).content.filter((node) => !node.isText || node.text)), 0, 0);
}

/** @param {Fragment} fragment @param {(node: PmNode) => PmNode} change @returns {Fragment} */
function mapped(fragment, change) {
  /** @type {PmNode[]} */
  const result = [];
  fragment.forEach((node) => {
    const inner = node.isLeaf ? node : node.copy(mapped(node.content, change));
    result.push(change(inner));
  });
  return Fragment.fromArray(result);
}

/** Return a slice whose calls carry the words of their notes. @param {Slice} slice @param {PmNode} doc */
function withWords(slice, doc) {
  const notes = notesIn(doc);
  const content = mapped(slice.content, (node) => {
    if (node.type !== nodes.note_call) return node;
    const note = notes.get(node.attrs.label)?.node;
    return note ? nodes.note_call.create({ label: node.attrs.label, words: childrenJson(note) }) : node;
  });
  return new Slice(content, slice.openStart, slice.openEnd);
}

/** @param {PmNode} node */
function childrenJson(node) {
  /** @type {any[]} */
  const result = [];
  node.forEach((child) => result.push(...nodeJson(child)));
  return result;
}

/** Return a slice whose calls have labels that mean the same here, or are new. @param {Slice} slice @param {PmNode} doc */
function relabelled(slice, doc) {
  const notes = notesIn(doc);
  const taken = labelsIn(doc);
  /** @type {Map<string, string>} */
  const labels = new Map();
  const content = mapped(slice.content, (node) => {
    if (node.type !== nodes.note_call) return node;
    const { label, words } = node.attrs;
    const known = notes.get(label)?.node;
    if (known && (!words || JSON.stringify(words) === JSON.stringify(childrenJson(known)))) return node;
    // A call that was cut comes back with its own label; those of other programs have none.
    const isFree = !taken.has(label) && !label.startsWith(FOREIGN) && ![...labels.values()].includes(label);
    if (!labels.has(label)) labels.set(label, isFree ? label : newLabel(doc, labels.values()));
    return nodes.note_call.create({ label: labels.get(label), words });
  });
  return new Slice(content, slice.openStart, slice.openEnd);
}

/**
 * Return plain text as paragraphs: parted by empty lines, or by line ends where there is no empty line.
 *
 * @param {string} text
 */
export function paragraphsOf(text) {
  const plain = text.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f]/g, "").replace(/^\n+|\s+$/g, "");
  const parts = /\n[ \t]*\n/.test(plain) ? plain.split(/\n(?:[ \t]*\n)+/) : plain.split("\n");
  const paragraphs = parts.filter((part) => part.trim()).map((part) => nodes.paragraph.create(null, linesOf(part)));
  return Slice.maxOpen(Fragment.fromArray(paragraphs));
}

/** Lines of a mail that are broken at one width are one line. @param {string} part */
function linesOf(part) {
  const lines = part.split("\n").map((each) => each.replace(/\t/g, " ").trim());
  const widest = Math.max(...lines.map((each) => each.length));
  /** @type {PmNode[]} */
  const words = [];
  lines.forEach((each, at) => {
    const isFull = at > 0 && widest >= 50 && lines[at - 1].length >= widest * 0.7;
    if (at > 0) words.push(isFull ? schema.text(" ") : nodes.hard_break.create());
    if (each) words.push(schema.text(each));
  });
  return words;
}
