// Typography as one types: quotation marks and dashes of the language, each undone by one Ctrl+Z.

import { closeHistory } from "prosemirror-history";
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { marks } from "../document/schema.js";

/** Outer marks by language, as `pipeline/typography/microtypography/quotation.py` sets them. @type {Record<string, [string, string]>} */
const QUOTES = {
  bg: ["„", "“"],
  mk: ["„", "“"],
  de: ["„", "“"],
  sr: ["„", "”"],
  en: ["“", "”"],
  ru: ["«", "»"],
  uk: ["«", "»"],
};

/** After these, or at the beginning, a mark opens. */
const OPENS_AFTER = /[\s\u00a0([{–—\-/„«“‘]$/u;

/** The sign between words in languages that set a long one. @type {Record<string, string>} */
const DASHES = { ru: "—", uk: "—" };

/**
 * Return what is set for the end of a text: how many characters go, and what comes for them.
 *
 * @param {string} before The text of the paragraph before the caret, the typed sign with it.
 * @param {string} language
 * @returns {{length: number, text: string} | null}
 */
export function setting(before, language) {
  const tag = language.split("-")[0].toLowerCase();
  const quotes = QUOTES[tag];
  const dash = DASHES[tag] ?? "–";
  if (before.endsWith('"') && quotes) {
    const rest = before.slice(0, -1);
    const opens = !rest || OPENS_AFTER.test(rest);
    // After a digit it may be inches, where no quotation is open.
    const isOpen = rest.lastIndexOf(quotes[0]) > rest.lastIndexOf(quotes[1]);
    if (!opens && /\d$/u.test(rest) && !isOpen) return null;
    return { length: 1, text: opens ? quotes[0] : quotes[1] };
  }
  if (/(?:^|[^-–—])--$/u.test(before)) return { length: 2, text: dash };
  if (/[^\s\u00a0\-–—][ \u00a0]- $/u.test(before)) return { length: 2, text: `${dash} ` };
  if (/(?:^|[^.])\.\.\.$/u.test(before)) return { length: 3, text: "…" };
  return null;
}

/**
 * Return a plugin that sets typography while typing. What was typed is in the history before it is set.
 *
 * @param {string} language
 */
export function typographyAsTyped(language) {
  return new Plugin({
    props: {
      handleTextInput(view, from, to, text) {
        if (view.composing) return false;
        const { $from } = view.state.selection;
        const isPlain = $from.parent.type.spec.code || marks.code.isInSet(view.state.storedMarks ?? $from.marks());
        if (isPlain || text.length !== 1) return false;
        const $at = view.state.doc.resolve(from);
        const start = Math.max(0, $at.parentOffset - 200);
        const before = $at.parent.textBetween(start, $at.parentOffset, undefined, "\ufffc") + text;
        const set = setting(before, language);
        if (!set) return false;
        const typed = view.state.tr.insertText(text, from, to);
        view.dispatch(typed.scrollIntoView());
        const end = view.state.selection.from;
        view.dispatch(closeHistory(view.state.tr.insertText(set.text, end - set.length, end)));
        view.dispatch(closeHistory(view.state.tr));
        return true;
      },
      decorations: (state) => noBreakSpaces(state.doc),
    },
  });
}

/** @type {WeakMap<import("prosemirror-model").Node, DecorationSet>} */
const drawn = new WeakMap();

/** Show no-break spaces, which look like others. @param {import("prosemirror-model").Node} doc */
function noBreakSpaces(doc) {
  const known = drawn.get(doc);
  if (known) return known;
  /** @type {Decoration[]} */
  const found = [];
  doc.descendants((node, at) => {
    const text = node.text ?? "";
    for (let index = text.search(/[\u00a0\u202f]/u); index >= 0; index = next(text, index)) {
      found.push(Decoration.inline(at + index, at + index + 1, { class: "be-no-break" }));
    }
  });
  const set = DecorationSet.create(doc, found);
  drawn.set(doc, set);
  return set;
}

/** @param {string} text @param {number} index */
function next(text, index) {
  const later = text.slice(index + 1).search(/[\u00a0\u202f]/u);
  return later < 0 ? -1 : index + 1 + later;
}
