// The buttons above the text: one stop of Tab, arrows between them (ARIA Authoring Practices, toolbar).

import { redo, undo } from "prosemirror-history";
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, selectedRect } from "prosemirror-tables";
import { insertNote } from "../document/notes.js";
import { nodes } from "../document/schema.js";
import {
  about,
  apart,
  hasMark,
  insertOrnament,
  insertPageBreak,
  insertTable,
  linkAbout,
  listAbout,
  nest,
  placeForBlock,
  startAt,
  toggleCode,
  toggled,
  toggleHeading,
  toggleList,
  toggleQuote,
  unnest,
} from "../writing/commands.js";
import { button, element, icon, labelled } from "./elements.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {import("prosemirror-state").EditorState} EditorState
 * @typedef {import("prosemirror-state").Command} Command
 * @typedef {(key: string, values?: Record<string, any>) => string} Say
 * @typedef {{key: string, icon?: string, sign?: string, keys?: string, run: Command, is?: (state: EditorState) => boolean,
 *   may?: (state: EditorState) => boolean}} Tool
 */

/** @param {number} level @returns {(state: EditorState) => boolean} */
const isHeading = (level) => (state) => about(state, nodes.heading)?.node.attrs.level === level;
const isList = (/** @type {any} */ type) => (/** @type {EditorState} */ state) => listAbout(state)?.node.type === type;

/** @param {Record<string, Command>} parts What opens parts around the text. @returns {Tool[][]} */
const mainTools = (parts) => [
  [
    { key: "undo", icon: "undo", keys: "Ctrl+Z", run: undo },
    { key: "redo", icon: "redo", keys: "Ctrl+Y", run: redo },
  ],
  [
    { key: "bold", icon: "bold", keys: "Ctrl+B", run: toggled("strong"), is: (state) => hasMark(state, "strong") },
    { key: "italic", icon: "italic", keys: "Ctrl+I", run: toggled("em"), is: (state) => hasMark(state, "em") },
    { key: "link", icon: "link", keys: "Ctrl+K", run: parts.link, is: (state) => linkAbout(state) !== null },
    { key: "code", icon: "code", run: toggled("code"), is: (state) => hasMark(state, "code") },
  ],
  [
    { key: "heading2", sign: "headingSign", keys: "Ctrl+Alt+1", run: toggleHeading(2), is: isHeading(2) },
    { key: "heading3", sign: "headingSign", keys: "Ctrl+Alt+2", run: toggleHeading(3), is: isHeading(3) },
    { key: "heading4", sign: "headingSign", keys: "Ctrl+Alt+3", run: toggleHeading(4), is: isHeading(4) },
  ],
  [
    { key: "bulletList", icon: "bullets", keys: "Ctrl+Shift+L", run: toggleList(nodes.bullet_list), is: isList(nodes.bullet_list) },
    { key: "orderedList", icon: "numbers", keys: "Ctrl+Shift+7", run: toggleList(nodes.ordered_list), is: isList(nodes.ordered_list) },
    { key: "quote", icon: "quote", run: toggleQuote, is: (state) => about(state, nodes.blockquote) !== null },
  ],
  [
    { key: "picture", icon: "picture", run: parts.picture, may: (state) => placeForBlock(state) !== null },
    { key: "table", icon: "table", run: insertTable, may: (state) => !isInTable(state) && insertTable(state) },
    { key: "note", icon: "note", keys: "Ctrl+Alt+F", run: insertNote },
    { key: "pageBreak", icon: "pageBreak", keys: "Ctrl+Enter", run: insertPageBreak },
    { key: "ornament", icon: "ornament", run: insertOrnament },
    { key: "codeBlock", icon: "codeBlock", run: toggleCode, is: (state) => about(state, nodes.code_block) !== null },
  ],
  [
    { key: "findAndReplace", icon: "find", keys: "Ctrl+F", run: parts.find },
    { key: "spelling", icon: "spelling", keys: "F7", run: parts.spelling },
    { key: "typography", icon: "typography", run: parts.typography },
    { key: "nextFinding", icon: "finding", keys: "F8", run: parts.finding },
  ],
];

