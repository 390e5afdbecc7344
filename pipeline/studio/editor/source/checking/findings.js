// Findings at their place: underlined words, a mark at the end of the block, and a card with what to do.

import { Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { blockNamed, lengthOf, stretch, textOf } from "./places.js";
import { button, element } from "../showing/elements.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {import("prosemirror-state").EditorState} EditorState
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {{id: string, block: string | null, start?: number | null, end?: number | null, words?: string,
 *   severity: "error" | "warning", message: string, remedy?: string, fix?: boolean | {text: string},
 *   accept?: boolean, explain?: boolean}} Finding
 * @typedef {{mend?: (finding: Finding) => any, accept?: (finding: Finding) => any, explain?: (finding: Finding) => any}} Answers
 * @typedef {(key: string, values?: Record<string, any>) => string} Say
 * @typedef {{finding: Finding, from: number, to: number, blockEnd: number, isWhole: boolean}} Placed
 * @typedef {{placed: Placed[], open: string | null}} State
 */

/** @type {PluginKey<State>} */
const KEY = new PluginKey("findings");

/** @param {EditorState} state */
const placedIn = (state) => /** @type {State} */ (KEY.getState(state)).placed;

/** Show other findings. @param {EditorView} view @param {Finding[]} findings */
export function setFindings(view, findings) {
  view.dispatch(view.state.tr.setMeta(KEY, { findings }).setMeta("addToHistory", false));
}

/** Show the card of a finding, or none. @param {EditorView} view @param {string | null} id */
function open(view, id) {
  view.dispatch(view.state.tr.setMeta(KEY, { open: id }).setMeta("addToHistory", false));
}

/**
 * Go to the next finding and open its card, with the caret at its words. Returns whether there is one.
 *
 * @param {EditorView} view
 * @param {1 | -1} direction
 */
export function goToFinding(view, direction) {
  const placed = [...placedIn(view.state)].sort((a, b) => a.from - b.from);
  if (!placed.length) return false;
  const shown = KEY.getState(view.state)?.open;
  const at = placed.findIndex(({ finding }) => finding.id === shown);
  const { from } = view.state.selection;
  const later = placed.findIndex((each) => each.from >= from);
  const next = at >= 0 ? at + direction : direction > 0 ? later : later - 1;
  show(view, placed[(next + placed.length) % placed.length]);
  return true;
}

/** @param {EditorView} view @param {Placed} placed */
function show(view, placed) {
  const tr = view.state.tr.setMeta(KEY, { open: placed.finding.id }).setMeta("addToHistory", false);
  const $at = view.state.doc.resolve(placed.from);
  tr.setSelection($at.parent.inlineContent ? TextSelection.create(view.state.doc, placed.from) : Selection.near($at, 1));
  view.dispatch(tr.scrollIntoView());
  const card = view.dom.querySelector(".be-card[data-open]");
  /** @type {HTMLElement | null | undefined} */ (card?.querySelector("button"))?.focus();
  card?.scrollIntoView({ block: "nearest" });
}

/**
 * Return the plugin of findings.
 *
 * @param {Answers} answers
 * @param {Say} say
 * @param {(text: string) => void} tell
 */
export function findings(answers, say, tell) {
  return new Plugin({
    key: KEY,
    state: {
      /** @returns {State} */
      init: () => ({ placed: [], open: null }),
      apply(tr, value) {
        const asked = tr.getMeta(KEY);
        if (asked?.findings) {
          const placed = asked.findings.flatMap((/** @type {Finding} */ finding) => place(tr.doc, finding));
          const stays = placed.some((/** @type {Placed} */ each) => each.finding.id === value.open);
          return { placed, open: stays ? value.open : null };
        }
        const next = asked ? { ...value, open: asked.open } : value;
        return tr.docChanged ? { ...next, placed: next.placed.flatMap((each) => moved(each, tr)) } : next;
      },
    },
    props: {
      decorations: (state) => shown(state, answers, say, tell),
      handleKeyDown(view, event) {
        if (event.key !== "Escape" || KEY.getState(view.state)?.open == null) return false;
        open(view, null);
        return true;
      },
    },
  });
}

/** @param {PmNode} doc @param {Finding} finding @returns {Placed[]} */
function place(doc, finding) {
  const block = blockNamed(doc, finding.block);
  if (!block) return [];
  const text = textOf(block.node, block.at);
  const blockEnd = block.at + block.node.nodeSize;
  let { start = null, end = null } = finding;
  const found = start === null && finding.words ? text.text.indexOf(finding.words) : -1;
  if (found >= 0 && finding.words) {
    start = lengthOf(text.text.slice(0, found));
    end = start + lengthOf(finding.words);
  }
  const isWhole = start === null || !text.starts.length;
  if (isWhole) return [{ finding, from: block.at, to: blockEnd, blockEnd, isWhole }];
  const { from, to } = stretch(text, start ?? 0, Math.max(end ?? 0, (start ?? 0) + 1));
  return [{ finding, from, to, blockEnd, isWhole: from >= to }];
}

/** Words that were deleted have no finding any more. @param {Placed} placed @param {import("prosemirror-state").Transaction} tr @returns {Placed[]} */
function moved(placed, tr) {
  const from = tr.mapping.map(placed.from, 1);
  const to = tr.mapping.map(placed.to, -1);
  const blockEnd = tr.mapping.map(placed.blockEnd, -1);
  return from < to ? [{ ...placed, from, to, blockEnd: Math.max(blockEnd, to) }] : [];
}

/** @param {EditorState} state @param {Answers} answers @param {Say} say @param {(text: string) => void} tell */
function shown(state, answers, say, tell) {
  const { placed, open: id } = /** @type {State} */ (KEY.getState(state));
  /** @type {Decoration[]} */
  const found = [];
  /** @type {Map<number, Placed[]>} */
  const byBlock = new Map();
  for (const each of placed) {
    const attributes = { class: `be-finding be-${each.finding.severity}` };
    if (each.isWhole) found.push(Decoration.node(each.from, each.to, { class: `be-finding-block be-${each.finding.severity}` }));
    else found.push(Decoration.inline(each.from, each.to, attributes));
    byBlock.set(each.blockEnd, [...(byBlock.get(each.blockEnd) ?? []), each]);
  }
  for (const [at, list] of byBlock) {
    const isOpen = list.some(({ finding }) => finding.id === id);
    const key = `${isOpen ? id : ""}|${JSON.stringify(list.map(({ finding }) => finding))}`;
    const widget = (/** @type {EditorView} */ view) => box(view, list, isOpen ? id : null, { answers, say, tell });
    found.push(Decoration.widget(at, widget, { key, side: -1, stopEvent: () => true, ignoreSelection: true }));
  }
  return DecorationSet.create(state.doc, found);
}

/**
 * @param {EditorView} view
 * @param {Placed[]} list
 * @param {string | null} id
 * @param {{answers: Answers, say: Say, tell: (text: string) => void}} way
 */
function box(view, list, id, way) {
  const { say } = way;
  const isError = list.some(({ finding }) => finding.severity === "error");
  const count = list.length;
  const label = say(isError ? "findingsError" : "findingsWarning", { count });
  const mark = button({ label, text: String(count), class: `be-mark be-${isError ? "error" : "warning"}` }, () => {
    open(view, id === null ? list[0].finding.id : null);
    if (id === null) /** @type {HTMLElement | null} */ (view.dom.querySelector(".be-card[data-open] button"))?.focus();
  });
  mark.setAttribute("aria-expanded", String(id !== null));
  const parts = id === null ? [] : list.map((each) => card(view, each, each.finding.id === id, way));
  const dom = element("div", { class: "be-findings", contenteditable: "false" }, mark, ...parts);
  dom.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(view, null);
    view.focus();
  });
  return dom;
}

