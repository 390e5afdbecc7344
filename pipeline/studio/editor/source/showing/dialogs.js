// The dialog of links, the menu of suggestions, and the bar of find and replace.

import { TextSelection } from "prosemirror-state";
import { isHarmless } from "../document/schema.js";
import { linkAbout, setLink } from "../writing/commands.js";
import { goOn, replaceAll, replaceOne, search, searchOf } from "../writing/finding.js";
import { button, element, labelled, newId } from "./elements.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {(key: string, values?: Record<string, any>) => string} Say
 */

/**
 * Return the address that was meant: a web address without its scheme, a mail address.
 *
 * @param {string} typed
 */
export function completed(typed) {
  const plain = typed.trim();
  if (!plain || /^[a-z][a-z0-9+.-]*:/i.test(plain) || /\.md$/i.test(plain)) return plain;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(plain)) return `mailto:${plain}`;
  return /^[^\s/]+\.[^\s/]{2,}(?:[/?#].*)?$/.test(plain) ? `https://${plain}` : plain;
}

/** Ask for a link, and set it. @param {EditorView} view @param {HTMLElement} host @param {Say} say */
export function askForLink(view, host, say) {
  const { state } = view;
  const old = linkAbout(state);
  const { from, to, empty } = state.selection;
  const [start, end] = old && empty ? [old.from, old.to] : [from, to];
  if (!state.selection.$from.parent.inlineContent || !state.selection.$from.sameParent(state.selection.$to)) return;
  const address = element("input", { type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false", maxlength: "4000" });
  const words = element("input", { type: "text", autocomplete: "off" });
  address.value = old?.href ?? "";
  words.value = state.doc.textBetween(start, end, " ");
  const problem = element("p", { class: "be-problem", role: "alert" });
  const title = element("h2", { id: newId() }, say("link"));
  const form = element("form", { method: "dialog" }, title, labelled(say("linkAddress"), address, say("linkHint")), labelled(say("linkWords"), words), problem);
  const dialog = element("dialog", { class: "be-dialog", "aria-labelledby": title.id }, form);
  const close = () => {
    dialog.close();
    dialog.remove();
    view.focus();
  };
  const set = (/** @type {string} */ href) => {
    close();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, start, end)));
    setLink(href, words.value.trim())(view.state, view.dispatch);
  };
  const remove = button({ text: say("removeLink") }, () => set(""));
  remove.hidden = !old;
  const apply = element("button", { type: "submit", class: "be-button be-primary" }, say("apply"));
  form.append(element("div", { class: "be-buttons" }, apply, remove, button({ text: say("cancel") }, close)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = completed(address.value);
    const isWrong = !href || !isHarmless(href) || /\s/.test(href);
    problem.textContent = isWrong ? say("linkProblem") : "";
    address.toggleAttribute("aria-invalid", isWrong);
    if (isWrong) address.focus();
    else set(href);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  host.append(dialog);
  dialog.showModal();
  address.focus();
}

/**
 * Show a menu at a place of the text; arrows, Enter and Escape, or the mouse.
 *
 * @param {EditorView} view
 * @param {HTMLElement} host
 * @param {number} at
 * @param {string} label
 * @param {{text: string, run: () => void}[]} items
 */
export function openMenu(view, host, at, label, items) {
  host.querySelector(".be-menu")?.remove();
  const menu = element("div", { class: "be-menu", role: "menu", "aria-label": label });
  const close = (returns = true) => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (returns) view.focus();
  };
  const outside = (/** @type {Event} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close(false);
  };
  for (const { text, run } of items) {
    const entry = element("button", { type: "button", role: "menuitem", tabindex: "-1" }, text);
    entry.addEventListener("click", () => {
      close();
      run();
    });
    menu.append(entry);
  }
  menu.addEventListener("keydown", (event) => {
    const entries = /** @type {HTMLElement[]} */ ([...menu.children]);
    const here = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 };
    if (event.key in moves) entries[(moves[event.key] + entries.length) % entries.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
  });
  host.append(menu);
  place(menu, host, view.coordsAtPos(at));
  document.addEventListener("pointerdown", outside, true);
  /** @type {HTMLElement} */ (menu.firstElementChild)?.focus({ preventScroll: true });
}

/** Put a menu below a place, within its host. @param {HTMLElement} menu @param {HTMLElement} host @param {{left: number, bottom: number, top: number}} at */
function place(menu, host, at) {
  const box = host.getBoundingClientRect();
  const left = Math.max(0, Math.min(at.left - box.left, box.width - menu.offsetWidth));
  const below = at.bottom + menu.offsetHeight <= document.documentElement.clientHeight || at.top < menu.offsetHeight;
  const top = below ? at.bottom - box.top + 2 : at.top - box.top - menu.offsetHeight - 2;
  // Properties set by a script are no inline style to the policy of the page.
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${top}px`);
}

/** The bar of find and replace. */
export class FindBar {
  /** @param {EditorView} view @param {Say} say @param {(text: string) => void} tell */
  constructor(view, say, tell) {
    this.view = view;
    this.say = say;
    this.tell = tell;
    this.words = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    this.other = element("input", { type: "text", autocomplete: "off" });
    this.sameCase = element("input", { type: "checkbox", id: newId() });
    this.count = element("span", { class: "be-count", role: "status" });
    const act = (/** @type {string} */ key, /** @type {() => void} */ run) => button({ text: say(key) }, run);
    const steps = element("div", { class: "be-buttons" }, act("findPrevious", () => this.go(-1)), act("findNext", () => this.go(1)));
    const changes = element("div", { class: "be-buttons" }, act("replaceOne", () => this.replace()), act("replaceAll", () => this.replaceAll()));
    const check = element("div", { class: "be-check" }, this.sameCase, element("label", { for: this.sameCase.id }, say("sameCase")));
    this.dom = element(
      "div",
      { class: "be-find", role: "search", "aria-label": say("findAndReplace") },
      labelled(say("findWords"), this.words),
      steps,
      labelled(say("replaceBy"), this.other),
      changes,
      check,
      this.count,
      act("close", () => this.close()),
    );
    this.dom.hidden = true;
    this.words.addEventListener("input", () => this.search());
    this.sameCase.addEventListener("change", () => this.search());
    this.dom.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.words) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.other) this.replace();
    else return;
    event.preventDefault();
  }

  /** @param {string} [words] */
  open(words) {
    const { state } = this.view;
    const { from, to } = state.selection;
    const selected = from < to && to - from < 100 ? state.doc.textBetween(from, to, " ") : "";
    if (words ?? selected) this.words.value = words ?? selected;
    this.dom.hidden = false;
    this.words.focus();
    this.words.select();
    return this.search();
  }

  close() {
    this.dom.hidden = true;
    search(this.view, "");
    this.view.focus();
  }

  search() {
    const found = search(this.view, this.words.value, this.sameCase.checked);
    this.#show(0, found);
    return found;
  }

  /** @param {1 | -1} direction */
  go(direction) {
    this.#show(goOn(this.view, direction), searchOf(this.view.state).matches.length);
  }

  replace() {
    const at = replaceOne(this.view, this.other.value);
    this.#show(at, searchOf(this.view.state).matches.length);
  }

  replaceAll() {
    const count = replaceAll(this.view, this.other.value);
    this.tell(this.say("replacedAll", { count }));
    this.#show(0, searchOf(this.view.state).matches.length);
  }

  /** @param {number} at @param {number} count */
  #show(at, count) {
    const text = count ? (at ? this.say("foundAt", { at, count }) : this.say("foundCount", { count })) : this.say("foundNone");
    this.count.textContent = this.words.value ? text : "";
  }
}
