// The editor of an article: `BulletinEditor.mount`.

import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { EditorState, NodeSelection, Plugin, Selection, TextSelection } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { findings, goToFinding, setFindings } from "./checking/findings.js";
import { blockNamed, stretch, textOf } from "./checking/places.js";
import { accept, misspeltAt, misspeltCount, spelling } from "./checking/spelling.js";
import { setTypography } from "./checking/typography.js";
import { documentOf, jsonOf, OWN } from "./document/exchange.js";
import { identities } from "./document/identities.js";
import { becomes } from "./document/merging.js";
import { insertNote, notesIn, notesTogether } from "./document/notes.js";
import { headsFirst } from "./document/tables.js";
import { pasting } from "./pasting/pasting.js";
import { Uploads } from "./pasting/uploads.js";
import { askForLink, FindBar, openMenu } from "./showing/dialogs.js";
import { element, newId } from "./showing/elements.js";
import { askForText, figureView } from "./showing/figure.js";
import { breakView, noteView, panelView, plainView } from "./showing/nodes.js";
import { Toolbar } from "./showing/toolbar.js";
import { about } from "./writing/commands.js";
import { finding } from "./writing/finding.js";
import { keys } from "./writing/keys.js";
import { withinOnePart } from "./writing/selecting.js";
import { typographyAsTyped } from "./writing/typography.js";
import { nodes, schema as articleSchema } from "./document/schema.js";

/**
 * @typedef {import("./document/exchange.js").DocumentJson} DocumentJson
 * @typedef {import("./checking/findings.js").Finding} Finding
 * @typedef {{blocks: number[], outside: boolean}} Change
 * @typedef {{block: string | null, index: number, offset: number}} Place
 * @typedef {{
 *   uploadPicture?: (file: File) => Promise<{source: string, width: number, height: number}>,
 *   pictureAddress?: (source: string, width: number) => string,
 *   spelling?: import("./checking/spelling.js").Speller,
 *   typography?: (text: string) => Promise<string | {text: string}>,
 *   findings?: import("./checking/findings.js").Answers,
 * }} Api
 * @typedef {{document: DocumentJson, language: string, strings: Record<string, string>, label?: string, api?: Api,
 *   onChange?: (document: DocumentJson, change: Change) => void}} Options
 */

/** How often a change is told, in milliseconds. */
const TOLD_EVERY = 100;

