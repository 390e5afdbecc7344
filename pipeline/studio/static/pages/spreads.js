// Two pages at a time, as they lie on the table; a click on one goes to the words in their article.

import { addressOf, pagesNow, pictureOf, placeAt, spreadsOf } from './pagination.js';

export function start(holder, studio) {
  const { issue } = holder.dataset;
  const open = holder.querySelector('[data-open]');
  const label = holder.querySelector('[data-label]');
  const here = holder.querySelector('[data-here]');
  const steps = [...holder.querySelectorAll('[data-by]')];
  let told = null;
  let at = 0;

  function show(now) {
    told = now;
    const spreads = spreadsOf(told.pages);
    at = Math.min(Math.max(at, 0), Math.max(spreads.length - 1, 0));
    const pages = spreads[at] ?? [];
    const count = told.pages.length;
    const words = { 0: 'noPages', 1: 'page', 2: 'pages' }[pages.length];
    label.textContent = studio.text(words, { number: pages[0]?.number, first: pages[0]?.number, second: pages[1]?.number, count });
    open.dataset.side = pages.length === 1 ? (pages[0].is_left ? 'left' : 'right') : '';
    open.replaceChildren(...pages.map((page) => {
      const picture = pictureOf(page, studio, { issue, count, dpi: 120 });
      picture.addEventListener('click', (event) => {
        const place = placeAt(told, page, picture, event);
        if (place?.path.endsWith('.md')) location.assign(addressOf(issue, place));
      });
      return picture;
    }));
    steps.forEach((button) => { button.disabled = !spreads[at + Number(button.dataset.by)]; });
    list(pages);
  }

  /** The articles of the open pages, for those who do not click on them. */
  function list(pages) {
    const first = new Map();
    for (const place of told.places) {
      if (pages.some((page) => page.number === place.page) && place.path.endsWith('.md') && !first.has(place.path)) {
        first.set(place.path, place);
      }
    }
    here.replaceChildren(...[...first.values()].map((place) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = addressOf(issue, place);
      link.textContent = told.titles?.[place.path] ?? place.path.split('/').at(-1);
      item.append(link);
      return item;
    }));
    here.closest('section').hidden = !first.size;
  }

  const step = (by) => { at += by; if (told) show(told); };
  steps.forEach((button) => button.addEventListener('click', () => step(Number(button.dataset.by))));
  open.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(by);
  });
  pagesNow(holder, studio, { show });
}
