// What Word puts on the clipboard: paragraphs that say they are items, tracked changes, comments.
//
// After "Microsoft Office HTML and XML Reference" (Microsoft, 2000): `mso-list:l0 level1 lfo1` on a paragraph,
// its number as text in a span of `mso-list:Ignore`, between `<![if !supportLists]>` and `<![endif]>`.

import { all, line, renamed, styled, unwrap } from "./reading.js";

/**
 * Change Word's own ways of saying things into plain HTML.
 *
 * @param {HTMLElement} root
 */
export function fromWord(root) {
  withoutTracks(root);
  withoutTags(root);
  headings(root);
  lists(root);
  listsOfTheWeb(root);
}

/** What was struck out goes, what was put in stays; remarks are for those who write. @param {HTMLElement} root */
function withoutTracks(root) {
  for (const gone of all(root, "del, .msoDel, .MsoCommentReference, .MsoCommentText, .msocomanchor, .msocomoff")) gone.remove();
  for (const element of all(root, "[data-style]")) {
    const kind = styled(element, "mso-element");
    const isComment = kind === "comment-list" || kind === "comment" || /^comment/.test(styled(element, "mso-special-character"));
    if (isComment || styled(element, "display") === "none" || styled(element, "mso-hide") === "all") element.remove();
  }
  for (const kept of all(root, "ins, .msoIns")) unwrap(kept);
}

/** Smart tags and the empty `o:p` say nothing. @param {HTMLElement} root */
function withoutTags(root) {
  for (const element of all(root, "*")) {
    const name = element.localName;
    if (!name.includes(":")) continue;
    if (name === "o:p" && !line(element.textContent)) element.remove();
    else if (name.startsWith("v:") || name.startsWith("w:")) {
      const picture = element.querySelector("img");
      if (picture) element.replaceWith(picture);
      else if (name === "v:imagedata") element.remove();
      else unwrap(element);
    } else unwrap(element);
  }
}

/** @param {HTMLElement} root */
function headings(root) {
  for (const paragraph of all(root, "p, div")) {
    const level = /^[1-6]$/.exec(styled(paragraph, "mso-outline-level"))?.[0];
    const isTitle = /\b(?:MsoTitle|Title)\b/.test(paragraph.className);
    if ((level || isTitle) && !paragraph.querySelector("p, div")) renamed(paragraph, `h${isTitle ? 1 : level}`);
  }
  // The number of a chapter is made, as the number of an item is.
  for (const heading of all(root, "h1, h2, h3, h4, h5, h6")) takenNumber(heading);
}

const ITEM = /\bl(\d+)\s+level(\d+)/;

/** @param {HTMLElement} root */
function lists(root) {
  /** @type {Element[]} */
  let run = [];
  const flush = () => {
    if (run.length) asList(run);
    run = [];
  };
  for (const element of all(root, "p, div, h1, h2, h3, h4, h5, h6, li")) {
    if (!isItem(element)) continue;
    if (run.length && !isNext(run[run.length - 1], element)) flush();
    run.push(element);
  }
  flush();
}

/** @param {Element} element */
function isItem(element) {
  const list = styled(element, "mso-list");
  // An item that was made a heading, numbered as chapters are, stays a heading.
  return ITEM.test(list) && element.localName !== "li" && !/^h[1-6]$/.test(element.localName);
}

/** Whether nothing but space stands between two elements. @param {Element} before @param {Element} after */
function isNext(before, after) {
  let node = before.nextSibling;
  while (node && node !== after) {
    const isEmptyText = node.nodeType === 8 || (node.nodeType === 3 && !line(node.textContent));
    if (!isEmptyText) return false;
    node = node.nextSibling;
  }
  return node === after;
}

/** @param {Element} item */
const levelOf = (item) => Number(ITEM.exec(styled(item, "mso-list"))?.[2] ?? 1);

/** @param {Element} item */
const listOf = (item) => ITEM.exec(styled(item, "mso-list"))?.[1] ?? "";

/**
 * Take an item's number out of its words, and return it.
 *
 * @param {Element} item
 */
