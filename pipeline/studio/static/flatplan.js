// All pages of an issue, in spreads as they lie on the table.

import { whyOf } from './pages.js';

export function start(plan, studio) {
  const { issue } = plan.dataset;
  const list = plan.querySelector('[data-spreads]');
  const made = plan.querySelector('[data-made-note]');
  const note = plan.querySelector('[data-stale-note]');
  const edition = plan.querySelector('[data-edition]');
  let asked = 0;

  function articleOn(told, number) {
    return told.places.find((place) => place.page === number && place.path.endsWith('.md'));
  }

  function sheet(told, page) {
    const article = articleOn(told, page.number);
    const shown = document.createElement(article ? 'a' : 'span');
    shown.className = 'leaf';
    if (article) {
      const name = article.path.split('/').at(-1);
      shown.href = `/issues/${issue}/articles/${encodeURIComponent(name)}?line=${article.line}`;
    }
    const picture = document.createElement('img');
    picture.loading = 'lazy';
    picture.width = Math.round(page.width + 2 * page.bleed);
    picture.height = Math.round(page.height + 2 * page.bleed);
    picture.alt = studio.text('page', { number: page.number, count: told.pages.length });
    // Of the print shop's sheet the edges of the cut page are shown, too.
    picture.src = `/api/issues/${issue}/pages/${page.key}?dpi=72${page.bleed ? '&lines=yes' : ''}`;
    const number = document.createElement('span');
    number.className = 'meta';
    number.setAttribute('aria-hidden', 'true');
    number.textContent = page.number;
    shown.append(picture, number);
    return shown;
  }

  async function show() {
    asked += 1;
    const mine = asked;
    const answer = await studio.ask(`/api/issues/${issue}/pages?settle=yes&edition=${edition.value}`);
    if (mine !== asked) return;
    const told = await answer.json();
    note.hidden = answer.ok && !told.stale;
    note.textContent = studio.text('stale', { why: whyOf(told) });
    if (!answer.ok) return;
    made.textContent = told.pages.length ? studio.text('made', { count: told.pages.length }) : studio.text('noPages');
    list.replaceChildren();
    let spread = null;
    for (const page of told.pages) {
      if (page.is_left || !spread || spread.children.length > 1 || spread.dataset.right) {
        spread = document.createElement('li');
        spread.className = 'spread';
        if (!page.is_left) spread.dataset.right = 'yes';
        list.append(spread);
      }
      spread.append(sheet(told, page));
    }
  }

  edition.addEventListener('change', show);
  show();
  (async () => {
    for await (const { name } of studio.news()) {
      if (!plan.isConnected) return;
      if (name === 'saved' || name === 'changed') show();
    }
  })();
}
