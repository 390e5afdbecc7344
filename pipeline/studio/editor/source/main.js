// The editor of an article: `BulletinEditor.mount`.

import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { EditorState, Plugin, Selection, TextSelection } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { findings, goToFinding, setFindings } from "./checking/findings.js";
import { blockAt, blockNamed, bringIntoSight, placeOf, selectBlock, SIGHT } from "./checking/places.js";
import { misspeltAt, spelling } from "./checking/spelling.js";
import { nextMisspelt, suggest } from "./checking/suggesting.js";
import { setTypography } from "./checking/typography.js";
import { documentOf, jsonOf, OWN } from "./document/exchange.js";
import { identities } from "./document/identities.js";
import { becomes } from "./document/merging.js";
import { insertNote, notesIn, notesTogether, panelStart } from "./document/notes.js";
import { headsFirst } from "./document/tables.js";
import { pasting } from "./pasting/pasting.js";
import { Uploads } from "./pasting/uploads.js";
import { askForLink, FindBar } from "./showing/dialogs.js";
import { element, newId } from "./showing/elements.js";
import { askForText, figureView } from "./showing/figure.js";
import { breakView, noteView, panelView, plainView } from "./showing/nodes.js";
import { Toolbar } from "./showing/toolbar.js";
import { finding } from "./writing/finding.js";
import { keys } from "./writing/keys.js";
import { withinOnePart } from "./writing/selecting.js";
import { typographyAsTyped } from "./writing/typography.js";
import { nodes, schema as articleSchema } from "./document/schema.js";

