// The nodes and marks of an article, as `pipeline/editor/writing/nodes.py` names them.
//
// One tree holds text and footnotes, so that undo, search and selection know both: the last child of `doc`
// is `notes`. Attributes that only the browser needs (`pending`, `words`, spans of cells) never leave it.

import { Schema } from "prosemirror-model";

/** Words of one line: headings, cells and notes have no line breaks. */
const LINE = "(text | note_call)*";

/** @param {Record<string, any>} [more] */
const blockAttributes = (more = {}) => ({ id: { default: null }, ...more });

/** @param {Node} dom */
const element = (dom) => /** @type {HTMLElement} */ (dom);

/** @param {string | null} value @param {any} otherwise */
function parsed(value, otherwise) {
  try {
    return value === null ? otherwise : JSON.parse(value);
  } catch {
    return otherwise;
  }
}

export const FIGURE_TEXTS = /** @type {const} */ (["alternative", "caption", "credit"]);
export const MEASURES = ["text", "wide", "margin", "bleed", "half", "third", "pair", "portrait"];
export const CONSENTS = ["yes", "not-needed", "no"];
export const ALIGNMENTS = ["start", "centre", "end"];

/**
 * Return whether an address may stand in a page: a web or mail address, or the file of an article.
 *
 * @param {string} href
 */
export function isHarmless(href) {
  const scheme = /^[\s\u0000-\u0020]*([a-z][a-z0-9+.-]*):/i.exec(href)?.[1].toLowerCase();
  return !scheme || ["http", "https", "mailto"].includes(scheme);
}

/** @param {HTMLElement} dom */
function linkAttributes(dom) {
  const href = dom.getAttribute("href") ?? "";
  return href && isHarmless(href) ? { href } : false;
}

/** @param {HTMLElement} dom */
function figureAttributes(dom) {
  const of = (/** @type {string} */ name) => dom.getAttribute(`data-${name}`) ?? "";
  const focus = parsed(dom.getAttribute("data-focus"), null);
  return {
    source: of("source"),
    alternative: of("alternative"),
    credit: of("credit"),
    caption: of("caption"),
    measure: MEASURES.includes(of("measure")) ? of("measure") : "text",
    consent: CONSENTS.includes(of("consent")) ? of("consent") : null,
    focus: Array.isArray(focus) && focus.length === 2 ? focus : null,
    pending: dom.getAttribute("data-pending"),
  };
}

const cellAttributes = {
  alignment: { default: "start" },
  // `prosemirror-tables` reads them; a cell of ours never spans.
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null },
};

/** @param {"th" | "td"} tag */
function cellSpec(tag) {
  return {
    content: LINE,
    attrs: cellAttributes,
    isolating: true,
    tableRole: tag === "th" ? "header_cell" : "cell",
    parseDOM: [
      {
        tag,
        getAttrs: (/** @type {any} */ dom) => {
          const alignment = dom.getAttribute("data-alignment");
          return { alignment: ALIGNMENTS.includes(alignment) ? alignment : "start" };
        },
      },
    ],
    toDOM: (/** @type {any} */ node) => {
      const attributes = { "data-alignment": node.attrs.alignment };
      return /** @type {any} */ ([tag, tag === "th" ? { ...attributes, scope: "col" } : attributes, 0]);
    },
  };
}

/** @param {string} kind @param {string} tag */
function plainSpec(kind, tag) {
  return {
    content: "text*",
    group: "block",
    marks: "",
    code: true,
    defining: true,
    attrs: blockAttributes(),
    parseDOM: [{ tag, preserveWhitespace: /** @type {const} */ ("full") }],
    toDOM: () => /** @type {any} */ (["pre", { "data-kind": kind, spellcheck: "false" }, ["code", 0]]),
  };
}

