// How notes, breaks and plain text are shown.

import { TextSelection } from "prosemirror-state";
import { callsIn } from "../document/notes.js";
import { nodes } from "../document/schema.js";
import { button, element, newId } from "./elements.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {(key: string, values?: Record<string, any>) => string} Say
 */

/** The panel of notes below the text; it is not seen where there are none. @param {Say} say */
export const panelView = (say) => (/** @type {PmNode} */ node) => {
  const heading = element("p", { class: "be-notes-title", id: newId(), contenteditable: "false" }, say("notes"));
  const contentDOM = element("div", { class: "be-notes-list" });
  const dom = element("section", { class: "be-notes", "aria-labelledby": heading.id }, heading, contentDOM);
  dom.hidden = !node.childCount;
  return {
    dom,
    contentDOM,
    update(/** @type {PmNode} */ other) {
      dom.hidden = !other.childCount;
      return other.type === nodes.notes;
    },
    ignoreMutation: outside(contentDOM),
  };
};

/** A change of what is not the text's is none of the text. @param {HTMLElement} contentDOM */
const outside = (contentDOM) => (/** @type {any} */ mutation) =>
  mutation.type !== "selection" && !contentDOM.contains(mutation.target);

/** @param {Say} say */
export const noteView = (say) => (/** @type {PmNode} */ node, /** @type {EditorView} */ view) => {
  const { label } = node.attrs;
  const back = button({ label: say("backToText"), text: "↩", class: "be-back" }, () => {
    const [at] = callsIn(view.state.doc).get(label) ?? [];
    if (at === undefined) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at + 1)).scrollIntoView());
    view.focus();
  });
  back.contentEditable = "false";
  const contentDOM = element("div", { class: "be-note-words" });
  const dom = element("div", { class: "be-note", "data-note": label }, contentDOM, back);
  return {
    dom,
    contentDOM,
    update: (/** @type {PmNode} */ other) => other.type === nodes.note && other.attrs.label === label,
    stopEvent: (/** @type {Event} */ event) => back.contains(/** @type {Node} */ (event.target)),
    ignoreMutation: outside(contentDOM),
  };
};

/** @param {Say} say @param {string} key */
export const breakView = (say, key) => () => {
  const label = element("span", {}, say(key));
  const dom = element("div", { class: `be-break be-${key}`, role: "separator", "aria-label": say(key) }, label);
  return { dom };
};

/** Code, and text that the editor cannot show, each with its name. @param {Say} say @param {"source" | "codeBlock"} key */
export const plainView = (say, key) => () => {
  const name = element("div", { class: "be-plain-name", contenteditable: "false" }, say(key));
  const contentDOM = element("code", {});
  const lines = element("pre", { spellcheck: "false" }, contentDOM);
  const hint = key === "source" ? [element("div", { class: "be-hint", contenteditable: "false" }, say("sourceHint"))] : [];
  const dom = element("div", { class: `be-plain be-${key}`, role: "group", "aria-label": say(key) }, name, lines, ...hint);
  return { dom, contentDOM, ignoreMutation: outside(contentDOM) };
};
