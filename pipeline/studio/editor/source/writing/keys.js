// The keys: those of Word, and a way out of the text for those who have no mouse.

import {
  chainCommands,
  createParagraphNear,
  deleteSelection,
  joinBackward,
  joinForward,
  liftEmptyBlock,
  newlineInCode,
  selectNodeBackward,
  selectNodeForward,
  splitBlock,
} from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { keydownHandler } from "prosemirror-keymap";
import { splitListItem } from "prosemirror-schema-list";
import { Plugin, Selection, TextSelection } from "prosemirror-state";
import { addRowAfter, goToNextCell, isInTable } from "prosemirror-tables";
import { callsIn, insertNote, withoutNote } from "../document/notes.js";
import { nodes } from "../document/schema.js";
import {
  about,
  apart,
  goToEnd,
  insertLineBreak,
  nest,
  insertPageBreak,
  selectPart,
  setParagraph,
  toggled,
  toggleHeading,
  toggleList,
  unnest,
} from "./commands.js";

/** @typedef {import("prosemirror-state").Command} Command */

const IS_MAC = /Mac|iP(hone|[oa]d)/.test(globalThis.navigator?.platform ?? "");

/** In a cell, a line break would be none: Enter goes to the cell below. @type {Command} */
const enterInCell = (state, dispatch) => {
  const cell = about(state, nodes.table_cell, nodes.table_header);
  if (!cell) return false;
  const $cell = state.doc.resolve(cell.at);
  const table = $cell.node(-1);
  const row = $cell.index(-1);
  const column = $cell.index();
  if (row + 1 >= table.childCount) {
    return dispatch ? addRowAfter(state, (tr) => dispatch(intoRow(tr, $cell.start(-1), row + 1, column))) : true;
  }
  dispatch?.(intoRow(state.tr, $cell.start(-1), row + 1, column));
  return true;
};

/** @param {import("prosemirror-state").Transaction} tr @param {number} start @param {number} row @param {number} column */
function intoRow(tr, start, row, column) {
  const table = tr.doc.resolve(start).parent;
  let at = start;
  for (let index = 0; index < row; index += 1) at += table.child(index).nodeSize;
  at += 1;
  for (let index = 0; index < column; index += 1) at += table.child(row).child(index).nodeSize;
  return tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView();
}

/** In a note, Enter goes back to where it is called. @type {Command} */
export const backToCall = (state, dispatch) => {
  const note = about(state, nodes.note);
  if (!note) return false;
  const [at] = callsIn(state.doc).get(note.node.attrs.label) ?? [];
  if (at === undefined) return true;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, at + 1)).scrollIntoView());
  return true;
};

/** At the beginning of a note there is nothing before it; an empty one goes with its calls. @type {Command} */
const backspaceInNote = (state, dispatch) => {
  const note = about(state, nodes.note);
  if (!note || !state.selection.empty || state.selection.$from.parentOffset > 0) return false;
  if (note.node.content.size) return true;
  if (dispatch) {
    const [call] = callsIn(state.doc).get(note.node.attrs.label) ?? [];
    const tr = withoutNote(state, note.node.attrs.label);
    const at = call === undefined ? 0 : tr.mapping.map(call);
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at), -1)).scrollIntoView());
  }
  return true;
};

/** @type {Command} */
const deleteAtEndOfNote = (state) => {
  const { $from, empty } = state.selection;
  return empty && $from.parent.type === nodes.note && $from.parentOffset === $from.parent.content.size;
};

/** The last block before the notes has none behind it to be joined with. @type {Command} */
const deleteAtEndOfText = (state) => {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.inlineContent || $from.parentOffset < $from.parent.content.size) return false;
  for (let depth = $from.depth; depth > 1; depth -= 1) {
    if ($from.index(depth - 1) < $from.node(depth - 1).childCount - 1) return false;
  }
  return $from.index(0) === state.doc.childCount - 2;
};

/** At the beginning of a heading, Backspace makes it a paragraph; so it does with code. @type {Command} */
const plainBackward = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const isPlain = $from.parent.type === nodes.heading || $from.parent.type === nodes.code_block;
  if (!empty || !isPlain || $from.parentOffset > 0) return false;
  return setParagraph(state, dispatch, view);
};

/** @type {Command} */
const insertNoBreakSpace = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.insertText("\u00a0").scrollIntoView());
  return true;
};

/** Where nothing can be joined, nothing happens: the browser would join the elements of the page. @type {Command} */
const nothingBackward = (state, _dispatch, view) => atEdge(state, view, "backward");

/** @type {Command} */
const nothingForward = (state, _dispatch, view) => atEdge(state, view, "forward");

/** @param {import("prosemirror-state").EditorState} state @param {import("prosemirror-view").EditorView | undefined} view @param {"backward" | "forward"} direction */
function atEdge(state, view, direction) {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.inlineContent) return true;
  if (view) return view.endOfTextblock(direction, state);
  return direction === "backward" ? $from.parentOffset === 0 : $from.parentOffset === $from.parent.content.size;
}