/**
 * @param {EditorView} view
 * @param {Placed} placed
 * @param {boolean} isOpen
 * @param {{answers: Answers, say: Say, tell: (text: string) => void}} way
 */
function card(view, { finding, isWhole }, isOpen, { answers, say, tell }) {
  const isError = finding.severity === "error";
  const after = async (/** @type {() => any} */ act, /** @type {string} */ done) => {
    try {
      await act();
      tell(say(done));
    } catch (fault) {
      tell(say("notDone", { reason: fault instanceof Error ? fault.message : "" }));
    }
    view.focus();
  };
  const buttons = [];
  const { fix } = finding;
  // Words that stand in no text of the block – of a caption, of a cell – are put right where they are typed.
  if (typeof fix === "object" && fix) { if (!isWhole) buttons.push(button({ text: say("mend") }, () => after(() => mend(view, finding, fix.text, say), "mended"))); }
  else if (fix && answers.mend) buttons.push(button({ text: say("mend") }, () => after(() => answers.mend?.(finding), "mended")));
  if (finding.accept && answers.accept) {
    buttons.push(button({ text: say("acceptFinding") }, () => after(() => answers.accept?.(finding), "accepted")));
  }
  if (answers.explain) buttons.push(button({ text: say("explain") }, () => answers.explain?.(finding)));
  buttons.push(button({ text: say("close") }, () => {
    open(view, null);
    view.focus();
  }));
  const severity = element("strong", { class: "be-severity" }, say(isError ? "error" : "warning"));
  const message = element("p", {}, severity, " ", finding.message);
  const remedy = finding.remedy ? [element("p", { class: "be-remedy" }, finding.remedy)] : [];
  const dom = element("div", { class: `be-card be-${finding.severity}`, role: "group", "aria-label": finding.message }, message, ...remedy, element("div", { class: "be-buttons" }, ...buttons));
  if (isOpen) dom.setAttribute("data-open", "");
  return dom;
}

/** Put the words of a mend in their place. @param {EditorView} view @param {Finding} finding @param {string} text @param {Say} say */
function mend(view, finding, text, say) {
  const placed = placedIn(view.state).find((each) => each.finding.id === finding.id);
  if (!placed || placed.isWhole) throw new Error(say("wordsGone"));
  const tr = view.state.tr;
  const kept = view.state.doc.resolve(placed.from).marksAcross(view.state.doc.resolve(placed.to)) ?? [];
  if (text) tr.replaceWith(placed.from, placed.to, view.state.schema.text(text, kept));
  else tr.delete(placed.from, placed.to);
  tr.setMeta(KEY, { open: null });
  view.dispatch(tr.scrollIntoView());
}
