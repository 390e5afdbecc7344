// Pictures on their way into the folder.

import { NodeSelection } from "prosemirror-state";
import { nodes } from "../document/schema.js";
import { placeForBlock } from "../writing/commands.js";

/**
 * @typedef {import("prosemirror-view").EditorView} EditorView
 * @typedef {{file: File, address: string, source: string | null, failed: boolean}} Upload
 */

export class Uploads {
  /**
   * @param {(file: File) => Promise<{source: string}>} upload
   * @param {(key: string, values?: Record<string, any>) => void} tell
   */
  constructor(upload, tell) {
    this.upload = upload;
    this.tell = tell;
    /** @type {Map<string, Upload>} */
    this.known = new Map();
    this.count = 0;
  }

  /** Return the picture on its way that a node waits for. @param {string | null} key */
  of(key) {
    return key ? this.known.get(key) : undefined;
  }

  /** Begin to upload a file, and return the key that nodes wait by. @param {EditorView} view @param {File} file */
  begin(view, file) {
    this.count += 1;
    const key = `upload-${this.count}`;
    const entry = { file, address: URL.createObjectURL(file), source: null, failed: false };
    this.known.set(key, entry);
    void this.run(view, key, entry);
    return key;
  }

  /** @param {EditorView} view @param {string} key @param {Upload} entry */
  async run(view, key, entry) {
    try {
      const { source } = await this.upload(entry.file);
      entry.source = source;
      this.tell("pictureArrived", { name: entry.file.name });
    } catch (fault) {
      entry.failed = true;
      const reason = fault instanceof Error ? fault.message : "";
      this.tell("pictureFailed", { name: entry.file.name, reason });
    }
    if (!view.isDestroyed) this.settle(view, key);
  }

  /** Give the nodes that wait for a picture its name. @param {EditorView} view @param {string} key */
  settle(view, key) {
    const entry = this.known.get(key);
    const tr = view.state.tr.setMeta("addToHistory", false);
    view.state.doc.descendants((node, at) => {
      if (node.type === nodes.figure && node.attrs.pending === key && entry) {
        const isThere = entry.source !== null;
        if (isThere) tr.setNodeAttribute(at, "source", entry.source);
        tr.setNodeAttribute(at, "pending", isThere ? null : "failed");
      }
      return !node.isTextblock;
    });
    if (tr.docChanged) view.dispatch(tr);
  }

  /** Insert pictures at a position, or behind the block it is in. @param {EditorView} view @param {File[]} files @param {number} at */
  insert(view, files, at) {
    const { state } = view;
    const $at = state.doc.resolve(Math.min(at, state.doc.content.size));
    const place = placeForBlock(/** @type {any} */ ({ selection: { $to: $at } }));
    if (place === null) {
      this.tell("noPictureHere");
      return;
    }
    const figures = files.map((file) => nodes.figure.create({ pending: this.begin(view, file) }));
    const tr = state.tr.insert(place, figures);
    const last = place + figures.slice(0, -1).reduce((sum, node) => sum + node.nodeSize, 0);
    tr.setSelection(NodeSelection.create(tr.doc, files.length > 1 ? place : last));
    view.dispatch(tr.scrollIntoView());
    this.tell("picturesInserted", { count: files.length });
  }

  /** Let go of what the browser keeps. */
  end() {
    for (const { address } of this.known.values()) URL.revokeObjectURL(address);
  }
}

/** Return the file that a `data:` address holds. @param {string} address */
export function fileOf(address) {
  const match = /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]+)*?(;base64)?,(.*)$/is.exec(address);
  if (!match) return null;
  try {
    const text = match[2] ? atob(match[3].replace(/\s/g, "")) : decodeURIComponent(match[3]);
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return new File([bytes], `picture.${match[1].split("/")[1].replace(/\+.*/, "")}`, { type: match[1] });
  } catch {
    return null;
  }
}
