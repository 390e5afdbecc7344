// Selections stay within the text, or within one note.

import { Plugin, Selection, TextSelection } from "prosemirror-state";
import { nodes } from "../document/schema.js";

/** @typedef {import("prosemirror-model").ResolvedPos} ResolvedPos */

/** Return the note a position is in; null in the text. @param {ResolvedPos} $at */
function noteOf($at) {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    if ($at.node(depth).type === nodes.note) return { from: $at.start(depth), to: $at.end(depth) };
  }
  return null;
}

/**
 * Return the selection for an anchor and a head, kept in the part where it began.
 *
 * @param {ResolvedPos} $anchor
 * @param {ResolvedPos} $head
 * @returns {Selection | null}
 */
function clamped($anchor, $head) {
  const doc = $anchor.doc;
  const [from, to] = [noteOf($anchor), noteOf($head)];
  if (from?.from === to?.from) return null;
  if (from) {
    const head = Math.min(Math.max($head.pos, from.from), from.to);
    return TextSelection.create(doc, $anchor.pos, head);
  }
  const end = doc.content.size - (doc.lastChild?.nodeSize ?? 0);
  return TextSelection.between($anchor, Selection.near(doc.resolve(end), -1).$head);
}

/** Return a plugin that keeps selections within one part, and pictures and typing out of the panel itself. */
export function withinOnePart() {
  return new Plugin({
    props: { createSelectionBetween: (_view, $anchor, $head) => clamped($anchor, $head) },
    appendTransaction(_transactions, _before, state) {
      const { $anchor, $head } = state.selection;
      const selection = clamped($anchor, $head);
      return selection && !selection.eq(state.selection) ? state.tr.setSelection(selection) : null;
    },
  });
}