class Editor {
  /** @param {HTMLElement} host @param {Options} options */
  constructor(host, options) {
    this.host = host;
    this.options = options;
    this.api = options.api ?? {};
    /** @type {Set<(place: Place) => void>} */
    this.listeners = new Set();
    this.order = labelsOf(options.document);
    /** @type {Set<number>} */
    this.touched = new Set();
    this.isOutside = false;
    this.uploads = new Uploads(this.api.uploadPicture ?? (() => Promise.reject(new Error())), (key, values) => this.tell(this.say(key, values)));
    this.status = element("div", { class: "be-status", role: "status", "aria-live": "polite" });
    this.box = element("div", { class: "be-text" });
    this.root = element("div", { class: "bulletin-editor", lang: options.strings.language ?? "en" });
    this.hint = element("p", { class: "be-hint be-keys", id: newId() }, this.say("keysHint"));
    host.append(this.root);
    this.view = this.#view();
    this.find = new FindBar(this.view, this.say, (text) => this.tell(text));
    this.toolbar = new Toolbar(this.view, this.#parts(), this.say, this.view.dom.id);
    this.root.append(this.toolbar.dom, this.find.dom, this.box, this.hint, this.status);
    this.toolbar.update(this.view.state);
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  say = (key, values = {}) => {
    const text = this.options.strings[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };

  /** Tell something to those who do not see it. @param {string} text */
  tell(text) {
    // A text that is told twice is told anew.
    this.status.textContent = "";
    this.status.textContent = text;
  }

  #view() {
    const { say } = this;
    const way = { say, tell: (/** @type {string} */ text) => this.tell(text), uploads: this.uploads, address: this.api.pictureAddress };
    /** @type {Record<string, any>} */
    const nodeViews = {
      figure: figureView(way),
      notes: panelView(say),
      note: noteView(say),
      page_break: breakView(say, "pageBreak"),
      horizontal_rule: breakView(say, "ornament"),
      code_block: plainView(say, "codeBlock"),
      source: plainView(say, "source"),
    };
    return new EditorView(this.box, {
      state: EditorState.create({ doc: documentOf(this.options.document), plugins: this.#plugins() }),
      nodeViews,
      attributes: {
        id: newId(),
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": this.options.label ?? say("text"),
        "aria-describedby": this.hint.id,
        lang: this.options.language,
        // The words are looked up in our own dictionary.
        spellcheck: this.api.spelling ? "false" : "true",
      },
      scrollMargin: { top: 120, bottom: 40, left: 0, right: 0 },
      scrollThreshold: { top: 110, bottom: 20, left: 0, right: 0 },
      dispatchTransaction: (tr) => this.#dispatch(tr),
    });
  }

  /** What buttons and keys open. @returns {Record<string, import("prosemirror-state").Command>} */
  #parts() {
    const always = (/** @type {() => void} */ run) => (/** @type {any} */ _state, /** @type {any} */ dispatch) => {
      if (dispatch) run();
      return true;
    };
    return {
      link: (state, dispatch) => {
        const may = state.selection.$from.parent.inlineContent && !state.selection.$from.parent.type.spec.code;
        if (may && dispatch) askForLink(this.view, this.root, this.say);
        return Boolean(may);
      },
      picture: always(() => this.#choosePictures()),
      find: always(() => this.find.open()),
      spelling: always(() => this.#nextMisspelt()),
      typography: (state, dispatch) => {
        const may = Boolean(this.api.typography) && state.selection.$from.parent.inlineContent;
        if (may && dispatch) void setTypography(this.view, this.api.typography, (key, values) => this.tell(this.say(key, values)));
        return may;
      },
      finding: always(() => {
        if (!goToFinding(this.view, 1)) this.tell(this.say("noFindings"));
      }),
    };
  }

  #plugins() {
    const parts = this.#parts();
    const tell = (/** @type {string} */ key, /** @type {any} */ values) => this.tell(this.say(key, values));
    const previous = (/** @type {any} */ _state, /** @type {any} */ dispatch) => {
      if (dispatch && !goToFinding(this.view, -1)) this.tell(this.say("noFindings"));
      return true;
    };
    const toToolbar = (/** @type {any} */ _state, /** @type {any} */ dispatch) => {
      if (dispatch) this.toolbar.focus();
      return true;
    };
    const menu = (/** @type {any} */ state) => this.#suggest(misspeltAt(state, state.selection));
    return [
      keys({
        "Mod-k": parts.link,
        "Mod-f": parts.find,
        "Mod-h": parts.find,
        F7: parts.spelling,
        F8: parts.finding,
        "Shift-F8": previous,
        "Alt-F10": toToolbar,
        "Shift-F10": menu,
        ContextMenu: menu,
        "Alt-Enter": menu,
      }),
      typographyAsTyped(this.options.language),
      pasting((view, files, at) => this.#insertPictures(files, at), tell),
      tableEditing(),
      headsFirst(),
      notesTogether(this.say),
      identities(),
      withinOnePart(),
      history(),
      dropCursor({ class: "be-drop", color: false }),
      gapCursor(),
      finding(),
      spelling(this.api.spelling),
      findings(this.api.findings ?? {}, this.say, (text) => this.tell(text)),
      this.#events(),
    ];
  }

  #events() {
    return new Plugin({
      props: {
        handleDOMEvents: {
          contextmenu: (view, event) => {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
            if (at === undefined || event.button !== 2) return false;
            const word = misspeltAt(view.state, { from: at, to: at });
            if (!word || !this.#suggest(word)) return false;
            event.preventDefault();
            return true;
          },
        },
        handleClickOn: (view, _pos, node, _at, event) => {
          if (node.type !== nodes.note_call || !(event.ctrlKey || event.metaKey)) return false;
          return this.#toNote(node.attrs.label);
        },
        handleDoubleClickOn: (_view, _pos, node) => node.type === nodes.note_call && this.#toNote(node.attrs.label),
        // A link in a text that is being written is no way out of it.
        handleClick: (_view, _pos, event) => {
          if (/** @type {Element} */ (event.target).closest("a")) event.preventDefault();
          return false;
        },
      },
    });
  }

  /** @param {string} label */
  #toNote(label) {
    const note = notesIn(this.view.state.doc).get(label);
    if (!note) return false;
    const end = note.at + note.node.nodeSize - 1;
    this.view.dispatch(this.view.state.tr.setSelection(TextSelection.create(this.view.state.doc, end)).scrollIntoView());
    this.view.focus();
    return true;
  }

  /** @param {import("prosemirror-state").Transaction} tr */
  #dispatch(tr) {
    const before = this.view.state;
    const had = notesIn(before.doc);
    const state = before.apply(tr);
    this.view.updateState(state);
    this.toolbar?.update(state);
    if (!before.doc.eq(state.doc)) this.#changed(before.doc, state.doc);
    if (!before.selection.eq(state.selection) || before.doc !== state.doc) this.#moved();
    const made = tr.getMeta("addToHistory") !== false && !tr.getMeta("paste") && !tr.getMeta("history$") ? [...notesIn(state.doc).values()].find(({ node }) => !had.has(node.attrs.label) && !node.content.size) : undefined;
    if (made) this.#toNote(made.node.attrs.label);
  }

  /** @param {import("prosemirror-model").Node} before @param {import("prosemirror-model").Node} after */
  #changed(before, after) {
    const old = new Set(Array.from({ length: before.childCount }, (_, at) => before.child(at)));
    after.forEach((node, _offset, index) => {
      if (!old.has(node)) this.touched.add(index);
    });
    if (this.replacing) this.isOutside = true;
    this.telling ??= setTimeout(() => this.#tellChange(), TOLD_EVERY);
  }

  #tellChange() {
    clearTimeout(this.telling);
    this.telling = undefined;
    const change = { blocks: [...this.touched], outside: this.isOutside };
    this.touched.clear();
    this.isOutside = false;
    this.options.onChange?.(this.document(), change);
  }

  #moved() {
    if (!this.listeners.size) return;
    const place = this.place();
    for (const listener of this.listeners) listener(place);
  }

  /** Where the caret is. @returns {Place} */
  place() {
    const { doc, selection } = this.view.state;
    const { $head } = selection;
    const note = about(this.view.state, nodes.note);
    if (note) return { block: `note:${note.node.attrs.label}`, index: -1, offset: $head.parentOffset };
    const index = Math.min($head.index(0), doc.childCount - 2);
    const block = doc.child(Math.max(index, 0));
    const start = $head.depth ? $head.before(1) : selection.from;
    const { starts } = textOf(block, start);
    const offset = starts.findIndex((each) => each >= $head.pos);
    return { block: block.attrs.id ?? null, index, offset: offset < 0 ? starts.length : offset };
  }

  #choosePictures() {
    const input = element("input", { type: "file", accept: "image/*,.heic,.heif", multiple: true, class: "be-hidden-file" });
    input.addEventListener("change", () => {
      this.#insertPictures([...(input.files ?? [])], this.view.state.selection.to);
      input.remove();
    });
    input.addEventListener("cancel", () => input.remove());
    this.root.append(input);
    input.click();
  }

