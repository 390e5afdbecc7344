// A page as the print shop gets it: where it is cut and folded, each ink alone, and how much ink lies on a spot.

import { pagesNow } from './pagination.js';

export function start(holder, studio) {
  const { issue } = holder.dataset;
  const sheet = holder.querySelector('[data-sheet]');
  const label = holder.querySelector('[data-label]');
  const steps = [...holder.querySelectorAll('[data-by]')];
  const heaviest = holder.querySelector('[data-most-ink]');
  const coverage = holder.querySelector('[data-coverage]');
  let told = null;
  let number = 1;

  function show(now) {
    told = now;
    const count = told.pages.length;
    number = Math.min(Math.max(number, 1), Math.max(count, 1));
    const page = told.pages[number - 1];
    label.textContent = page ? studio.text('page', { number, count }) : studio.text('noPages');
    steps.forEach((button) => { button.disabled = !told.pages[number - 1 + Number(button.dataset.by)]; });
    sheet.hidden = !page;
    if (!page) return;
    const plate = holder.querySelector('[name=plate]:checked');
    sheet.width = Math.round((page.width + 2 * page.bleed) * 4);
    sheet.height = Math.round((page.height + 2 * page.bleed) * 4);
    sheet.alt = `${label.textContent}, ${plate.parentElement.textContent.trim()}`;
    const source = studio.seen(`/api/issues/${issue}/pages/${page.key}?dpi=110&${plate.value ? `plate=${plate.value}` : 'lines=yes'}`);
    if (sheet.getAttribute('src') !== source) sheet.src = source;
    const [width, height] = [Math.round(page.width), Math.round(page.height)];
    holder.querySelector('[data-sheet-size]').textContent = studio.text('size', { width, height, bleed: page.bleed });
    holder.querySelector('[data-fold]').textContent = `– ${studio.text(page.is_left ? 'foldRight' : 'foldLeft')}`;
    inks(page);
  }

  async function inks(page) {
    if (heaviest.dataset.of === page.key) return;
    const answer = await studio.ask(`/api/issues/${issue}/inks/${page.key}`).catch(() => null);
    if (!answer?.ok || told.pages[number - 1] !== page) return;
    const measured = await answer.json();
    heaviest.dataset.of = page.key;
    heaviest.textContent = studio.text('heaviest', measured);
    heaviest.classList.toggle('bad', measured.heaviest > measured.limit);
    coverage.replaceChildren(...Object.entries(measured.coverage).map(([ink, share]) => {
      const item = document.createElement('li');
      const colour = document.createElement('span');
      colour.className = `swatch ${ink}`;
      colour.setAttribute('aria-hidden', 'true');
      const shown = share.toLocaleString(document.documentElement.lang);
      item.append(colour, ` ${studio.text('covers', { ink: studio.text(ink), share: shown })}`);
      return item;
    }));
  }

  const step = (by) => { number += by; if (told) show(told); };
  steps.forEach((button) => button.addEventListener('click', () => step(Number(button.dataset.by))));
  holder.addEventListener('change', () => { if (told) show(told); });
  pagesNow(holder, studio, { edition: 'press', show });
}
