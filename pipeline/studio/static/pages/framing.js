// A document of an article or a mail in a frame without scripts. The last good one stays until another is there.

import { whyOf } from './pagination.js';

/** The least of its size in which a document that is wider than the window is shown; below that one scrolls. */
const SMALLEST = 0.8;

/** How wide the bar is by which one scrolls a document: as much wider is a frame than what it shows. */
function widthOfBar() {
  const box = document.createElement('div');
  box.style.overflowY = 'scroll';
  document.body.append(box);
  const width = box.offsetWidth - box.clientWidth;
  box.remove();
  return width;
}

/** Have a frame as wide as its document is asked for, and as large as there is room. */
function fitted(frame, holder) {
  const width = Number(frame.dataset.shows);
  if (!width) return;
  const lengths = (of, ...names) => names.reduce((sum, name) => sum + parseFloat(getComputedStyle(of)[name]), 0);
  // The bar is as wide in a smaller frame as in any.
  const bar = widthOfBar();
  const room = holder.clientWidth - lengths(holder, 'paddingLeft', 'paddingRight') - bar - 1;
  const zoom = Math.min(1, Math.max(SMALLEST, room / (width + lengths(frame, 'borderLeftWidth', 'borderRightWidth'))));
  frame.style.zoom = zoom;
  frame.width = Math.floor(width + bar / zoom);
}

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
    frame.dataset.shows = width;
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
    fitted(frame, holder);
  }

  new ResizeObserver(() => holder.querySelectorAll('iframe').forEach((frame) => fitted(frame, holder))).observe(holder);

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
      else if (newest) {
        newest.title = title();
        newest.dataset.shows = width;
        fitted(newest, holder);
      }
      return told;
    },
    /** Go to an element of the document; it is not loaded again. */
    goTo(id) { if (newest && address) newest.src = `${address}#${id}`; },
  };
}
