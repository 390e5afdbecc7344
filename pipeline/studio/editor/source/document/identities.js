// The names of blocks: a block keeps the name of the text it was read from, and no two have the same.

import { Plugin, PluginKey } from "prosemirror-state";
import { saidBy } from "./exchange.js";

/** @typedef {import("prosemirror-model").Node} PmNode */

const KEY = new PluginKey("identities");

/**
 * Return a plugin that keeps names right while blocks are split, joined, wrapped, moved and pasted.
 *
 * Only blocks of the first level have names. Of two with one name, the first that has any words keeps it: a
 * paragraph split at its beginning goes on below. A block that wraps another takes its name over, and one
 * that was cut and comes back gets its own again.
 */
export function identities() {
  return new Plugin({
    key: KEY,
    state: {
      /** @returns {Map<string, string>} What each named block said when it came. */
      init: (_config, state) => said(state.doc),
      apply: (tr, known) => (tr.getMeta(KEY) ? said(tr.doc) : known),
    },
    appendTransaction(transactions, _before, state) {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      const known = KEY.getState(state);
      const wanted = wantedNames(state.doc, known);
      const tr = state.tr;
      let changed = false;
      state.doc.descendants((node, at, parent) => {
        if (node.isInline) return false;
        const own = parent === state.doc ? (wanted.get(at) ?? null) : null;
        if ("id" in node.attrs && node.attrs.id !== own) {
          tr.setNodeAttribute(at, "id", own);
          changed = true;
        }
        return !node.isTextblock;
      });
      return changed ? tr : null;
    },
  });
}

/** Mark a transaction after which the names of all blocks are those of another reading. */
export const renewsNames = (/** @type {import("prosemirror-state").Transaction} */ tr) => tr.setMeta(KEY, true);

/** @param {PmNode} doc */
function said(doc) {
  /** @type {Map<string, string>} */
  const result = new Map();
  doc.forEach((node) => {
    if (node.attrs.id) result.set(node.attrs.id, saidBy(node));
  });
  return result;
}

/**
 * Return the name of each block of the first level, by its position.
 *
 * @param {PmNode} doc
 * @param {Map<string, string>} known
 */
function wantedNames(doc, known) {
  /** @type {Map<string, {at: number, node: PmNode}>} */
  const owners = new Map();
  /** @type {{at: number, node: PmNode}[]} */
  const nameless = [];
  doc.forEach((node, at) => {
    if (!("id" in node.attrs)) return;
    const id = node.attrs.id;
    const owner = id && owners.get(id);
    if (!id) nameless.push({ at, node });
    else if (!owner) owners.set(id, { at, node });
    else if (!owner.node.content.size && node.content.size) {
      owners.set(id, { at, node });
    }
  });
  const left = lost(known, owners);
  if (left.size) swapped(owners, known, left);
  const names = new Map([...owners].map(([id, { at }]) => [at, id]));
  for (const { at, node } of nameless) {
    const name = nameWithin(node, owners) ?? (left.size ? left.get(saidBy(node)) : null);
    if (name && !owners.has(name)) {
      owners.set(name, { at, node });
      names.set(at, name);
    }
  }
  return names;
}

/**
 * Give a block that says what a lost one said the name of that: deleting a paragraph joins the next one to it.
 *
 * @param {Map<string, {at: number, node: PmNode}>} owners
 * @param {Map<string, string>} known
 * @param {Map<string, string>} left
 */
function swapped(owners, known, left) {
  for (const [id, owner] of [...owners]) {
    const words = saidBy(owner.node);
    const name = left.get(words);
    if (!name || known.get(id) === words || owners.has(name)) continue;
    owners.delete(id);
    owners.set(name, owner);
    left.delete(words);
    const own = known.get(id);
    if (own) left.set(own, id);
  }
}

/**
 * Return the blocks that are gone, their names by what they said.
 *
 * @param {Map<string, string>} known
 * @param {Map<string, any>} owners
 */
function lost(known, owners) {
  return new Map([...known].filter(([id]) => !owners.has(id)).map(([id, words]) => [words, id]));
}

/** @param {PmNode} block @param {Map<string, any>} owners @returns {string | null} */
function nameWithin(block, owners) {
  /** @type {string | null} */
  let found = null;
  block.descendants((node) => {
    const id = node.attrs.id;
    if (!found && id && !owners.has(id)) found = id;
    return !found && !node.isTextblock;
  });
  return found;
}