export const schema = new Schema({
  topNode: "doc",
  nodes: {
    doc: { content: "block+ notes" },
    paragraph: {
      content: "inline*",
      group: "block",
      attrs: blockAttributes(),
      parseDOM: [{ tag: "p" }],
      toDOM: () => ["p", 0],
    },
    heading: {
      content: LINE,
      group: "block",
      defining: true,
      attrs: blockAttributes({ level: { default: 2 } }),
      parseDOM: [2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    bullet_list: {
      content: "list_item+",
      group: "block",
      attrs: blockAttributes(),
      parseDOM: [{ tag: "ul" }],
      toDOM: () => ["ul", 0],
    },
    ordered_list: {
      content: "list_item+",
      group: "block",
      attrs: blockAttributes({ order: { default: 1 }, numbers: { default: [] } }),
      parseDOM: [
        {
          tag: "ol",
          getAttrs: (dom) => {
            const start = Number.parseInt(element(dom).getAttribute("start") ?? "1", 10);
            return { order: start >= 0 && start <= 999_999_999 ? start : 1 };
          },
        },
      ],
      toDOM: (node) => ["ol", { start: String(node.attrs.order) }, 0],
    },
    list_item: {
      content: "block+",
      defining: true,
      parseDOM: [{ tag: "li" }],
      toDOM: () => ["li", 0],
    },
    blockquote: {
      content: "block+",
      group: "block",
      defining: true,
      attrs: blockAttributes(),
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    table: {
      content: "table_row+",
      group: "block",
      isolating: true,
      tableRole: "table",
      attrs: blockAttributes(),
      parseDOM: [{ tag: "table" }],
      toDOM: () => ["table", ["tbody", 0]],
    },
    table_row: {
      content: "(table_header | table_cell)+",
      tableRole: "row",
      parseDOM: [{ tag: "tr" }],
      toDOM: () => ["tr", 0],
    },
    table_header: cellSpec("th"),
    table_cell: cellSpec("td"),
    figure: {
      group: "block",
      atom: true,
      draggable: true,
      attrs: blockAttributes({
        source: { default: "" },
        alternative: { default: "" },
        credit: { default: "" },
        caption: { default: "" },
        measure: { default: "text" },
        consent: { default: null },
        focus: { default: null },
        pending: { default: null },
      }),
      parseDOM: [{ tag: "figure[data-source]", getAttrs: (dom) => figureAttributes(element(dom)) }],
      toDOM: (node) => {
        const attributes = Object.entries(node.attrs).filter(([name, value]) => name !== "id" && value !== null);
        const written = attributes.map(([name, value]) => [
          `data-${name}`,
          typeof value === "string" ? value : JSON.stringify(value),
        ]);
        return ["figure", Object.fromEntries(written)];
      },
    },
    page_break: {
      group: "block",
      atom: true,
      attrs: blockAttributes(),
      parseDOM: [{ tag: "hr[data-kind=page_break]", priority: 60 }],
      toDOM: () => ["hr", { "data-kind": "page_break" }],
    },
    horizontal_rule: {
      group: "block",
      atom: true,
      attrs: blockAttributes(),
      parseDOM: [{ tag: "hr" }],
      toDOM: () => ["hr", { "data-kind": "horizontal_rule" }],
    },
    code_block: plainSpec("code_block", "pre[data-kind=code_block]"),
    source: plainSpec("source", "pre[data-kind=source]"),
    notes: { content: "note*", isolating: true, selectable: false, toDOM: () => ["section", 0] },
    note: {
      content: LINE,
      isolating: true,
      selectable: false,
      attrs: { label: {} },
      toDOM: (node) => ["div", { "data-note": node.attrs.label }, 0],
    },
    text: { group: "inline" },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      linebreakReplacement: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    note_call: {
      inline: true,
      group: "inline",
      atom: true,
      attrs: { label: {}, words: { default: null } },
      parseDOM: [
        {
          tag: "sup[data-note-call]",
          getAttrs: (dom) => ({
            label: element(dom).getAttribute("data-note-call"),
            words: parsed(element(dom).getAttribute("data-words"), null),
          }),
        },
      ],
      toDOM: (node) => {
        const attributes = { "data-note-call": node.attrs.label };
        const words = node.attrs.words;
        return ["sup", words ? { ...attributes, "data-words": JSON.stringify(words) } : attributes];
      },
    },
  },
  // In the order in which a text lists them.
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => linkAttributes(element(dom)) }],
      toDOM: (mark) => {
        const { href } = mark.attrs;
        return ["a", isHarmless(href) ? { href, rel: "noopener noreferrer" } : { "data-href": href }, 0];
      },
    },
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", { spellcheck: "false" }, 0] },
  },
});

export const { nodes, marks } = schema;
