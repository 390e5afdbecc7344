// What one can do to a text: formats, kinds of paragraph, lists, quotations, what is inserted.

import { chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { closeHistory } from "prosemirror-history";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, Selection, TextSelection } from "prosemirror-state";
import { marks, nodes } from "../document/schema.js";
import { newTable } from "../document/tables.js";

/**
 * @typedef {import("prosemirror-state").Command} Command
 * @typedef {import("prosemirror-state").EditorState} EditorState
 * @typedef {import("prosemirror-model").NodeType} NodeType
 */

/**
 * Return a command whose change is a step of undo by itself, apart from what was typed before and after.
 *
 * @param {Command} command
 * @returns {Command}
 */
export const apart = (command) => (state, dispatch, view) => {
  const send = dispatch && ((/** @type {import("prosemirror-state").Transaction} */ tr) => dispatch(closeHistory(tr)));
  const done = command(state, send, view);
  if (done && view && dispatch) view.dispatch(closeHistory(view.state.tr));
  return done;
};

/** Return the innermost node of a type about the selection. @param {EditorState} state @param {NodeType[]} types */
export function about(state, ...types) {
  const { $from } = state.selection;
  const selected = state.selection instanceof NodeSelection ? state.selection.node : null;
  if (selected && types.includes(selected.type)) return { node: selected, at: $from.pos, depth: $from.depth + 1 };
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (types.includes(node.type)) return { node, at: $from.before(depth), depth };
  }
  return null;
}