  /** @param {File[]} files @param {number} at */
  #insertPictures(files, at) {
    if (!files.length) return;
    this.uploads.insert(this.view, files, at);
    // The text for those who cannot see it is asked for at once.
    requestAnimationFrame(() => askForText(this.view));
  }

  #nextMisspelt() {
    const word = misspeltAt(this.view.state, this.view.state.selection, true);
    if (!word) {
      this.tell(this.say("noMisspelt"));
      return;
    }
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, word.from, word.to)).scrollIntoView());
    this.tell(this.say("misspeltCount", { count: misspeltCount(state) }));
    this.#suggest(word);
  }

  /** @param {any} word A decoration. */
  #suggest(word) {
    if (!word) return false;
    const { state } = this.view;
    const text = state.doc.textBetween(word.from, word.to);
    const replaceBy = (/** @type {string} */ other) => () => {
      const kept = state.doc.resolve(word.from).marksAcross(state.doc.resolve(word.to)) ?? [];
      const tr = this.view.state.tr.replaceWith(word.from, word.to, state.schema.text(other, kept));
      const caret = TextSelection.create(tr.doc, word.from + other.length);
      this.view.dispatch(closeHistory(tr.setSelection(caret).scrollIntoView()));
      this.tell(this.say("replacedBy", { word: other }));
    };
    const items = word.spec.suggestions.slice(0, 7).map((/** @type {string} */ other) => ({ text: other, run: replaceBy(other) }));
    items.push({ text: this.say("acceptWord"), run: () => accept(this.view, text) });
    openMenu(this.view, this.root, word.from, this.say("suggestionsFor", { word: text }), items);
    return true;
  }

  /** Write down at once what is still being written in fields of pictures. */
  #flush() {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest(".be-figure") && this.root.contains(active)) active.dispatchEvent(new Event("blur"));
  }

  document() {
    return jsonOf(this.view.state.doc, this.order);
  }

  /** @param {DocumentJson} json @param {boolean} keepsSelection */
  replace(json, keepsSelection = true) {
    this.#flush();
    const { state } = this.view;
    const tr = state.tr;
    this.order = labelsOf(json);
    becomes(tr, documentOf(json));
    if (!keepsSelection) tr.setSelection(Selection.atStart(tr.doc));
    this.replacing = true;
    this.view.dispatch(tr);
    this.replacing = false;
  }

  /** @param {string} id @param {number} offset */
  select(id, offset = 0) {
    const block = blockNamed(this.view.state.doc, id);
    if (!block) return false;
    return this.#selectAt(block.node, block.at, offset);
  }

  /** @param {number} index */
  selectIndex(index) {
    const { doc } = this.view.state;
    if (index < 0 || index > doc.childCount - 2) return false;
    let at = 0;
    for (let before = 0; before < index; before += 1) at += doc.child(before).nodeSize;
    return this.#selectAt(doc.child(index), at, 0);
  }

  /** @param {import("prosemirror-model").Node} node @param {number} at @param {number} offset */
  #selectAt(node, at, offset) {
    const { doc, tr } = this.view.state;
    const isWhole = node.isAtom && NodeSelection.isSelectable(node);
    const to = offset ? stretch(textOf(node, at), offset, offset).from : at + 1;
    const selection = isWhole ? NodeSelection.create(doc, at) : Selection.near(doc.resolve(to), 1);
    this.view.dispatch(tr.setSelection(selection).scrollIntoView());
    this.view.focus();
    return true;
  }

  destroy() {
    this.#flush();
    if (this.telling) this.#tellChange();
    this.view.destroy();
    this.uploads.end();
    this.root.remove();
  }
}

