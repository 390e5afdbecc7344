// Pasted HTML as a tree, and what its style attributes say.
//
// Under the policy of the page a style attribute is void, and `element.style` empty: the text of the
// attribute is read instead.

/**
 * Parse HTML into a tree that is shown nowhere and loads nothing.
 *
 * @param {string} html
 * @returns {HTMLElement}
 */
export function treeOf(html) {
  // Style is taken out and attributes of style and of scripts are renamed first, for each would be reported as a breach of the policy.
  const plain = html.replace(/<style\b[^>]*>[\s\S]*?<\/style\s*>/gi, "");
  const text = plain.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"));
  return new DOMParser().parseFromString(text, "text/html").body;
}

/**
 * Return a property that a style attribute sets.
 *
 * @param {Element} element
 * @param {string} name
 */
export function styled(element, name) {
  return styleOf(element).get(name) ?? "";
}

/** @type {WeakMap<Element, Map<string, string>>} */
const known = new WeakMap();

/** @param {Element} element */
function styleOf(element) {
  let style = known.get(element);
  if (!style) {
    const text = element.getAttribute("data-style") ?? "";
    const pairs = text.split(";").map((each) => each.split(/:(.*)/s));
    style = new Map(pairs.filter((pair) => pair.length > 1).map(([key, value]) => [key.trim().toLowerCase(), value.trim().toLowerCase()]));
    known.set(element, style);
  }
  return style;
}

/** Return the elements of a tree that a selector names. @param {Element} root @param {string} selector */
export const all = (root, selector) => [...root.querySelectorAll(selector)];

/** Put an element's children in its place. @param {Element} element */
export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Put an element's children into another one in its place. @param {Element} element @param {string} tag */
export function renamed(element, tag) {
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** Return a text on one line. @param {string | null} text */
export const line = (text) => (text ?? "").replace(/[\s\u00a0]+/gu, " ").trim();

const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,table,blockquote,pre,figure,hr,section,article,main,header,footer,aside,nav,address,dl,dt,dd,tr,td,th,tbody,thead,center,form,fieldset";

/** @param {Element} element */
export const isBlock = (element) => element.matches(BLOCKS);

/** @param {Element} element */
export const hasBlocks = (element) => element.querySelector(BLOCKS) !== null;
