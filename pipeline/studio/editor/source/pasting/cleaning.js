// Pasted HTML from anywhere, as HTML that says what our nodes say and nothing else.

import { DOMParser as PmParser } from "prosemirror-model";
import { nodeJson } from "../document/exchange.js";
import { nodes, schema } from "../document/schema.js";
import { footnotes } from "./footnotes.js";
import { all, hasBlocks, isBlock, line, renamed, styled, treeOf, unwrap } from "./reading.js";
import { inWords, tables } from "./tables.js";
import { fromWord } from "./word.js";

const GONE = "script,style,meta,link,title,template,noscript,iframe,object,embed,applet,audio,video,canvas,svg,math,input,button,select,textarea,map,area,base,head,dialog,[hidden]";

const KEPT = new Set(
  "p h2 h3 h4 ul ol li blockquote pre table tbody tr th td hr br a strong em code sup figure".split(" "),
);

/** Return clean HTML. @param {string} html */
export function cleaned(html) {
  const root = treeOf(html);
  for (const gone of all(root, GONE)) gone.remove();
  fromWord(root);
  comments(root);
  quotedMail(root);
  formats(root);
  footnotes(root, wordsOfNote);
  headings(root);
  nestedLists(root);
  pictures(root);
  tables(root);
  plainText(root);
  paragraphs(root);
  attributes(root);
  spaces(root);
  empty(root);
  return root.innerHTML;
}

/** @param {HTMLElement} root */
function comments(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  /** @type {ChildNode[]} */
  const found = [];
  while (walker.nextNode()) found.push(/** @type {ChildNode} */ (walker.currentNode));
  for (const comment of found) comment.remove();
}

/** Words of a note, which are of one line. @param {HTMLElement} note */
function wordsOfNote(note) {
  inWords(note);
  const copy = /** @type {HTMLElement} */ (note.cloneNode(true));
  attributes(copy);
  spaces(copy);
  const holder = copy.ownerDocument.createElement("div");
  holder.append(...copy.childNodes);
  const parsed = PmParser.fromSchema(schema).parse(holder, { topNode: nodes.note.create({ label: "x" }) });
  /** @type {any[]} */
  const words = [];
  parsed.forEach((node) => words.push(...nodeJson(node)));
  return words.filter((json) => json.type === "text");
}

/** What a mail quotes stays a quotation. @param {HTMLElement} root */
function quotedMail(root) {
  for (const quote of all(root, "blockquote")) {
    // Programs of mail indent with quotations: Google Docs and Outlook lists of their own.
    const isIndent = styled(quote, "border").startsWith("none") || styled(quote, "margin").startsWith("0 0 0 40px");
    if (isIndent) unwrap(quote);
  }
}

/** Bold and italic, said by tags or by style; Google Docs puts all into a `b` that is not bold. @param {HTMLElement} root */
function formats(root) {
  for (const element of all(root, "b, strong, i, em, span, font, u, s, strike, big, small, tt, kbd, samp, var, cite, dfn, code, h1, h2, h3, h4, h5, h6")) {
    const isHeading = /^h[1-6]$/.test(element.localName);
    const weight = styled(element, "font-weight");
    const slope = styled(element, "font-style");
    const isBold = weight ? /^(?:bold|bolder|[6-9]\d\d)$/.test(weight) : element.matches("b, strong");
    const isItalic = slope ? /italic|oblique/.test(slope) : element.matches("i, em, cite, dfn, var");
    const isCode = element.matches("code, kbd, samp, tt") && !element.closest("pre");
    // A heading is set in bold as it is.
    const inner = element.closest("h1, h2, h3, h4, h5, h6") ? [isItalic && !isHeading && "em"] : [isBold && "strong", isItalic && "em", isCode && "code"];
    for (const tag of inner) {
      if (!tag || !line(element.textContent)) continue;
      if (hasBlocks(element)) marked(element, tag);
      else wrapped(element, tag);
    }
    if (!isHeading) unwrap(element);
  }
}