function takenNumber(item) {
  const spans = all(item, "span").filter((span) => styled(span, "mso-list") === "ignore");
  const text = spans.map((span) => line(span.textContent)).join("");
  for (const span of spans) span.remove();
  return text || takenByComments(item);
}

/** Mails keep the number between the two comments alone. @param {Element} item */
function takenByComments(item) {
  const start = [...item.childNodes].find((node) => node.nodeType === 8 && /supportLists/.test(node.nodeValue ?? ""));
  let text = "";
  while (start?.nextSibling && start.nextSibling.nodeType !== 8) {
    text += line(start.nextSibling.textContent);
    start.nextSibling.remove();
  }
  return text;
}

/**
 * Return what kind of list a number is of.
 *
 * @param {string} number
 * @returns {{tag: "ol" | "ul", start: number}}
 */
export function kindOf(number) {
  const digits = /^\(?(?:\d+\.)*(\d{1,9})[.)]?$/.exec(number);
  if (digits) return { tag: "ol", start: Number(digits[1]) };
  // „о“ and “o” with nothing behind them are a bullet of the font, letters with a sign are numbers.
  const letters = /^\(?([a-zа-я]+)[.)]$/i.exec(number);
  return letters ? { tag: "ol", start: orderOf(letters[1].toLowerCase()) } : { tag: "ul", start: 1 };
}

/** @type {Record<string, number>} */
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** Return which number letters stand for: Roman, or the place in the alphabet. @param {string} letters */
function orderOf(letters) {
  if (/^[ivxlc]{2,}$|^[ivx]$/.test(letters)) {
    const values = [...letters].map((letter) => ROMAN[letter]);
    return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
  }
  const alphabet = /^[а-я]/.test(letters) ? "абвгдежзийклмнопрстуфхцчшщъьюя" : "abcdefghijklmnopqrstuvwxyz";
  return alphabet.indexOf(letters[0]) + 1 || 1;
}

/** Put a list in the place of paragraphs that are its items. @param {Element[]} items */
function asList(items) {
  const document = items[0].ownerDocument;
  /** @type {{level: number, list: Element, id: string}[]} */
  const open = [];
  const place = document.createComment("");
  items[0].before(place);
  for (const item of items) {
    const level = levelOf(item);
    const { tag, start } = kindOf(takenNumber(item));
    while (open.length && open[open.length - 1].level > level) open.pop();
    let top = open[open.length - 1];
    const isOther = top && top.level === level && (top.list.localName !== tag || (open.length === 1 && top.id !== listOf(item)));
    if (isOther) {
      open.pop();
      top = open[open.length - 1];
    }
    if (!top || top.level < level) {
      const list = document.createElement(tag);
      if (tag === "ol" && start !== 1) list.setAttribute("start", String(start));
      if (top) (top.list.lastElementChild ?? top.list).append(list);
      else place.before(list);
      top = { level, list, id: listOf(item) };
      open.push(top);
    }
    const entry = document.createElement("li");
    const paragraph = document.createElement("p");
    paragraph.append(...item.childNodes);
    entry.append(paragraph);
    top.list.append(entry);
    item.remove();
  }
  place.remove();
}

/** Word in the browser puts each item into a list of its own, with its level as `data-aria-level`. @param {HTMLElement} root */
function listsOfTheWeb(root) {
  for (const box of all(root, ".ListContainerWrapper")) unwrap(box);
  for (const list of all(root, "ul, ol")) {
    const item = list.firstElementChild;
    const level = Number(item?.getAttribute("data-aria-level") ?? 0);
    if (!list.isConnected && !root.contains(list)) continue;
    const before = list.previousElementSibling;
    if (!item || !level || !before || !/^[uo]l$/.test(before.localName) || !isNext(before, list)) continue;
    let target = before;
    let depth = Number(before.firstElementChild?.getAttribute("data-aria-level") ?? 1);
    while (depth < level) {
      const last = target.lastElementChild;
      const inner = last?.lastElementChild;
      if (inner && /^[uo]l$/.test(inner.localName)) target = inner;
      else break;
      depth += 1;
    }
    if (depth < level) (target.lastElementChild ?? target).append(list);
    else if (target.localName === list.localName) {
      target.append(...list.childNodes);
      list.remove();
    }
  }
}
