// A document of an article or a mail in a frame without scripts. The last good one stays until another is there.

import { whyOf } from './pagination.js';

/** A frame that shows one document after the other. */
export function frameIn(holder, studio, { note, title }) {
  let shown = null;
  // What loads may be asked for anew before it is there: as wide, and named, as asked last.
  let newest = null;
  let address = '';
  let last = '';
  let asked = 0;

  /** Put a document in place of the one that is shown, once it is there. */
  function put(source, width, anchor) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', '');
    frame.title = title();
    if (width) frame.width = width;
    frame.className = 'coming';
    frame.src = source + anchor;
    frame.addEventListener('load', () => {
      if (address !== source) { frame.remove(); return; }
      frame.classList.remove('coming');
      if (shown !== frame) shown?.remove();
      shown = frame;
    });
    address = source;
    newest = frame;
    holder.append(frame);
  }

  return {
    /** Ask for a document, and show it; returns what was told of it. */
    async show(path, { width = '', anchor = () => '' } = {}) {
      asked += 1;
      const mine = asked;
      let told;
      try {
        const answer = await studio.ask(path);
        told = await answer.json();
      } catch {
        told = { findings: [{ message: studio.text('failed') }] };
      }
      if (mine !== asked || !holder.isConnected) return null;
      const wrong = told.findings?.some((each) => each.severity !== 'warning');
      // What has errors does not take the place of what had none.
      const stays = wrong && (last === path || !told.frame);
      note.hidden = !wrong;
      note.textContent = wrong ? studio.text(stays ? 'older' : 'partly', { why: whyOf(told) }) : '';
      if (!wrong) last = path;
      if (!stays && told.frame !== address) put(told.frame, width, anchor(told));
      else if (newest) { newest.title = title(); if (width) newest.width = width; }
      return told;
    },
    /** Go to an element of the document; it is not loaded again. */
    goTo(id) { if (newest && address) newest.src = `${address}#${id}`; },
  };
}
