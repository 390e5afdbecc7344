// Footnotes of pasted texts: a call that leads to a note which leads back to it.
//
// So they are written by Word (`_ftnref1` and `_ftn1`), LibreOffice (`sdfootnote1anc` and `sdfootnote1sym`),
// Google Docs (`ftnt_ref1` and `ftnt1`) and most web pages.

import { all, line } from "./reading.js";

/** What the labels of notes from other programs begin with, until they get one here. */
export const FOREIGN = "pasted-";

/** The names an anchor is found by. @param {Element} anchor */
function namesOf(anchor) {
  const own = [anchor.id, anchor.getAttribute("name")];
  const parent = anchor.parentElement;
  const outer = parent && parent.matches("sup, li, span") ? [parent.id] : [];
  const note = anchor.closest("li[id], div[id], p[id]");
  return [...own, ...outer, note?.id].filter(Boolean);
}

/** @param {Element} anchor */
const targetOf = (anchor) => {
  const href = anchor.getAttribute("href") ?? "";
  const at = href.indexOf("#");
  return at < 0 ? "" : decodeURIComponent(href.slice(at + 1));
};

/**
 * Put a call with its words in the place of each pair of anchors that lead to one another.
 *
 * @param {HTMLElement} root
 * @param {(note: HTMLElement) => any[]} wordsOf Returns the words of a note as JSON.
 */
export function footnotes(root, wordsOf) {
  const anchors = all(root, "a[href*='#']");
  /** @type {Map<string, {note: Element, label: string, words: any[] | null}>} */
  const notes = new Map();
  let number = 0;
  for (const call of anchors) {
    const isMarker = [...notes.values()].some(({ note }) => note === call);
    if (isMarker || !root.contains(call)) continue;
    const target = targetOf(call);
    const known = notes.get(target);
    const marker = known?.note ?? anchors.find((other) => root.contains(other) && isMarkerOf(other, call, target));
    if (!marker) continue;
    if (!known) {
      number += 1;
      notes.set(target, { note: marker, label: `${FOREIGN}${number}`, words: null });
    }
    const { label } = /** @type {{label: string}} */ (notes.get(target));
    const sup = root.ownerDocument.createElement("sup");
    sup.setAttribute("data-note-call", label);
    outermost(call).replaceWith(sup);
  }
  for (const [, { note, label }] of notes) {
    const words = takenWords(root, note, wordsOf);
    const first = root.querySelector(`sup[data-note-call="${label}"]`);
    if (first && words.length) first.setAttribute("data-words", JSON.stringify(words));
    else if (first && !words.length) first.remove();
  }
  for (const list of all(root, "[data-style*='footnote-list'], [data-style*='endnote-list']")) {
    if (!line(list.textContent)) list.remove();
  }
}

/** @param {Element} other @param {Element} call @param {string} target */
function isMarkerOf(other, call, target) {
  if (other === call || !(call.compareDocumentPosition(other) & 4)) return false;
  return namesOf(other).includes(target) && namesOf(call).includes(targetOf(other));
}

/** Return what holds a call and nothing else. @param {Element} call @returns {Element} */
function outermost(call) {
  let element = call;
  while (element.parentElement && element.parentElement.matches("sup, span, b, i") && line(element.parentElement.textContent) === line(call.textContent)) {
    element = element.parentElement;
  }
  return element;
}

/**
 * Take a note out of the text, and return its words.
 *
 * @param {HTMLElement} root
 * @param {Element} marker
 * @param {(note: HTMLElement) => any[]} wordsOf
 */
function takenWords(root, marker, wordsOf) {
  if (!root.contains(marker)) return [];
  const box = marker.closest("div[id], li[id], [data-style*='mso-element:footnote'], [data-style*='mso-element:endnote']");
  const paragraph = marker.closest("p, li, div");
  const isNote = box && root.contains(box) && box !== root && !box.querySelector("h1,h2,h3,table") && all(box, "a[href*='#']").length < 4;
  const note = /** @type {HTMLElement | null} */ (isNote ? box : paragraph);
  if (!note || note === root) return [];
  const list = note.closest("ol, ul");
  outermost(marker).remove();
  const words = wordsOf(note);
  note.remove();
  if (list && !list.children.length) list.remove();
  return words;
}