/** @param {DocumentJson} json */
function labelsOf(json) {
  return (json.notes ?? []).map((note) => note.attrs?.label);
}

/**
 * Put an editor into an element.
 *
 * @param {HTMLElement} host
 * @param {Options} options
 */
export function mount(host, options) {
  const editor = new Editor(host, options);
  const { view } = editor;
  return {
    document: () => editor.document(),
    replace: (/** @type {DocumentJson} */ json, keepsSelection = true) => editor.replace(json, keepsSelection),
    setFindings: (/** @type {Finding[]} */ list) => setFindings(view, list),
    select: (/** @type {string} */ id, offset = 0) => editor.select(id, offset),
    selectIndex: (/** @type {number} */ index) => editor.selectIndex(index),
    place: () => editor.place(),
    onSelection(/** @type {(place: Place) => void} */ listener) {
      editor.listeners.add(listener);
      return () => editor.listeners.delete(listener);
    },
    undo: () => undo(view.state, view.dispatch),
    redo: () => redo(view.state, view.dispatch),
    find: (/** @type {string} */ words) => editor.find.open(words),
    insertNote: () => insertNote(view.state, view.dispatch),
    focus: () => view.focus(),
    destroy: () => editor.destroy(),
  };
}

/** Return the nodes and marks that a document may have, with the names of their attributes, for tests. */
export function schema() {
  const specs = [...Object.entries(articleSchema.nodes), ...Object.entries(articleSchema.marks)];
  return Object.fromEntries(specs.map(([name, type]) => [name, Object.keys(type.spec.attrs ?? {}).filter((each) => !OWN.has(each))]));
}
