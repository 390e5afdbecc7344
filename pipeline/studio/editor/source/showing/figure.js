// A picture with its texts, its width, and the point that is kept where it is cropped.

import { NodeSelection, Selection } from "prosemirror-state";
import { CONSENTS, MEASURES, nodes } from "../document/schema.js";
import { fileOf } from "../pasting/uploads.js";
import { button, drawing, element, icon, labelled } from "./elements.js";

/**
 * @typedef {import("prosemirror-model").Node} PmNode
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {import("../pasting/uploads.js").Uploads} Uploads
 * @typedef {(key: string, values?: Record<string, any>) => string} Say
 * @typedef {{say: Say, tell: (text: string) => void, uploads: Uploads, address?: (source: string, width: number) => string, confirm?: (question: string, answer: string) => Promise<boolean>}} Way
 */

const PAUSE = 300;

/** The width pictures are asked for, in pixels. */
const WIDTH = 800;

const LONGEST = { alternative: 4000, caption: 4000, credit: 1000 };

/** @param {Way} way */
export const figureView = (way) => (/** @type {PmNode} */ node, /** @type {EditorView} */ view, /** @type {any} */ getPos) =>
  new FigureView(node, view, getPos, way);

class FigureView {
  /** @param {PmNode} node @param {EditorView} view @param {() => number | undefined} getPos @param {Way} way */
  constructor(node, view, getPos, way) {
    Object.assign(this, { node, view, getPos, way });
    this.node = node;
    this.view = view;
    this.getPos = getPos;
    this.way = way;
    const { say } = way;
    /** @type {Record<string, any>} */
    this.waiting = {};
    this.isPlacing = false;
    this.image = element("img", { alt: "", draggable: "false" });
    this.crosshair = this.#crosshair();
    this.name = element("span", { class: "be-file" });
    this.status = element("p", { class: "be-picture-status" });
    this.file = element("input", { type: "file", accept: "image/*,.heic,.heif", class: "be-hidden-file", tabindex: "-1", "aria-hidden": "true" });
    this.file.addEventListener("change", () => this.#choose());
    this.chooser = button({ text: say("choosePicture") }, () => this.file.click());
    this.picture = element("div", { class: "be-picture" }, this.image, this.crosshair);
    this.picture.addEventListener("click", (event) => this.#clicked(event));
    this.inputs = {
      alternative: element("textarea", { rows: "2", maxlength: LONGEST.alternative }),
      caption: element("textarea", { rows: "1", maxlength: LONGEST.caption }),
      credit: element("input", { type: "text", maxlength: LONGEST.credit }),
      measure: this.#select(MEASURES, "measure"),
      consent: this.#select(["", ...CONSENTS], "consent"),
    };
    for (const [name, input] of Object.entries(this.inputs)) {
      const isText = name !== "measure" && name !== "consent";
      input.addEventListener(isText ? "input" : "change", () => this.#wait(name, input.value));
      input.addEventListener("change", () => this.#commit());
      input.addEventListener("blur", () => this.#commit());
      input.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event), isText));
    }
    this.alternative = labelled(say("alternative"), this.inputs.alternative, say("alternativeHint"));
    this.placer = button({ text: say("setFocus") }, () => this.#place(!this.isPlacing));
    this.placer.setAttribute("aria-pressed", "false");
    this.centred = button({ text: say("noFocus") }, () => this.#setFocus(null));
    this.summary = element("summary", {});
    const more = element(
      "details",
      { class: "be-more" },
      this.summary,
      element("div", { class: "be-row" }, labelled(say("measure"), this.inputs.measure), labelled(say("consent"), this.inputs.consent)),
      element("div", { class: "be-buttons" }, this.placer, this.centred, button({ text: say("removePicture"), icon: icon("gone") }, () => void this.#remove())),
    );
    const fields = element("div", { class: "be-fields" }, this.alternative, labelled(say("caption"), this.inputs.caption), labelled(say("credit"), this.inputs.credit), more);
    this.dom = element(
      "div",
      { class: "be-figure", role: "group", contenteditable: "false" },
      element("div", { class: "be-figure-shown" }, this.picture, element("div", { class: "be-asked" }, this.status, this.chooser, this.file), this.name),
      fields,
    );
    this.#show();
    this.#adopt();
  }

  /** @param {readonly string[]} values @param {string} name */
  #select(values, name) {
    const { say } = this.way;
    const options = values.map((value) => element("option", { value }, say(`${name}_${value || "unknown"}`)));
    return element("select", {}, ...options);
  }

  #crosshair() {
    const ring = (/** @type {string} */ width, /** @type {string} */ colour) =>
      drawing("circle", { r: "11", fill: "none", stroke: colour, "stroke-width": width });
    const rings = [ring("5", "#000"), ring("2.500", "#fff")];
    const made = drawing("svg", { class: "be-crosshair", role: "slider", tabindex: "0", "aria-valuemin": "0", "aria-valuemax": "100" }, ...rings);
    made.addEventListener("keydown", (event) => this.#moveFocus(/** @type {KeyboardEvent} */ (event)));
    return made;
  }

  /** A picture that came as data with a text is uploaded; one that arrived meanwhile is there. */
  #adopt() {
    const { pending } = this.node.attrs;
    const { uploads } = this.way;
    if (!pending || pending === "asked" || pending === "failed") return;
    const entry = uploads.of(pending);
    const file = entry ? null : fileOf(pending);
    // The view is still being made: a change must wait until it stands.
    queueMicrotask(() => {
      if (this.view.isDestroyed || this.node.attrs.pending !== pending) return;
      if (entry && (entry.source !== null || entry.failed)) uploads.settle(this.view, pending);
      else if (!entry) this.#set({ pending: file ? uploads.begin(this.view, file) : "asked" }, false);
    });
  }

  #choose() {
    const [file] = this.file.files ?? [];
    this.file.value = "";
    if (file) this.#set({ pending: this.way.uploads.begin(this.view, file) }, false);
  }

  /** Show what the node says; a field that is being written in is left alone. */
  #show() {
    const { attrs } = this.node;
    const { say, uploads, address } = this.way;
    const entry = uploads.of(attrs.pending);
    const shown = attrs.source ? (address?.(attrs.source, WIDTH) ?? "") : (entry?.address ?? (attrs.pending?.startsWith("data:") ? attrs.pending : ""));
    if (shown && this.image.getAttribute("src") !== shown) this.image.src = shown;
    this.image.alt = attrs.alternative;
    this.picture.hidden = !shown;
    this.name.textContent = (attrs.source ?? "").split("/").at(-1) ?? "";
    const isAsked = !attrs.source;
    const isFailed = attrs.pending === "failed" || Boolean(entry?.failed);
    this.status.textContent = entry && !isFailed ? say("pictureComing") : say(isFailed ? "pictureNotTaken" : "pictureAsked");
    this.status.hidden = !isAsked;
    this.chooser.hidden = !isAsked || Boolean(entry && !isFailed);
    this.dom.setAttribute("aria-label", `${say("picture")}: ${attrs.alternative || attrs.source || say("pictureAsked")}`);
    this.dom.setAttribute("data-measure", attrs.measure);
    this.dom.classList.toggle("be-lacks-text", !attrs.alternative);
    for (const [name, input] of Object.entries(this.inputs)) {
      const value = name in this.waiting ? this.waiting[name] : (attrs[name] ?? "");
      if (input.value !== value) input.value = value;
    }
    const consent = say(`consent_${attrs.consent ?? "unknown"}`);
    this.summary.textContent = say("figureMore", { measure: say(`measure_${attrs.measure}`), consent });
    this.placer.hidden = !shown;
    this.centred.hidden = attrs.focus === null;
    this.#showFocus();
  }

  #showFocus() {
    const { say } = this.way;
    const { focus } = this.node.attrs;
    const [x, y] = focus ?? [50, 50];
    for (const ring of this.crosshair.querySelectorAll("circle")) {
      ring.setAttribute("cx", `${x}%`);
      ring.setAttribute("cy", `${y}%`);
    }
    // Hidden by an attribute: elements of SVG have no such property.
    this.crosshair.toggleAttribute("data-shown", this.isPlacing || focus !== null);
    this.crosshair.setAttribute("tabindex", this.isPlacing ? "0" : "-1");
    this.crosshair.setAttribute("aria-label", say("focusPoint"));
    this.crosshair.setAttribute("aria-valuenow", String(x));
    this.crosshair.setAttribute("aria-valuetext", focus ? say("focusAt", { x, y }) : say("focusNone"));
    this.picture.classList.toggle("be-placing", this.isPlacing);
    this.placer.setAttribute("aria-pressed", String(this.isPlacing));
  }

  /** @param {boolean} places */
  #place(places) {
    this.isPlacing = places;
    this.#showFocus();
    if (!places) return;
    /** @type {any} */ (this.crosshair).focus();
    this.way.tell(this.way.say("focusHow"));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    if (!this.isPlacing) {
      this.#select_();
      return;
    }
    const box = this.picture.getBoundingClientRect();
    const part = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ size) =>
      Math.min(100, Math.max(0, Math.round(((at - from) / size) * 100)));
    this.#setFocus([part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)]);
  }

  #select_() {
    const at = this.getPos();
    if (at === undefined) return;
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, at)));
    this.view.focus();
  }

  /** @param {KeyboardEvent} event */
  #moveFocus(event) {
    const [x, y] = this.node.attrs.focus ?? [50, 50];
    const step = event.shiftKey ? 10 : 1;
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    if (move) {
      const within = (/** @type {number} */ value) => Math.min(100, Math.max(0, value));
      this.#setFocus([within(x + move[0]), within(y + move[1])]);
    } else if (event.key === "Delete" || event.key === "Backspace") this.#setFocus(null);
    else if (event.key === "Escape" || event.key === "Enter") {
      this.#place(false);
      this.placer.focus();
    } else return;
    event.preventDefault();
  }

  /** @param {[number, number] | null} focus */
  #setFocus(focus) {
    this.#set({ focus });
    this.way.tell(focus ? this.way.say("focusAt", { x: focus[0], y: focus[1] }) : this.way.say("focusNone"));
  }

  async #remove() {
    const { say, confirm } = this.way;
    if (confirm && !(await confirm(say("removePictureAsked"), say("removePicture")))) return;
    const at = this.getPos();
    if (at === undefined) return;
    const tr = this.view.state.tr.delete(at, at + this.node.nodeSize);
    this.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at))).scrollIntoView());
    this.view.focus();
    this.way.tell(say("pictureRemoved"));
  }

  /** @param {KeyboardEvent} event @param {boolean} isText */
  #key(event, isText) {
    if (event.key === "Escape") this.#select_();
    // A text of a picture is one line.
    else if (event.key === "Enter" && isText && !event.isComposing) this.#commit();
    else return;
    event.preventDefault();
  }

  /** @param {string} name @param {string} value */
  #wait(name, value) {
    const plain = name === "consent" ? value || null : value.replace(/[\r\n]+/g, " ");
    this.waiting[name] = plain;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#commit(), PAUSE);
  }

  #commit() {
    clearTimeout(this.timer);
    const waiting = this.waiting;
    this.waiting = {};
    const changed = Object.entries(waiting).filter(([name, value]) => this.node.attrs[name] !== value);
    if (changed.length) this.#set(Object.fromEntries(changed));
  }

  /** @param {Record<string, any>} attrs @param {boolean} [isUndone] */
  #set(attrs, isUndone = true) {
    const at = this.getPos();
    if (at === undefined || this.view.state.doc.nodeAt(at)?.type !== nodes.figure) return;
    const tr = this.view.state.tr;
    for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(at, name, value);
    this.view.dispatch(isUndone ? tr : tr.setMeta("addToHistory", false));
  }

  /** @param {PmNode} node */
  update(node) {
    if (node.type !== nodes.figure) return false;
    const isOther = node.attrs.pending !== this.node.attrs.pending;
    this.node = node;
    this.#show();
    if (isOther) this.#adopt();
    return true;
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  /** Write down at once what is still waiting. */
  flush() {
    this.#commit();
  }

  /** @param {Event} event */
  stopEvent(event) {
    const target = /** @type {Element} */ (event.target);
    return target.closest("input, textarea, select, button, svg, label, summary") !== null || this.isPlacing;
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    clearTimeout(this.timer);
  }
}

/** Put the caret into the text that a picture lacks. @param {EditorView} view */
export function askForText(view) {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.figure) return;
  const dom = /** @type {HTMLElement | null} */ (view.nodeDOM(selection.from));
  dom?.querySelector("textarea")?.focus();
  dom?.scrollIntoView({ block: "nearest" });
}
