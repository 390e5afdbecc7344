// Spelling: words that no dictionary has are underlined, with suggestions in a menu.

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { nodes } from "../document/schema.js";
import { textOf } from "./places.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {{start: number, end: number, suggestions: string[]}} Misspelling
 * @typedef {(texts: string[]) => Promise<{misspelt: (Misspelling & {text: number})[]}>} Speller
 */

const KEY = new PluginKey("spelling");
const PAUSE = 500;
const MOST_TEXTS = 40;

/** What looks a text up before one rests. @type {WeakMap<EditorView, {isDone: () => boolean, now: () => Promise<void>}>} */
const LOOKING = new WeakMap();

/**
 * Return the misspelt word at a place, or the first one from there on.
 *
 * @param {import("prosemirror-state").EditorState} state
 * @param {{from: number, to: number}} place
 * @param {boolean} [onwards]
 */
export function misspeltAt(state, { from, to }, onwards = false) {
  const set = /** @type {DecorationSet} */ (KEY.getState(state).shown);
  const here = set.find(from, to).filter((each) => each.from <= from && to <= each.to);
  if (here.length || !onwards) return here[0] ?? null;
  const all = set.find().sort((a, b) => a.from - b.from);
  return all.find((each) => each.from >= to) ?? all[0] ?? null;
}

/** Return how many words are misspelt. @param {import("prosemirror-state").EditorState} state */
export const misspeltCount = (state) => KEY.getState(state).shown.find().length;

/** Return whether all words are looked up as they stand. @param {EditorView} view */
export const isLookedUp = (view) => LOOKING.get(view)?.isDone() ?? true;

/** Look up at once what is not looked up yet. @param {EditorView} view */
export async function lookUp(view) {
  await LOOKING.get(view)?.now();
}

/** Let a word be right as long as the text is open. @param {EditorView} view @param {string} word */
export function accept(view, word) {
  view.dispatch(view.state.tr.setMeta(KEY, { accepted: word }));
}

/**
 * Return the plugin of spelling. Texts are asked about once each, when one rests.
 *
 * @param {Speller | undefined} speller
 */
export function spelling(speller) {
  /** @type {Map<string, Misspelling[]>} */
  const known = new Map();
  /** @type {Set<string>} */
  const accepted = new Set();

  /** @param {import("prosemirror-state").EditorState} state */
  function decorated(state) {
    /** @type {Decoration[]} */
    const found = [];
    const caret = state.selection.empty ? state.selection.from : -1;
    eachText(state.doc, (node, at) => {
      const text = textOf(node, at, true);
      for (const { start, end, suggestions } of known.get(text.text) ?? []) {
        const from = text.starts[start];
        const to = text.starts[end] ?? text.end;
        if (from === undefined || from >= to || accepted.has(state.doc.textBetween(from, to))) continue;
        // A word that is being typed is not finished.
        if (to === caret && typing) continue;
        found.push(Decoration.inline(from, to, { class: "be-misspelt" }, { suggestions }));
      }
    });
    return DecorationSet.create(state.doc, found);
  }

  let typing = false;
  return new Plugin({
    key: KEY,
    state: {
      init: () => ({ shown: DecorationSet.empty }),
      apply(tr, value, _before, state) {
        const meta = tr.getMeta(KEY);
        if (meta?.accepted) accepted.add(meta.accepted);
        if (meta) return { shown: decorated(state) };
        return tr.docChanged ? { shown: value.shown.map(tr.mapping, tr.doc) } : value;
      },
    },
    props: { decorations: (state) => KEY.getState(state).shown },
    view(view) {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      let isAsking = false;
      /** What is being asked. @type {Promise<void>} */
      let last = Promise.resolve();
      const ask = () => {
        if (isAsking) timer = setTimeout(ask, PAUSE);
        else last = askOnce();
      };
      const unknown = () => {
        /** @type {Set<string>} */
        const texts = new Set();
        eachText(view.state.doc, (node, at) => {
          const { text } = textOf(node, at, true);
          if (/\p{L}/u.test(text) && !known.has(text)) texts.add(text);
        });
        return [...texts];
      };
      const askOnce = async () => {
        if (!speller || view.isDestroyed) return;
        const asked = unknown().slice(0, MOST_TEXTS);
        if (asked.length) {
          isAsking = true;
          try {
            const { misspelt } = await speller(asked);
            for (const text of asked) known.set(text, []);
            for (const { text, ...each } of misspelt) known.get(asked[text])?.push(each);
          } catch {
            // A dictionary that does not answer leaves the text without underlines; it is asked again later.
            timer = setTimeout(ask, PAUSE * 20);
            return;
          } finally {
            isAsking = false;
          }
        }
        if (view.isDestroyed) return;
        typing = false;
        view.dispatch(view.state.tr.setMeta(KEY, {}).setMeta("addToHistory", false));
        if (asked.length === MOST_TEXTS) timer = setTimeout(ask, 0);
      };
      timer = setTimeout(ask, 0);
      LOOKING.set(view, {
        isDone: () => !speller || (!typing && !unknown().length),
        async now() {
          await last;
          let left;
          do {
            left = unknown().length;
            clearTimeout(timer);
            last = askOnce();
            await last;
            // A dictionary that does not answer leaves as many.
          } while (unknown().length && unknown().length < left);
        },
      });
      return {
        update(_view, before) {
          if (before.doc === view.state.doc) return;
          typing = true;
          clearTimeout(timer);
          timer = setTimeout(ask, PAUSE);
        },
        destroy: () => clearTimeout(timer),
      };
    },
  });
}

/** @param {import("prosemirror-model").Node} doc @param {(node: import("prosemirror-model").Node, at: number) => void} visit */
function eachText(doc, visit) {
  doc.descendants((node, at) => {
    if (node.isTextblock && !node.type.spec.code && node.type !== nodes.source) visit(node, at);
    return !node.isTextblock;
  });
}