/** @type {Tool[]} */
const LIST_TOOLS = [
  { key: "unnest", icon: "unnest", keys: "Shift+Tab", run: unnest },
  { key: "nest", icon: "nest", keys: "Tab", run: nest },
];

/** @param {string} alignment @returns {Tool} */
const aligned = (alignment) => ({
  key: `align_${alignment}`,
  icon: alignment,
  run: setAlignment(alignment),
  is: (state) => about(state, nodes.table_cell, nodes.table_header)?.node.attrs.alignment === alignment,
});

/** @type {Tool[]} */
const TABLE_TOOLS = [
  { key: "rowAbove", icon: "rowAbove", run: addRowBefore },
  { key: "rowBelow", icon: "rowBelow", run: addRowAfter },
  { key: "columnBefore", icon: "columnBefore", run: addColumnBefore },
  { key: "columnAfter", icon: "columnAfter", run: addColumnAfter },
  { key: "rowGone", icon: "rowGone", run: whole(deleteRow, "bottom", "top", "height") },
  { key: "columnGone", icon: "columnGone", run: whole(deleteColumn, "right", "left", "width") },
  aligned("start"),
  aligned("centre"),
  aligned("end"),
  { key: "tableGone", icon: "gone", run: deleteTable },
];

/** The last row or column goes with the table. @param {Command} command @param {"bottom" | "right"} end @param {"top" | "left"} start @param {"height" | "width"} size @returns {Command} */
function whole(command, end, start, size) {
  return (state, dispatch, view) => {
    if (!isInTable(state)) return false;
    const rect = selectedRect(state);
    const isAll = rect[end] - rect[start] >= rect.map[size];
    return (isAll ? deleteTable : command)(state, dispatch, view);
  };
}

/** Set the columns of the selection. @param {string} alignment @returns {Command} */
function setAlignment(alignment) {
  return (state, dispatch) => {
    if (!isInTable(state)) return false;
    const rect = selectedRect(state);
    const tr = state.tr;
    for (const at of rect.map.cellsInRect({ left: rect.left, right: rect.right, top: 0, bottom: rect.map.height })) {
      tr.setNodeAttribute(rect.tableStart + at, "alignment", alignment);
    }
    dispatch?.(tr);
    return true;
  };
}

/** One row of buttons with one stop of Tab. */
class Bar {
  /** @param {EditorView} view @param {Tool[][]} groups @param {string} label @param {Say} say @param {string} controls */
  constructor(view, groups, label, say, controls) {
    this.view = view;
    /** @type {{tool: Tool, dom: HTMLButtonElement}[]} */
    this.tools = [];
    const parts = groups.map((group) => {
      const buttons = group.map((tool) => {
        const sign = tool.sign ? { text: say(tool.sign) } : { icon: icon(/** @type {string} */ (tool.icon)) };
        const dom = button({ label: say(tool.key), keys: tool.keys, class: "be-tool", ...sign }, () => this.#run(tool));
        dom.tabIndex = -1;
        dom.dataset.tool = tool.key;
        // A press leaves the selection where it is.
        dom.addEventListener("mousedown", (event) => event.preventDefault());
        this.tools.push({ tool, dom });
        return dom;
      });
      return element("div", { class: "be-group" }, ...buttons);
    });
    this.dom = element("div", { class: "be-bar", role: "toolbar", "aria-label": label, "aria-controls": controls }, ...parts);
    this.dom.addEventListener("keydown", (event) => this.#key(event));
    this.dom.addEventListener("focusin", (event) => this.#stop(/** @type {HTMLElement} */ (event.target)));
    this.#stop(this.#stops()[0]);
  }

  /** @param {Tool} tool */
  #run(tool) {
    const { view } = this;
    const hadFocus = this.dom.contains(document.activeElement);
    const before = document.activeElement;
    const isHistory = tool.run === undo || tool.run === redo;
    (isHistory ? tool.run : apart(tool.run))(view.state, view.dispatch, view);
    // What has opened a part of its own has the focus there.
    if (document.activeElement === before || !hadFocus) {
      if (!document.activeElement?.closest("dialog, .be-menu, .be-find, .be-figure, .be-card")) view.focus();
    }
  }

  /** @returns {HTMLElement[]} */
  #stops() {
    return /** @type {HTMLElement[]} */ ([...this.dom.querySelectorAll("button, input")]).filter((each) => !each.closest("[hidden]"));
  }

  /** @param {HTMLElement | undefined} here */
  #stop(here) {
    if (here) for (const each of this.#stops()) each.tabIndex = each === here ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const stops = this.#stops();
    const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
    const isField = /** @type {HTMLElement} */ (event.target).matches("input");
    /** @type {Record<string, number>} */
    const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 };
    if (event.key === "Escape") this.view.focus();
    else if (event.key in moves && !isField) stops[(moves[event.key] + stops.length) % stops.length]?.focus();
    else return;
    event.preventDefault();
  }

