// Pages of the issue beside its text: the page of the paragraph in hand; a click on the page goes to the text.
// Or the article as a screen shows it, which is there at once, while the pages follow.

import { frameIn } from './framing.js';
import { addressOf, placeAt, whileFilling, whileMaking, whyOf } from './pagination.js';

const REST = 3000;

export function pagesOf(aside, studio, { issue, path, goTo }) {
  const picture = aside.querySelector('[data-page-picture]');
  const label = aside.querySelector('[data-page-label]');
  const note = aside.querySelector('[data-stale-note]');
  const filling = aside.querySelector('[data-filling]');
  const screen = aside.querySelector('[data-screen]');
  const asScreen = aside.querySelector('[data-as-screen]');
  const name = path.split('/').at(-1);
  const frame = frameIn(screen, studio, {
    note: aside.querySelector('[data-screen-note]'),
    title: () => studio.text('onScreen', { title: document.getElementById('article-title')?.textContent ?? '' }),
  });
  let lines = [];
  let shown = null;
  let number = 1;
  let line = 0;
  let asking = false;
  let settling = false;
  let due = false;
  let again = false;
  let timer = 0;

  /** Fill the pages as they will be printed; what is written meanwhile is shown meanwhile. */
  async function fill() {
    if (!aside.isConnected || aside.hidden || isScreen()) return;
    if (settling) { due = true; return; }
    settling = true;
    const end = whileFilling(studio, filling);
    try {
      const signal = studio.asLongAsShown();
      const told = await (await studio.ask(`/api/issues/${issue}/pages?settle=yes`, { signal })).json();
      if (told.pages && told.serial > shown.serial) take(told);
    } catch {
      // They stay as they are.
    } finally {
      settling = false;
      end();
      if (due) { due = false; timer = setTimeout(fill, REST); }
    }
  }

  function take(told) {
    const wasShown = Boolean(shown);
    shown = told;
    note.hidden = !told.stale;
    aside.querySelector('[data-given-up]').hidden = !told.is_given_up;
    if (told.stale) note.textContent = studio.text('stale', { why: whyOf(told) });
    if (line || !wasShown) toLine();
    draw();
  }

  async function fetchPages() {
    if (!aside.isConnected || aside.hidden || isScreen()) return;
    if (asking) { again = true; return; }
    asking = true;
    const isFirst = !shown;
    const end = isFirst ? whileMaking(studio, issue, (words) => { label.textContent = words; }) : () => {};
    try {
      const signal = studio.asLongAsShown();
      const answer = await studio.ask(`/api/issues/${issue}/pages`, { signal });
      const told = await answer.json();
      if (answer.ok) {
        take(told);
      } else {
        note.hidden = false;
        note.textContent = studio.text('stale', { why: whyOf(told) });
      }
    } catch {
      if (!aside.isConnected) return;
      note.hidden = false;
      note.textContent = studio.text('failed');
    } finally {
      asking = false;
      end();
    }
    if (!shown) draw();
    if (again) { again = false; fetchPages(); return; }
    if (shown && !shown.settled) {
      clearTimeout(timer);
      timer = setTimeout(fill, isFirst ? 0 : REST);
    }
  }

  function draw() {
    const count = shown?.pages.length ?? 0;
    if (!count) {
      label.textContent = studio.text('noPages');
      picture.hidden = true;
      return;
    }
    number = Math.min(Math.max(number, 1), count);
    const page = shown.pages[number - 1];
    label.textContent = studio.text('page', { number, count });
    picture.hidden = false;
    picture.alt = label.textContent;
    picture.width = Math.round(page.width * 4);
    picture.height = Math.round(page.height * 4);
    const source = studio.seen(`/api/issues/${issue}/pages/${page.key}?dpi=110`);
    if (picture.getAttribute('src') !== source) picture.src = source;
    aside.querySelectorAll('[data-page-by]').forEach((button) => {
      const to = number + Number(button.dataset.pageBy);
      button.disabled = to < 1 || to > count;
    });
  }

  const isScreen = () => asScreen.getAttribute('aria-pressed') === 'true';

  /** The id of the element that shows the line in hand. */
  function anchorOf(known) {
    const at = known.filter((each) => each <= line).at(-1);
    return at ? `line-${at}` : '';
  }

  async function fetchScreen() {
    if (aside.hidden || !isScreen()) return;
    const told = await frame.show(`/api/issues/${issue}/articles/${encodeURIComponent(name)}/html`, {
      anchor: (now) => { const id = anchorOf(now.lines); return id && `#${id}`; },
    });
    if (told?.lines) lines = told.lines;
  }

  function showAs(onScreen) {
    asScreen.setAttribute('aria-pressed', String(onScreen));
    screen.hidden = !onScreen;
    aside.querySelectorAll('[data-of-pages]').forEach((each) => { each.classList.toggle('put-away', onScreen); });
    if (onScreen) fetchScreen();
    else fetchPages();
  }
  asScreen.addEventListener('click', () => showAs(!isScreen()));

  function toLine() {
    const own = shown?.places.filter((place) => place.path === path) ?? [];
    // Places are in the order of pages: a picture may stand before words it was written behind, and a block
    // that goes on has a place on each page. The caret's block is the nearest one above it, where it begins.
    const nearest = Math.max(...own.filter((place) => place.line <= line).map((place) => place.line));
    const at = own.find((place) => place.line === nearest) ?? own[0];
    if (at) number = at.page;
  }

  for (const button of aside.querySelectorAll('[data-page-by]')) {
    button.addEventListener('click', () => { number += Number(button.dataset.pageBy); draw(); });
  }
  picture.addEventListener('click', (event) => {
    const page = shown?.pages[number - 1];
    if (!page) return;
    const hit = placeAt(shown, page, picture, event);
    if (!hit) return;
    if (hit.path === path) goTo(hit.line);
    else if (hit.path.endsWith('.md')) location.assign(addressOf(issue, hit));
  });

  return {
    show: () => { fetchScreen(); fetchPages(); },
    changed: () => {
      fetchScreen();
      clearTimeout(timer);
      timer = setTimeout(() => fetchPages(), 150);
    },
    follow(now) {
      const before = anchorOf(lines);
      line = now;
      if (isScreen() && anchorOf(lines) !== before) frame.goTo(anchorOf(lines));
      if (shown) { toLine(); draw(); }
    },
  };
}