const enter = chainCommands(
  newlineInCode,
  enterInCell,
  backToCall,
  splitListItem(nodes.list_item),
  createParagraphNear,
  liftEmptyBlock,
  splitBlock,
);
const backspace = chainCommands(deleteSelection, backspaceInNote, plainBackward, joinBackward, selectNodeBackward, nothingBackward);
const forward = chainCommands(deleteSelection, deleteAtEndOfNote, deleteAtEndOfText, joinForward, selectNodeForward, nothingForward);

/** Tab goes from cell to cell, a row is added behind the last. @type {Command} */
const tabInTable = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch, view)) return true;
  return addRowAfter(state, dispatch && ((tr) => {
    const cell = about(state, nodes.table_cell, nodes.table_header);
    const $cell = state.doc.resolve(/** @type {{at: number}} */ (cell).at);
    dispatch(intoRow(tr, $cell.start(-1), $cell.index(-1) + 1, 0));
  }));
};

/** @type {Record<string, Command>} */
const KEYS = {
  Enter: enter,
  "Mod-Enter": chainCommands(insertPageBreak),
  "Shift-Enter": insertLineBreak,
  Backspace: backspace,
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  Delete: forward,
  "Mod-Delete": forward,
  "Mod-a": selectPart,
  "Mod-Home": goToEnd(false),
  "Mod-End": goToEnd(true),
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-Shift-Space": insertNoBreakSpace,
  "Mod-b": toggled("strong"),
  "Mod-i": toggled("em"),
  "Mod-Alt-0": setParagraph,
  "Mod-Shift-n": setParagraph,
  "Mod-Alt-1": toggleHeading(2),
  "Mod-Alt-2": toggleHeading(3),
  "Mod-Alt-3": toggleHeading(4),
  "Mod-Shift-l": toggleList(nodes.bullet_list),
  "Mod-Shift-8": toggleList(nodes.bullet_list),
  "Mod-Shift-7": toggleList(nodes.ordered_list),
  "Mod-Alt-f": insertNote,
  "Mod-]": nest,
  "Mod-[": unnest,
  Tab: chainCommands(tabInTable, nest),
  "Shift-Tab": chainCommands(goToNextCell(-1), unnest),
};

/**
 * Return the plugin of the keys.
 *
 * Tab nests an item and goes on to the next cell. After Escape it leaves the text, as it does everywhere
 * else (WCAG 2.2, 2.1.2).
 *
 * @param {Record<string, Command>} more Keys of the parts around the text.
 */
export function keys(more) {
  const isHistory = (/** @type {Command} */ command) => command === undo || command === redo;
  const own = Object.entries(KEYS).map(([key, command]) => [key, isHistory(command) ? command : apart(command)]);
  const handle = keydownHandler({ ...Object.fromEntries(own), ...more });
  let leaves = false;
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.isComposing) return false;
        if (event.key === "Tab" && leaves) return false;
        const isModifier = ["Shift", "Control", "Alt", "Meta"].includes(event.key);
        if (!isModifier && event.key !== "Tab") leaves = event.key === "Escape";
        return handle(view, event) || onAnotherLayout(view, event, handle);
      },
      handleDOMEvents: {
        beforeinput: (view, event) => acrossBlocks(view, event),
        focus: () => {
          leaves = false;
          return false;
        },
      },
    },
  });
}

/**
 * Let a word or line be deleted up to the end of its block, where the browser would join it with the next.
 *
 * @param {import("prosemirror-view").EditorView} view
 * @param {InputEvent} event
 */
function acrossBlocks(view, event) {
  const { $head, empty } = view.state.selection;
  const [range] = event.inputType.startsWith("delete") && empty ? event.getTargetRanges() : [];
  if (!range || !$head.parent.inlineContent || !view.dom.contains(range.startContainer) || !view.dom.contains(range.endContainer)) return false;
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  if (from >= $head.start() && to <= $head.end()) return false;
  event.preventDefault();
  const [start, end] = [Math.max(from, $head.start()), Math.min(to, $head.end())];
  if (start < end) view.dispatch(view.state.tr.delete(start, end).scrollIntoView());
  return true;
}

/**
 * Let Ctrl+B be Ctrl+B on a Cyrillic layout, where the key gives another letter.
 *
 * @param {import("prosemirror-view").EditorView} view
 * @param {KeyboardEvent} event
 * @param {(view: any, event: any) => boolean} handle
 */
function onAnotherLayout(view, event, handle) {
  const isCommand = IS_MAC ? event.metaKey : event.ctrlKey;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  if (!isCommand || !letter || /^[\x20-\x7e]$/.test(event.key) || event.getModifierState("AltGraph")) return false;
  const { ctrlKey, altKey, metaKey, shiftKey, code, keyCode } = event;
  return handle(view, { key: letter, ctrlKey, altKey, metaKey, shiftKey, code, keyCode });
}
