// The contents of an issue: articles and sections are moved by buttons, by keys and by the mouse; every change
// is saved at once.

import { fieldsOf } from './forms.js';

/** What the list in view does. */
let shown = null;
let isSaving = false;
let waiting = [];

/** What was sent of a form that still stands there. */
const sent = new WeakMap();

/** Do it now, or, where a change is just being saved, with the list as it is shown then. */
function act(what, ...how) {
  if (isSaving) waiting.push([what, how]);
  else shown[what](...how);
}

export function start(list, studio) {
  const itemOf = (name) => list.querySelector(`[data-article="${CSS.escape(name)}"]`);

  async function change(data, focus, from) {
    const form = from?.isConnected ? from : undefined;
    let told = null;
    isSaving = true;
    try {
      told = await studio.follow(await studio.ask(list.dataset.plan, { json: { base: list.dataset.base, ...data } }), form);
      if (told?.refresh && focus) document.getElementById(focus)?.focus({ preventScroll: true });
    } catch {
      studio.refuse([{ message: studio.text('failed'), remedy: '' }], form);
    } finally {
      isSaving = false;
    }
    if (!told?.refresh && from) sent.delete(from);
    // What waits was meant for a list that came about.
    if (!told?.refresh) {
      for (const [, how] of waiting) if (how[2]) sent.delete(how[2]);
      waiting = [];
    }
    while (waiting.length && !isSaving) {
      const [what, how] = waiting.shift();
      act(what, ...how);
    }
    return Boolean(told?.refresh);
  }

  async function move(name, section, position, focus) {
    const { title } = itemOf(name).dataset;
    if (!await change({ change: 'move-article', name, section, position }, focus)) return;
    const item = document.querySelector(`[data-article="${CSS.escape(name)}"]`);
    const group = item.parentElement;
    studio.announce(studio.text('moved', {
      title,
      place: [...group.children].indexOf(item) + 1,
      count: group.children.length,
      section: group.closest('section').querySelector('h2').textContent,
    }));
  }

  /** One step up or down; over the edge of a section into the next one. */
  function step(name, by, focus) {
    const item = itemOf(name);
    const groups = [...list.querySelectorAll('[data-articles]')];
    const group = item.parentElement;
    const at = [...group.children].indexOf(item) + by;
    if (at >= 0 && at < group.children.length) return move(name, group.dataset.articles, at, focus);
    const other = groups[groups.indexOf(group) + by];
    if (!other) return null;
    return move(name, other.dataset.articles, by < 0 ? other.children.length : 0, focus);
  }

  const wordsOf = (button) => button.getAttribute('aria-label') ?? button.textContent;
  const press = (words) => [...list.querySelectorAll('button')].find((each) => wordsOf(each) === words)?.click();

  document.querySelectorAll('[data-change-form]').forEach((form) => fieldsOf(form, studio));
  list.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    // Its number, and what it says in data, are another one's by then.
    if (isSaving) { act('press', wordsOf(button)); return; }
    if (button.dataset.ask && !await studio.confirmed(button.dataset.ask, button)) return;
    if (button.dataset.move) act('step', button.closest('[data-article]').dataset.article, Number(button.dataset.move), button.id);
    else if (button.dataset.change) act('change', JSON.parse(button.dataset.change), button.id);
  });
  list.addEventListener('keydown', (event) => {
    const item = event.target.closest('[data-article]');
    if (!item || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    act('step', item.dataset.article, event.key === 'ArrowUp' ? -1 : 1, event.target.id || null);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('[data-change-form]');
    if (!form || !list.isConnected) return;
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    // Pressed twice, it is meant once: what is refused, or sent with something else in it, goes again.
    if (sent.get(form) === JSON.stringify(data)) return;
    sent.set(form, JSON.stringify(data));
    act('change', { change: form.dataset.changeForm, ...data }, event.submitter?.id || form.querySelector('input[id], select[id]')?.id, form);
  });

  // While it is dragged, an article stands where it would be; let go elsewhere, or given up, it goes home.
  let dragged = null;
  let home = null;
  let isDropped = false;
  list.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('[data-article]');
    if (!dragged) return;
    home = { group: dragged.parentElement, next: dragged.nextElementSibling };
    isDropped = false;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.title);
    dragged.classList.add('dragged');
  });
  list.addEventListener('dragover', (event) => {
    const group = event.target.closest('[data-articles]') ?? event.target.closest('[data-section]')?.querySelector('[data-articles]');
    if (!dragged || !group) return;
    event.preventDefault();
    const below = [...group.children].find((each) => {
      const box = each.getBoundingClientRect();
      return each !== dragged && event.clientY < box.top + box.height / 2;
    });
    group.insertBefore(dragged, below ?? null);
  });
  list.addEventListener('drop', (event) => {
    if (!dragged) return;
    event.preventDefault();
    isDropped = true;
  });
  list.addEventListener('dragend', () => {
    if (!dragged) return;
    const item = dragged;
    dragged = null;
    item.classList.remove('dragged');
    const group = item.parentElement;
    if (!isDropped) home.group.insertBefore(item, home.next);
    else if (group !== home.group || item.nextElementSibling !== home.next) {
      act('move', item.dataset.article, group.dataset.articles, [...group.children].indexOf(item), null);
    }
  });
  // Not before: what is dragged earlier would go nowhere.
  list.querySelectorAll('[data-article]').forEach((item) => { item.draggable = true; });
  shown = { change, move, press, step };
}
