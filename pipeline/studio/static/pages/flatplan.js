// The flatplan: all pages in spreads, below each the articles on it. These are dragged, or moved by keys; weights,
// pictures and the cover are chosen. What a choice does is said before it is saved, and it can be taken back after.

import { pagesNow, pictureOf, spreadsOf } from './pagination.js';
import { panelOf } from './panel.js';
import { Choices } from './planning.js';
import { turning } from './turning.js';

const REST = 150;
const BACK = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
let remembered = '';

export function start(holder, studio) {
  const { issue } = holder.dataset;
  const list = holder.querySelector('[data-spreads]');
  const made = holder.querySelector('[data-made-note]');
  const choices = new Choices(JSON.parse(holder.querySelector('[data-planned]').textContent));
  const steps = turning(holder, issue, send);
  let chosen = choices.article(remembered) ? remembered : '';
  let told = null;
  let timer = 0;
  let asked = 0;
  let isSaving = false;

  const panel = panelOf(holder, studio, choices, {
    changed,
    save,
    drop() { choices.drop(); changed(); studio.announce(studio.text('kept')); },
    back: () => chipOf(chosen)?.focus(),
  });

  function chipOf(name) { return list.querySelector(`[data-article="${CSS.escape(name)}"]`); }

  /** Show what is chosen, and ask what it does. */
  function changed() {
    panel.show(chosen);
    for (const chip of list.querySelectorAll('[data-article]')) {
      chip.setAttribute('aria-pressed', String(chip.dataset.article === chosen));
      chip.classList.toggle('to-move', choices.moves.some((move) => move.name === chip.dataset.article));
    }
    clearTimeout(timer);
    asked += 1;
    if (choices.isEmpty) return;
    panel.says([studio.text('computing')], true);
    timer = setTimeout(tryOut, REST);
  }

  /** Pages are laid out for each trial, and only the last one is of use: the studio breaks off the one before. */
  async function tryOut() {
    if (choices.isEmpty) return;
    const mine = asked;
    let words = null;
    try {
      words = (await (await studio.ask(`/api/issues/${issue}/trial`, { json: choices.data })).json()).words;
    } catch {
      // It is said below.
    }
    if (holder.isConnected && mine === asked) panel.says(words ?? [studio.text('failed')]);
  }

  /** Returns the steps that were made, and nothing where the studio does not answer. */
  async function send(address, json) {
    holder.querySelector('[data-refused]').hidden = true;
    let [answer, data, plan] = [];
    try {
      answer = await studio.ask(address, { json });
      data = await answer.json().catch(() => ({}));
      plan = await (await studio.ask(`/api/issues/${issue}/plan`)).json();
    } catch {
      return studio.refuse([{ message: studio.text('failed'), remedy: '' }]);
    }
    if (plan.sections) choices.take(plan);
    if (!choices.article(chosen)) chosen = '';
    changed();
    pagesAgain();
    if (!answer.ok || data.findings?.length) await studio.follow(new Response(JSON.stringify(data), { status: answer.status }));
    else studio.announce(data.announce);
    return data.undo?.steps ?? [];
  }

  async function save() {
    if (choices.isEmpty || isSaving) return;
    isSaving = true;
    steps.made(await send(`/issues/${issue}/pages`, choices.data) ?? []);
    isSaving = false;
    chipOf(chosen)?.focus({ preventScroll: true });
  }

  function choose(name) {
    chosen = name;
    remembered = name;
    changed();
    panel.focus();
  }

  /** Move an article, and say where it would stand. */
  function moved(name) {
    chosen = name;
    remembered = name;
    changed();
    const { section, position, count } = choices.placeOf(name);
    const title = choices.article(name).title;
    studio.announce(studio.text('moved', { title, place: position + 1, count, section: section.title }));
  }

  /** The articles on a page, each with whether it begins there. */
  function articlesOn(number) {
    const own = told.places.filter((place) => place.page === number).map((place) => place.path.split('/').at(-1));
    return choices.articles.filter((each) => own.includes(each.name)).map((each) => ({ article: each, begins: first.get(each.name) === number }));
  }
  let first = new Map();

  function chip(article, begins) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = begins ? 'chip' : 'chip going-on';
    button.draggable = true;
    button.dataset.article = article.name;
    button.setAttribute('aria-pressed', String(article.name === chosen));
    button.textContent = begins ? article.title : studio.text('goesOn', { title: article.title });
    item.append(button);
    return item;
  }

  function leaf(page) {
    const shown = document.createElement('div');
    shown.className = 'leaf';
    shown.dataset.page = page.number;
    const picture = pictureOf(page, studio, { issue, count: told.pages.length, dpi: 72 });
    picture.loading = 'lazy';
    picture.draggable = false;
    const number = document.createElement('span');
    number.className = 'meta';
    number.setAttribute('aria-hidden', 'true');
    number.textContent = page.number;
    const on = document.createElement('ul');
    on.className = 'on-page';
    on.append(...articlesOn(page.number).map(({ article, begins }) => chip(article, begins)));
    shown.append(picture, number, on);
    return shown;
  }

  function show(now) {
    told = now;
    made.textContent = told.pages.length ? studio.text('made', { count: told.pages.length }) : studio.text('noPages');
    first = new Map();
    for (const place of told.places) {
      const name = place.path.split('/').at(-1);
      if (!first.has(name)) first.set(name, place.page);
    }
    const had = list.contains(document.activeElement) ? document.activeElement.dataset.article : '';
    list.replaceChildren(...spreadsOf(told.pages).map((pages) => {
      const spread = document.createElement('li');
      spread.className = 'spread';
      if (pages.length === 1 && !pages[0].is_left) spread.dataset.right = 'yes';
      spread.append(...pages.map(leaf));
      return spread;
    }));
    const missing = choices.articles.filter((each) => !first.has(each.name));
    if (missing.length) {
      const rest = document.createElement('li');
      rest.className = 'nowhere';
      const words = document.createElement('span');
      words.className = 'meta';
      words.textContent = studio.text('nowhere');
      const on = document.createElement('ul');
      on.className = 'on-page';
      on.append(...missing.map((each) => chip(each, true)));
      rest.append(words, on);
      list.append(rest);
    }
    if (had) chipOf(had)?.focus({ preventScroll: true });
  }

  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-article]');
    if (button) choose(button.dataset.article);
  });
  holder.addEventListener('keydown', (event) => {
    const button = event.target.closest('[data-article]');
    if (button && event.altKey && BACK[event.key]) {
      event.preventDefault();
      if (choices.step(button.dataset.article, BACK[event.key])) moved(button.dataset.article);
    } else if (event.altKey && event.key === 'Enter' && !choices.isEmpty) {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape') {
      if (!choices.isEmpty) panel.drop();
      else if (!button) panel.back();
    }
  });

  // An article is dropped beside another one, or on a page: before the first article that begins there.
  let dragged = '';
  const marks = () => list.querySelectorAll('.drop-before, .drop-behind');
  function goal(event) {
    const over = event.target.closest('[data-article]');
    if (over) {
      const box = over.getBoundingClientRect();
      return { chip: over, isBehind: event.clientY > box.top + box.height / 2 };
    }
    const chips = [...event.target.closest('.leaf')?.querySelectorAll('[data-article]') ?? []];
    const begins = chips.find((each) => !each.classList.contains('going-on'));
    return begins ? { chip: begins, isBehind: false } : chips[0] && { chip: chips[0], isBehind: true };
  }
  list.addEventListener('dragstart', (event) => {
    const button = event.target.closest('[data-article]');
    if (!button) return;
    dragged = button.dataset.article;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', button.textContent);
  });
  list.addEventListener('dragover', (event) => {
    const to = dragged && goal(event);
    marks().forEach((each) => each.classList.remove('drop-before', 'drop-behind'));
    if (!to) return;
    event.preventDefault();
    if (to.chip.dataset.article !== dragged) to.chip.classList.add(to.isBehind ? 'drop-behind' : 'drop-before');
  });
  list.addEventListener('drop', (event) => {
    const to = dragged && goal(event);
    if (!to) return;
    event.preventDefault();
    choices.moveBeside(dragged, to.chip.dataset.article, to.isBehind);
    moved(dragged);
    dragged = '';
  });
  list.addEventListener('dragend', () => {
    dragged = '';
    marks().forEach((each) => each.classList.remove('drop-before', 'drop-behind'));
  });

  const pagesAgain = pagesNow(holder, studio, { show });
  changed();
  (async () => {
    for await (const { name } of studio.news()) {
      if (!holder.isConnected) return;
      if (name !== 'saved' && name !== 'changed') continue;
      panel.weigh();
      // What somebody else saves is taken over where nothing is chosen here.
      if (!choices.isEmpty) continue;
      const plan = await studio.ask(`/api/issues/${issue}/plan`).then((answer) => answer.json()).catch(() => ({}));
      await studio.released();
      if (plan.sections && choices.isEmpty) { choices.take(plan); changed(); if (told) show(told); }
    }
  })();
}
