// Elements of the page, made without markup in strings.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * @param {{label?: string, text?: string, class?: string, icon?: Node, keys?: string}} shown
 * @param {(event: MouseEvent) => void} run
 */
export function button(shown, run) {
  const made = element("button", { type: "button", class: shown.class ?? "be-button" }, ...(shown.icon ? [shown.icon] : []));
  if (shown.text) made.append(shown.text);
  if (shown.label) {
    made.setAttribute("aria-label", shown.label);
    made.title = shown.keys ? `${shown.label} (${shown.keys})` : shown.label;
  }
  made.addEventListener("click", run);
  return made;
}

let count = 0;

/** Return an id that nothing else on the page has. */
export function newId() {
  count += 1;
  return `be-${count}`;
}

/**
 * Return a field with its label.
 *
 * @template {HTMLElement} Input
 * @param {string} label
 * @param {Input} input
 * @param {string} [hint]
 */
export function labelled(label, input, hint = "") {
  input.id ||= newId();
  /** @type {HTMLElement[]} */
  const parts = [element("label", { for: input.id }, label), input];
  if (hint) {
    const described = element("span", { class: "be-hint", id: newId() }, hint);
    input.setAttribute("aria-describedby", described.id);
    parts.push(described);
  }
  return element("div", { class: "be-field" }, ...parts);
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string>} attributes @param {...Node} children */
export function drawing(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** What the buttons show: lines on a ground of 20 by 20. @type {Record<string, string>} */
const ICONS = {
  bold: "M6 3.5h4.8a3.2 3.2 0 0 1 0 6.5H6zM6 10h5.6a3.3 3.3 0 0 1 0 6.5H6z",
  italic: "M8 3.5h6M5.5 16.5h6M11.5 3.5l-3.5 13",
  code: "M7 5.5 2.5 10 7 14.5M13 5.5l4.500 4.5-4.500 4.5",
  link: "M8.500 11.500a3 3 0 0 0 4.300 0l3-3a3 3 0 0 0-4.300-4.300l-1 1M11.500 8.500a3 3 0 0 0-4.300 0l-3 3a3 3 0 0 0 4.300 4.300l1-1",
  bullets: "M8 5h9M8 10h9M8 15h9M3.500 5h.01M3.500 10h.01M3.500 15h.01",
  numbers: "M9 5h8M9 10h8M9 15h8M3 3.500l1.500-.5v4M2.800 12.200c.4-1.300 2.700-1 2.400.5-.2.900-1.600 1.500-2.400 2.800h2.700",
  nest: "M3 4h14M9 8h8M9 12h8M3 16h14M3 7.500 5.800 10 3 12.500",
  unnest: "M3 4h14M9 8h8M9 12h8M3 16h14M5.800 7.500 3 10l2.800 2.500",
  quote: "M4 14c2.500-1 3.500-3 3.500-6.500H3.500V12H6M12 14c2.500-1 3.500-3 3.500-6.500h-4V12H14",
  table: "M3 4h14v12H3zM3 8.500h14M3 12.300h14M8 4v12",
  note: "M3 6h6M3 10h9M3 14h7M14 4.500l1.500-1v5M13.800 8.500h3.400",
  picture: "M3 4h14v12H3zM3 13.500l4-4 3.500 3.500 2.500-2.500 4 4M12.500 7.500h.01",
  pageBreak: "M5 2.500v5h10v-5M5 17.500v-5h10v5M2 10h2M6 10h2M10 10h2M14 10h2M18 10h.5",
  ornament: "M4 10h.01M10 10h.01M16 10h.01",
  codeBlock: "M3 4h14v12H3zM6 8l2 2-2 2M10 12.500h4",
  undo: "M4 8.500h8a4 4 0 0 1 0 8H8M7.500 5 4 8.500 7.500 12",
  redo: "M16 8.500H8a4 4 0 0 0 0 8h4M12.500 5 16 8.500 12.500 12",
  find: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.700 12.700 17 17",
  spelling: "M3 11 6 3.500 9 11M4 8.500h4M10.500 14l2.500 2.500 4.500-6",
  typography: "M4 12c1.500-.7 2.300-2 2.300-4.500H3.500V11H5M9 12c1.500-.7 2.300-2 2.300-4.500H8.500V11H10M3 16h5M11 16h6",
  finding: "M10 3 17.500 16.500h-15zM10 8v4M10 14.300h.01",
  rowAbove: "M3 10h14v6H3zM10 10v6M10 2v5M7.500 4.500h5",
  rowBelow: "M3 4h14v6H3zM10 4v6M10 13v5M7.500 15.500h5",
  columnBefore: "M10 3h6v14h-6zM10 10h6M2 10h5M4.500 7.500v5",
  columnAfter: "M4 3h6v14H4zM4 10h6M13 10h5M15.500 7.500v5",
  rowGone: "M3 7h14v6H3zM7 8.500l6 3M13 8.500l-6 3",
  columnGone: "M7 3h6v14H7zM8.500 7l3 6M11.500 7l-3 6",
  gone: "M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.8 11h7.400l.8-11M8.500 8.500v5M11.500 8.500v5",
  start: "M3 5h14M3 10h8M3 15h11",
  centre: "M3 5h14M6 10h8M4.500 15h11",
  end: "M3 5h14M9 10h8M6 15h11",
};

/** @param {string} name */
export function icon(name) {
  const line = { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return drawing("svg", { viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true", focusable: "false" }, drawing("path", line));
}