/**
 * @typedef {import("./document/exchange.js").DocumentJson} DocumentJson
 * @typedef {import("./checking/findings.js").Finding} Finding
 * @typedef {{blocks: number[], outside: boolean}} Change
 * @typedef {import("./checking/places.js").Place} Place
 * @typedef {{
 *   uploadPicture?: (file: File) => Promise<{source: string, width: number, height: number}>,
 *   pictureAddress?: (source: string, width: number) => string, confirm?: (question: string, answer: string) => Promise<boolean>,
 *   spelling?: import("./checking/spelling.js").Speller,
 *   typography?: (text: string) => Promise<string | {text: string}>,
 *   findings?: import("./checking/findings.js").Answers,
 * }} Api
 * @typedef {{document: DocumentJson, language: string, strings: Record<string, string>, label?: string, api?: Api,
 *   onSave?: () => void, onFiles?: (files: File[]) => void, onChange?: (document: DocumentJson, change: Change) => void}} Options
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
    this.replacing = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    this.uploads = new Uploads(this.api.uploadPicture ?? (() => Promise.reject(new Error())), (key, values) => this.tell(this.say(key, values)));
    this.status = element("div", { class: "be-status", role: "status", "aria-live": "polite" });
    this.box = element("div", { class: "be-text" });
    this.root = element("div", { class: "bulletin-editor", lang: options.strings.language ?? "en" });
    this.hint = element("p", { class: "be-hint be-keys", id: newId() }, this.say("keysHint"));
    host.append(this.root);
    /** @type {EditorView} */
    this.view = this.#view();
    this.find = new FindBar(this.view, this.say, (text) => this.tell(text));
    this.toolbar = new Toolbar(this.view, this.#parts(), this.say, this.view.dom.id);
    // One head, however many lines the buttons take: what is found never hides below them.
    const head = element("div", { class: "be-top" }, this.toolbar.dom, this.find.dom);
    this.root.append(head, this.box, this.hint, this.status);
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

  /** @returns {EditorView} */
  #view() {
    const { say } = this;
    const way = { say, tell: (/** @type {string} */ text) => this.tell(text), uploads: this.uploads, address: this.api.pictureAddress, confirm: this.api.confirm };
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
      ...SIGHT,
      dispatchTransaction: (tr) => this.#dispatch(tr),
    });
  }

  #way() {
    return { root: this.root, say: this.say, tell: (/** @type {string} */ text) => this.tell(text) };
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
      spelling: always(() => nextMisspelt(this.view, this.#way())),
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

  /** @returns {Plugin[]} */
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
    const menu = (/** @type {any} */ state) => suggest(this.view, misspeltAt(state, state.selection), this.#way());
    return [
      keys({
        "Mod-s": (_state, dispatch) => {
          if (dispatch) this.#save();
          return true;
        },
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
      pasting(
        (_view, files, at) => this.#insertPictures(files, at),
        (files) => (this.options.onFiles ? this.options.onFiles(files) : tell("notAPicture", { name: files[0].name })),
        tell,
      ),
      tableEditing(),
      headsFirst(),
      notesTogether(this.say),
      identities(),
      withinOnePart(),
      history(),
      dropCursor({ class: "be-drop", color: false }),
      this.#events(),
      gapCursor(),
      finding(),
      spelling(this.api.spelling),
      findings(this.api.findings ?? {}, this.say, (text) => this.tell(text)),
    ];
  }

  #events() {
    return new Plugin({
      props: {
        handleDOMEvents: {
          contextmenu: (view, event) => {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
            if (at === undefined || event.button !== 2) return false;
            if (!suggest(view, misspeltAt(view.state, { from: at, to: at }), this.#way())) return false;
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
        handleClick: (view, _pos, event) => {
          if (/** @type {Element} */ (event.target).closest("a")) event.preventDefault();
          return goOnBelow(view, event);
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
    this.tell(this.say("placeNote"));
    return true;
  }

  /** @param {import("prosemirror-state").Transaction} tr */
  #dispatch(tr) {
    const before = this.view.state;
    const had = notesIn(before.doc);
    const state = before.apply(tr);
    this.view.updateState(state);
    if (tr.scrolledIntoView) bringIntoSight(this.view);
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

  /** Somebody wants to be sure: what is waiting is told at once. */
  #save() {
    this.#flush();
    if (this.telling) this.#tellChange();
    this.options.onSave?.();
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
    const place = placeOf(this.view.state);
    for (const listener of this.listeners) listener(place);
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
    requestAnimationFrame(() => this.view.isDestroyed || askForText(this.view));
  }

  /** Write down at once what is still being written in fields of pictures. */
  #flush() {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest(".be-figure") && this.root.contains(active)) active.dispatchEvent(new Event("blur"));
  }

  document() {
    return jsonOf(this.view.state.doc, this.order);
  }

  /** @param {DocumentJson} json @param {boolean} keepsSelection @param {DocumentJson | null} base */
  replace(json, keepsSelection, base) {
    this.#flush();
    const { state } = this.view;
    const tr = state.tr;
    this.order = labelsOf(json);
    becomes(tr, documentOf(json), base ? documentOf(base) : null);
    if (!keepsSelection) tr.setSelection(Selection.atStart(tr.doc));
    this.replacing = true;
    this.view.dispatch(tr);
    this.replacing = false;
  }

  destroy() {
    this.#flush();
    if (this.telling) this.#tellChange();
    this.view.destroy();
    this.uploads.end();
    this.root.remove();
  }
}

/**
 * Let a click below a table or picture at the end of the text begin a paragraph there.
 *
 * @param {EditorView} view
 * @param {MouseEvent} event
 */
function goOnBelow(view, event) {
  const { doc, tr } = view.state;
  const last = doc.child(doc.childCount - 2);
  const end = panelStart(doc);
  const dom = view.nodeDOM(end - last.nodeSize);
  const isBelow = dom instanceof HTMLElement && event.target === view.dom && event.clientY > dom.getBoundingClientRect().bottom;
  if (last.isTextblock || !isBelow) return false;
  tr.insert(end, nodes.paragraph.create());
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
  return true;
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
    // `base` is the document that was sent when the answer is another one: what was written since then stays.
    replace: (/** @type {DocumentJson} */ json, keepsSelection = true, /** @type {DocumentJson | null} */ base = null) =>
      editor.replace(json, keepsSelection, base),
    setFindings: (/** @type {Finding[]} */ list) => setFindings(view, list),
    select: (/** @type {string} */ id, offset = 0) => selectBlock(view, blockNamed(view.state.doc, id), offset),
    selectIndex: (/** @type {number} */ index) => selectBlock(view, blockAt(view.state.doc, index)),
    place: () => placeOf(view.state),
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
