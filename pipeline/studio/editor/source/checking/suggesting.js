// The menu of suggestions for a word that no dictionary has.

import { closeHistory } from "prosemirror-history";
import { TextSelection } from "prosemirror-state";
import { openMenu } from "../showing/dialogs.js";
import { accept, isLookedUp, lookUp, misspeltAt, misspeltCount } from "./spelling.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {{root: HTMLElement, say: (key: string, values?: Record<string, any>) => string, tell: (text: string) => void}} Way
 */

/**
 * Go to the next misspelt word, and show what may be meant, once all words are looked up.
 *
 * @param {EditorView} view
 * @param {Way} way
 */
export function nextMisspelt(view, way) {
  if (isLookedUp(view)) goToNext(view, way);
  else lookUp(view).then(() => view.isDestroyed || goToNext(view, way));
}

/** @param {EditorView} view @param {Way} way */
function goToNext(view, way) {
  const { state } = view;
  const word = misspeltAt(state, state.selection, true);
  if (!word) {
    way.tell(way.say("noMisspelt"));
    return;
  }
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, word.from, word.to)).scrollIntoView());
  way.tell(way.say("misspeltCount", { count: misspeltCount(state) }));
  suggest(view, word, way);
}

/**
 * Show what may be meant by a word. Returns whether there is one.
 *
 * @param {EditorView} view
 * @param {import("prosemirror-view").Decoration | null} word
 * @param {Way} way
 */
export function suggest(view, word, { root, say, tell }) {
  if (!word) return false;
  const { state } = view;
  const text = state.doc.textBetween(word.from, word.to);
  const replaceBy = (/** @type {string} */ other) => () => {
    const kept = state.doc.resolve(word.from).marksAcross(state.doc.resolve(word.to)) ?? [];
    const tr = view.state.tr.replaceWith(word.from, word.to, state.schema.text(other, kept));
    const caret = TextSelection.create(tr.doc, word.from + other.length);
    view.dispatch(closeHistory(tr.setSelection(caret).scrollIntoView()));
    tell(say("replacedBy", { word: other }));
  };
  const items = word.spec.suggestions.slice(0, 7).map((/** @type {string} */ other) => ({ text: other, run: replaceBy(other) }));
  items.push({ text: say("acceptWord"), run: () => accept(view, text) });
  openMenu(view, root, word.from, say("suggestionsFor", { word: text }), items);
  return true;
}