  focus() {
    const stops = this.#stops();
    (stops.find((each) => each.tabIndex === 0) ?? stops[0])?.focus();
  }

  /** @param {EditorState} state */
  update(state) {
    for (const { tool, dom } of this.tools) {
      const may = tool.may ? tool.may(state) : tool.run(state);
      // A button that cannot act now stays within reach, and says so.
      dom.setAttribute("aria-disabled", String(!may));
      if (tool.is) dom.setAttribute("aria-pressed", String(tool.is(state)));
    }
    const stops = this.#stops();
    if (stops.length && !stops.some((each) => each.tabIndex === 0)) this.#stop(stops[0]);
  }
}

/** The buttons above the text, and those of the list or table one is in. */
export class Toolbar {
  /** @param {EditorView} view @param {Record<string, Command>} parts @param {Say} say @param {string} controls The id of the text. */
  constructor(view, parts, say, controls) {
    this.say = say;
    this.main = new Bar(view, mainTools(parts), say("toolbar"), say, controls);
    this.list = new Bar(view, [LIST_TOOLS], say("listTools"), say, controls);
    this.table = new Bar(view, [TABLE_TOOLS], say("tableTools"), say, controls);
    this.start = element("input", { type: "number", min: "0", max: "999999999", class: "be-number" });
    this.start.addEventListener("change", () => apart(startAt(Number(this.start.value)))(view.state, view.dispatch));
    this.start.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      apart(startAt(Number(this.start.value)))(view.state, view.dispatch);
      view.focus();
    });
    this.startField = labelled(say("startAt"), this.start);
    this.list.dom.append(this.startField);
    this.place = element("span", { class: "be-place" });
    const context = element("div", { class: "be-context" }, this.place, this.list.dom, this.table.dom);
    this.dom = element("div", { class: "be-tools" }, this.main.dom, context);
  }

  focus() {
    this.main.focus();
  }

  /** @param {EditorState} state */
  update(state) {
    const list = listAbout(state);
    const isTable = isInTable(state);
    this.list.dom.hidden = !list || isTable;
    this.table.dom.hidden = !isTable;
    this.startField.hidden = list?.node.type !== nodes.ordered_list;
    if (list && document.activeElement !== this.start) this.start.value = String(list.node.attrs.order ?? 1);
    this.place.textContent = this.#place(state);
    for (const bar of [this.main, this.list, this.table]) bar.update(state);
  }

  /** @param {EditorState} state */
  #place(state) {
    const { say } = this;
    if (isInTable(state)) {
      const { top, left } = selectedRect(state);
      return say("placeTable", { row: top + 1, column: left + 1 });
    }
    const places = /** @type {[any, string][]} */ ([
      [nodes.note, "placeNote"],
      [nodes.source, "source"],
      [nodes.code_block, "codeBlock"],
      [nodes.figure, "picture"],
      [nodes.list_item, "placeList"],
      [nodes.blockquote, "quote"],
    ]);
    const found = places.find(([type]) => about(state, type));
    if (found) return say(found[1]);
    const heading = about(state, nodes.heading);
    return heading ? say(`heading${Math.min(heading.node.attrs.level, 4)}`) : say("placeText");
  }
}