/** Whether the selection has a mark, or what is typed next. @param {EditorState} state @param {string} name */
export function hasMark(state, name) {
  const { from, to, empty, $from } = state.selection;
  const type = marks[name];
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

/** @param {string} name */
export const toggled = (name) => toggleMark(marks[name]);

/** Make paragraphs headings of a level, or headings of it paragraphs. @param {number} level @returns {Command} */
export const toggleHeading = (level) => (state, dispatch) => {
  const heading = about(state, nodes.heading);
  const is = heading?.node.attrs.level === level;
  return is ? setParagraph(state, dispatch) : changedType(nodes.heading, { level })(state, dispatch);
};

/** @type {Command} */
export const setParagraph = (state, dispatch) => changedType(nodes.paragraph)(state, dispatch);

/**
 * Change the textblocks of the selection; a block keeps the name of the text it was read from.
 *
 * @param {NodeType} type
 * @param {Record<string, any>} [attrs]
 * @returns {Command}
 */
function changedType(type, attrs = {}) {
  return (state, dispatch) => {
    if (!setBlockType(type, attrs)(state)) return false;
    if (!dispatch) return true;
    const named = (/** @type {import("prosemirror-model").Node} */ node) => ({ ...attrs, id: node.attrs.id ?? null });
    const tr = state.tr;
    for (const { $from, $to } of state.selection.ranges) tr.setBlockType($from.pos, $to.pos, type, named);
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** @type {Command} */
export const toggleCode = (state, dispatch) =>
  about(state, nodes.code_block) ? setParagraph(state, dispatch) : changedType(nodes.code_block)(state, dispatch);

/** @type {Command} */
export const toggleQuote = (state, dispatch, view) => {
  const quote = about(state, nodes.blockquote);
  if (!quote) return wrapIn(nodes.blockquote)(state, dispatch, view);
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to, (node) => node.type === nodes.blockquote);
  return range ? liftRange(range)(state, dispatch) : lift(state, dispatch);
};

/** @param {import("prosemirror-model").NodeRange} range @returns {Command} */
const liftRange = (range) => (state, dispatch) => {
  dispatch?.(state.tr.lift(range, range.depth - 1).scrollIntoView());
  return true;
};

const LISTS = [nodes.bullet_list, nodes.ordered_list];

/** Return the list about the selection. @param {EditorState} state */
export const listAbout = (state) => about(state, ...LISTS);

/**
 * Make paragraphs a list, a list one of the other kind, or a list of this kind paragraphs.
 *
 * @param {NodeType} type
 * @returns {Command}
 */
export const toggleList = (type) => (state, dispatch, view) => {
  const list = listAbout(state);
  if (!list) return wrapInList(type)(state, dispatch);
  if (list.node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
  dispatch?.(state.tr.setNodeMarkup(list.at, type, { id: list.node.attrs.id }));
  return true;
};

export const nest = sinkListItem(nodes.list_item);
export const unnest = liftListItem(nodes.list_item);

/** Set the first number of the list about the selection. @param {number} order @returns {Command} */
export const startAt = (order) => (state, dispatch) => {
  const list = about(state, nodes.ordered_list);
  if (!list || !Number.isInteger(order) || order < 0 || order > 999_999_999) return false;
  dispatch?.(state.tr.setNodeMarkup(list.at, null, { ...list.node.attrs, order, numbers: [] }));
  return true;
};

/** Insert a block behind the one of the caret; an empty paragraph gives its place. @param {import("prosemirror-model").Node} block @returns {Command} */
export const insertBlock = (block) => (state, dispatch) => {
  const at = placeForBlock(state);
  if (at === null) return false;
  if (dispatch) {
    const { $from } = state.selection;
    const isEmpty = $from.parent.type === nodes.paragraph && !$from.parent.content.size && $from.depth > 0;
    const tr = state.tr;
    if (isEmpty) tr.replaceWith($from.before(), $from.after(), block);
    else tr.insert(at, block);
    const start = isEmpty ? $from.before() : at;
    const end = start + block.nodeSize;
    const $end = tr.doc.resolve(end);
    // Below a break there is always a paragraph to go on in.
    const follows = $end.nodeAfter;
    const goesOn = block.isAtom && block.type !== nodes.figure;
    if (!follows || follows.type === nodes.notes || (goesOn && !follows.isTextblock)) {
      tr.insert(end, nodes.paragraph.create());
    }
    if (goesOn) tr.setSelection(Selection.near(tr.doc.resolve(end), 1));
    else if (block.type === nodes.figure) tr.setSelection(NodeSelection.create(tr.doc, start));
    else tr.setSelection(Selection.near(tr.doc.resolve(start + 1), 1));
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Return where a block may be inserted for the selection: behind a textblock, a table, or what is selected. @param {EditorState} state */
export function placeForBlock(state) {
  const { $to } = state.selection;
  for (let depth = $to.depth; depth >= 0; depth -= 1) {
    const node = $to.node(depth);
    if (node.type === nodes.notes) return null;
    const takes = node.type === nodes.doc || node.type === nodes.list_item || node.type === nodes.blockquote;
    if (takes) return $to.depth > depth ? $to.after(depth + 1) : $to.pos;
  }
  return null;
}

export const insertTable = insertBlock(newTable(3, 3));
export const insertPageBreak = insertBlock(nodes.page_break.create());
export const insertOrnament = insertBlock(nodes.horizontal_rule.create());

/** @type {Command} */
export const insertLineBreak = chainCommands(exitCode, (state, dispatch) => {
  const { $from } = state.selection;
  if (!$from.parent.inlineContent) return false;
  // Words of one line have a space where others have a break.
  const takes = $from.parent.type === nodes.paragraph;
  const node = takes ? nodes.hard_break.create() : state.schema.text(" ");
  dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView());
  return true;
});

/** Return the stretch about a position that has one link. @param {EditorState} state */
export function linkAbout(state) {
  const { $from, empty, from, to } = state.selection;
  if (!$from.parent.inlineContent) return null;
  /** @type {{from: number, to: number, href: string} | null} */
  let found = null;
  /** @type {{from: number, to: number, href: string} | null} */
  let run = null;
  const start = $from.start();
  $from.parent.forEach((node, offset) => {
    const href = marks.link.isInSet(node.marks)?.attrs.href ?? null;
    if (href === null) run = null;
    else if (run && run.href === href) run.to = start + offset + node.nodeSize;
    else run = { from: start + offset, to: start + offset + node.nodeSize, href };
    const holds = run && run.from <= from && from <= run.to && (empty || to <= run.to || from < run.to);
    if (holds && run) found = run;
  });
  return /** @type {{from: number, to: number, href: string} | null} */ (found);
}

/**
 * Make words a link; where nothing is selected and none is there, the words are inserted.
 *
 * @param {string} href Empty: the link goes.
 * @param {string} words
 * @returns {Command}
 */
export const setLink = (href, words) => (state, dispatch) => {
  const old = linkAbout(state);
  const { empty } = state.selection;
  const from = old && empty ? old.from : state.selection.from;
  const to = old && empty ? old.to : state.selection.to;
  const tr = state.tr;
  const isOther = words && words !== state.doc.textBetween(from, to, " ");
  let end = to;
  if (isOther || from === to) {
    const text = words || href;
    const kept = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) ?? [];
    tr.replaceWith(from, to, state.schema.text(text, marks.link.removeFromSet(kept)));
    end = from + text.length;
  }
  tr.removeMark(from, end, marks.link);
  if (href) tr.addMark(from, end, marks.link.create({ href }));
  tr.doc.nodesBetween(from, end, (node, at) => {
    if (node.type === nodes.note_call) tr.removeMark(at, at + 1, marks.link);
  });
  tr.setSelection(TextSelection.create(tr.doc, end)).removeStoredMark(marks.link);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Put the caret at an end of the text, or of the note one is in. @param {boolean} isEnd @returns {Command} */
export const goToEnd = (isEnd) => (state, dispatch) => {
  const part = partOf(state);
  const selection = Selection.near(state.doc.resolve(isEnd ? part.to : part.from), isEnd ? -1 : 1);
  dispatch?.(state.tr.setSelection(selection).scrollIntoView());
  return true;
};

/** @param {EditorState} state */
function partOf(state) {
  const note = about(state, nodes.note);
  const end = state.doc.content.size - (state.doc.lastChild?.nodeSize ?? 0);
  return note ? { from: note.at + 1, to: note.at + note.node.nodeSize - 1, note } : { from: 0, to: end, note };
}

/** Select the whole of the text, or of the note one is in. @type {Command} */
export const selectPart = (state, dispatch) => {
  const { from, to, note } = partOf(state);
  const $from = state.doc.resolve(from);
  const $to = state.doc.resolve(to);
  const selection = note
    ? TextSelection.create(state.doc, from, to)
    : TextSelection.between(Selection.near($from, 1).$from, Selection.near($to, -1).$to);
  dispatch?.(state.tr.setSelection(selection));
  return true;
};