/** @param {Element} element @param {string} tag */
function wrapped(element, tag) {
  const mark = element.ownerDocument.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Put a mark about the words of each block within an element. @param {Element} element @param {string} tag */
function marked(element, tag) {
  for (const block of all(element, "*").filter((each) => isBlock(each) && !hasBlocks(each))) wrapped(block, tag);
}

/** The title stands above the text: what was the highest heading is ours of the first level. @param {HTMLElement} root */
function headings(root) {
  const isShifted = root.querySelector("h1") !== null;
  for (const heading of all(root, "h1, h2, h3, h4, h5, h6")) {
    const level = Number(heading.localName[1]) + (isShifted ? 1 : 0);
    if (hasBlocks(heading)) inWords(heading);
    for (const end of all(heading, "br")) end.replaceWith(" ");
    renamed(heading, `h${Math.min(Math.max(level, 2), 4)}`);
  }
}

/** A list that stands beside items belongs to the one before it. @param {HTMLElement} root */
function nestedLists(root) {
  for (const list of all(root, "ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling;
    if (before?.matches("li")) before.append(list);
    else wrapped(/** @type {Element} */ (list.parentElement), "li");
  }
  for (const list of all(root, "dl")) {
    for (const term of all(list, "dt")) {
      wrapped(term, "strong");
      renamed(term, "p");
    }
    for (const part of all(list, "dd")) renamed(part, hasBlocks(part) ? "div" : "p");
    unwrap(list);
  }
  for (const item of all(root, "li")) {
    if (!item.parentElement?.matches("ul, ol")) renamed(item, "p");
  }
}

/** Pictures cannot be read from where they lie; each is asked for at its place. @param {HTMLElement} root */
function pictures(root) {
  for (const figure of all(root, "figure")) {
    const words = line(figure.querySelector("figcaption")?.textContent ?? "");
    for (const caption of all(figure, "figcaption")) caption.remove();
    const picture = figure.querySelector("img");
    if (picture && words) picture.setAttribute("data-caption", words);
    unwrap(figure);
  }
  for (const picture of all(root, "img")) {
    const address = picture.getAttribute("src") ?? "";
    const [width, height] = ["width", "height"].map((name) => Number.parseInt(picture.getAttribute(name) ?? "99", 10));
    // Points that count openings, signs of feelings, lines: no pictures of a text.
    if (width < 24 || height < 24 || (!address && !picture.hasAttribute("alt"))) {
      picture.remove();
      continue;
    }
    asFigure(picture, address);
  }
}

/** @param {Element} picture @param {string} address */
function asFigure(picture, address) {
  const figure = picture.ownerDocument.createElement("figure");
  const alternative = line(picture.getAttribute("alt"));
  // A name of a file, and what a machine has guessed, tell nobody anything.
  const isGuess = /\.(?:jpe?g|png|gif|webp|heic)$/i.test(alternative) || /AI-generated|Автоматично генериран|^(?:image|picture|картина)\s*\d*$/i.test(alternative);
  figure.setAttribute("data-source", "");
  figure.setAttribute("data-alternative", isGuess ? "" : alternative);
  figure.setAttribute("data-caption", picture.getAttribute("data-caption") ?? "");
  figure.setAttribute("data-pending", address.startsWith("data:image/") ? address : "asked");
  if (picture.closest("td, th")) {
    // A cell has words alone: the picture stands behind the table.
    let table = /** @type {Element} */ (picture.closest("table"));
    while (table.parentElement?.closest("table")) table = /** @type {Element} */ (table.parentElement.closest("table"));
    picture.remove();
    table.after(figure);
    return;
  }
  let place = picture;
  const link = picture.closest("a");
  if (link && !line(link.textContent)) place = link;
  const block = place.closest("p, h1, h2, h3, h4, h5, h6");
  if (block && line(block.textContent)) {
    picture.remove();
    block.after(figure);
  } else if (block) block.replaceWith(figure);
  else place.replaceWith(figure);
}

/** @param {HTMLElement} root */
function plainText(root) {
  for (const plain of all(root, "pre")) {
    for (const end of all(plain, "br")) end.replaceWith("\n");
    for (const block of all(plain, "p, div")) {
      block.append("\n");
      unwrap(block);
    }
    const text = (plain.textContent ?? "").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    const made = plain.ownerDocument.createElement("pre");
    made.setAttribute("data-kind", plain.getAttribute("data-kind") === "source" ? "source" : "code_block");
    made.textContent = text;
    plain.replaceWith(made);
  }
}

/** What holds words is a paragraph, what holds paragraphs is nothing of its own. @param {HTMLElement} root */
function paragraphs(root) {
  for (const element of all(root, "*").reverse()) {
    if (!isBlock(element) || KEPT.has(element.localName)) continue;
    if (hasBlocks(element)) looseWords(element);
    if (hasBlocks(element) || !line(element.textContent)) unwrap(element);
    else renamed(element, "p");
  }
  // Two line ends in a row part paragraphs in mails and on web pages.
  for (const paragraph of all(root, "p")) split(paragraph);
  if (hasBlocks(root)) looseWords(root);
  else splitRoot(root);
}

/** Put words that stand beside blocks into paragraphs. @param {Element} parent */
function looseWords(parent) {
  /** @type {Node[]} */
  let run = [];
  const flush = () => {
    const hasWords = run.some((node) => line(node.textContent) || (node.nodeType === 1 && /** @type {Element} */ (node).matches("sup")));
    if (hasWords) {
      const paragraph = parent.ownerDocument.createElement("p");
      /** @type {ChildNode} */ (run[0]).before(paragraph);
      paragraph.append(...run);
    } else for (const node of run) if (node.nodeName === "BR") /** @type {Element} */ (node).remove();
    run = [];
  };
  for (const node of [...parent.childNodes]) {
    const isOwn = node.nodeType === 1 && isBlock(/** @type {Element} */ (node));
    if (isOwn) flush();
    else run.push(node);
  }
  flush();
}

/** @param {Element} root */
function splitRoot(root) {
  const ends = all(root, "br");
  if (!ends.some((end) => nextElement(end)?.localName === "br")) return;
  wrapped(root, "p");
  split(/** @type {Element} */ (root.firstElementChild));
}

/** @param {Element} element */
function nextElement(element) {
  let node = element.nextSibling;
  while (node && node.nodeType === 3 && !line(node.textContent)) node = node.nextSibling;
  return node?.nodeType === 1 ? /** @type {Element} */ (node) : null;
}

/** @param {Element} paragraph */
function split(paragraph) {
  for (const end of [...paragraph.children].filter((each) => each.localName === "br")) {
    const other = nextElement(end);
    if (other?.localName !== "br" || end.parentElement !== paragraph) continue;
    const before = paragraph.ownerDocument.createElement("p");
    while (paragraph.firstChild && paragraph.firstChild !== end) before.append(paragraph.firstChild);
    paragraph.before(before);
    end.remove();
    other.remove();
  }
}

/** @param {HTMLElement} root */
function attributes(root) {
  for (const element of all(root, "*")) {
    if (!KEPT.has(element.localName)) {
      unwrap(element);
      continue;
    }
    const isOwn = element.matches("figure, sup[data-note-call], pre, th, td");
    const href = address(element.getAttribute("href"));
    const start = element.localName === "ol" ? element.getAttribute("start") : null;
    for (const { name } of [...element.attributes]) {
      if (!isOwn || !name.startsWith("data-") || name === "data-style") element.removeAttribute(name);
    }
    if (start) element.setAttribute("start", start);
    if (element.localName === "a" && href && line(element.textContent)) element.setAttribute("href", href);
    else if (element.localName === "a" || (element.localName === "sup" && !isOwn)) unwrap(element);
  }
}

/** Return the address of a link that leads somewhere, without what counts its readers. @param {string | null} href */
export function address(href) {
  const plain = (href ?? "").trim();
  if (!/^(?:https?:\/\/|mailto:)/i.test(plain)) return "";
  try {
    const url = new URL(plain);
    // Google Docs leads its links over an address of its own.
    const through = /(?:^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url" ? url.searchParams.get("q") ?? url.searchParams.get("url") : null;
    if (through) return address(through);
    if (/\.safelinks\.protection\.outlook\.com$/.test(url.hostname)) return address(url.searchParams.get("url"));
  } catch {
    return "";
  }
  return plain;
}

/** No-break spaces that only fill lines are spaces; between words they stay. @param {HTMLElement} root */
function spaces(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest("pre")) continue;
    node.data = node.data
      .replace(/[\u200b\ufeff\u00ad]/gu, "")
      .replace(/[ \t\r\n]*\u00a0[ \t\r\n\u00a0]+|[ \t\r\n]+\u00a0/gu, " ")
      .replace(/[ \t\r\n]+/g, " ");
  }
}

/** @param {HTMLElement} root */
function empty(root) {
  for (const element of all(root, "p, h2, h3, h4, li, ul, ol, blockquote, strong, em, a, code").reverse()) {
    if (line(element.textContent) || element.querySelector("sup, figure, hr, table")) continue;
    if (element.matches("strong, em, a, code")) element.replaceWith(...element.childNodes);
    else element.remove();
  }
  for (const block of all(root, "p, h2, h3, h4, li, th, td, blockquote")) {
    for (const [end, next] of /** @type {const} */ ([["firstChild", "lead"], ["lastChild", "tail"]])) trimmed(block, end, next);
  }
}

/** @param {Element} block @param {"firstChild" | "lastChild"} end @param {string} side */
function trimmed(block, end, side) {
  let node = block[end];
  while (node && node.nodeType === 1 && /** @type {Element} */ (node).localName === "br") {
    node.remove();
    node = block[end];
  }
  if (node?.nodeType !== 3) return;
  const text = /** @type {Text} */ (node);
  text.data = side === "lead" ? text.data.replace(/^[\s\u00a0]+/u, "") : text.data.replace(/[\s\u00a0]+$/u, "");
}
