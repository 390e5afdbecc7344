// Find and replace within the text and its notes.

import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {{from: number, to: number}} Match
 * @typedef {{words: string, sameCase: boolean, matches: Match[]}} Search
 */

/** @type {PluginKey<Search>} */
const KEY = new PluginKey("finding");

/** What stands for a leaf in the text of a block: it is one position long, as the leaf is. */
export const LEAF = "\ufffc";

/** Letters compared as one reads them; the length stays. @param {string} text @param {boolean} sameCase */
function folded(text, sameCase) {
  const plain = text.replace(/[\u00a0\u202f]/gu, " ").replace(/[’‘]/gu, "'").replace(/[„“”«»]/gu, '"').replace(/[–—‑]/gu, "-");
  if (sameCase) return plain;
  const lower = plain.toLowerCase();
  return lower.length === plain.length ? lower : plain;
}

/** Return where words stand. @param {PmNode} doc @param {string} words @param {boolean} sameCase @returns {Match[]} */
export function matchesIn(doc, words, sameCase) {
  const wanted = folded(words, sameCase);
  /** @type {Match[]} */
  const found = [];
  if (!wanted) return found;
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    const text = folded(node.textBetween(0, node.content.size, undefined, LEAF), sameCase);
    for (let index = text.indexOf(wanted); index >= 0; index = text.indexOf(wanted, index + wanted.length)) {
      found.push({ from: at + 1 + index, to: at + 1 + index + wanted.length });
    }
    return false;
  });
  return found;
}

/** Return the plugin that shows what is found. */
export function finding() {
  /** @type {Search} */
  const nothing = { words: "", sameCase: false, matches: [] };
  return new Plugin({
    key: KEY,
    state: {
      init: () => nothing,
      apply(tr, search) {
        const asked = tr.getMeta(KEY);
        const next = asked ?? search;
        if (!next.words) return nothing;
        return asked || tr.docChanged ? { ...next, matches: matchesIn(tr.doc, next.words, next.sameCase) } : search;
      },
    },
    props: {
      decorations(state) {
        const { from, to } = state.selection;
        const shown = searchOf(state).matches.map((match) => {
          const isCurrent = match.from === from && match.to === to;
          return Decoration.inline(match.from, match.to, { class: isCurrent ? "be-found be-found-here" : "be-found" });
        });
        return DecorationSet.create(state.doc, shown);
      },
    },
  });
}

/** @param {import("prosemirror-state").EditorState} state @returns {Search} */
export const searchOf = (state) => /** @type {Search} */ (KEY.getState(state));

/** Search for words; none ends the search. Returns how many are found. @param {EditorView} view @param {string} words @param {boolean} sameCase */
export function search(view, words, sameCase = false) {
  view.dispatch(view.state.tr.setMeta(KEY, { words, sameCase, matches: [] }));
  return searchOf(view.state).matches.length;
}

/** Go to the next match, or the one before. Returns its number from 1; 0 for none. @param {EditorView} view @param {1 | -1} direction */
export function goOn(view, direction) {
  const { matches } = searchOf(view.state);
  if (!matches.length) return 0;
  const { from, to } = view.state.selection;
  let at = direction > 0 ? matches.findIndex((match) => match.from >= to) : matches.findLastIndex((match) => match.to <= from);
  if (at < 0) at = direction > 0 ? 0 : matches.length - 1;
  const match = matches[at];
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, match.from, match.to)).scrollIntoView());
  return at + 1;
}

/** Replace the match that is selected, and go on. @param {EditorView} view @param {string} words */
export function replaceOne(view, words) {
  const { from, to } = view.state.selection;
  const isMatch = searchOf(view.state).matches.some((match) => match.from === from && match.to === to);
  if (isMatch) view.dispatch(replaced(view.state, [{ from, to }], words));
  return goOn(view, 1);
}

/** Replace all matches, in one step of undo. @param {EditorView} view @param {string} words */
export function replaceAll(view, words) {
  const { matches } = searchOf(view.state);
  if (matches.length) view.dispatch(replaced(view.state, matches, words));
  return matches.length;
}

/** @param {import("prosemirror-state").EditorState} state @param {Match[]} matches @param {string} words */
function replaced(state, matches, words) {
  const tr = state.tr;
  for (const { from, to } of [...matches].reverse()) {
    if (words) {
      const kept = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) ?? [];
      tr.replaceWith(from, to, state.schema.text(words, kept));
    } else tr.delete(from, to);
  }
  return tr;
}
