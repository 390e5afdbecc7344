// The contents of an issue: articles and sections are moved by buttons, by keys and by the mouse; every change
// is saved at once.

import { fieldsOf } from './forms.js';

export function start(list, studio) {
  async function change(data, focus, form) {
    const answer = await studio.ask(list.dataset.plan, { json: { base: list.dataset.base, ...data } });
    const told = await studio.follow(answer, form);
    if (told?.refresh && !told.go) await studio.refresh(focus);
    return Boolean(told?.refresh);
  }

  async function move(item, section, position, focus) {
    const title = item.dataset.title;
    const name = item.dataset.article;
    if (!await change({ change: 'move-article', name, section, position }, focus)) return;
    const now = document.querySelector(`[data-article="${CSS.escape(name)}"]`);
    const group = now.parentElement;
    studio.announce(studio.text('moved', {
      title,
      place: [...group.children].indexOf(now) + 1,
      count: group.children.length,
      section: group.closest('section').querySelector('h2').textContent,
    }));
  }

  /** One step up or down; over the edge of a section into the next one. */
  function step(item, by, focus) {
    const groups = [...list.querySelectorAll('[data-articles]')];
    const group = item.parentElement;
    const at = [...group.children].indexOf(item) + by;
    if (at >= 0 && at < group.children.length) return move(item, group.dataset.articles, at, focus);
    const other = groups[groups.indexOf(group) + by];
    if (!other) return null;
    return move(item, other.dataset.articles, by < 0 ? other.children.length : 0, focus);
  }

  document.querySelectorAll('[data-change-form]').forEach((form) => fieldsOf(form, studio));
  list.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.ask && !await studio.confirmed(button.dataset.ask, button)) return;
    if (button.dataset.move) step(button.closest('[data-article]'), Number(button.dataset.move), button.id);
    else if (button.dataset.change) change(JSON.parse(button.dataset.change), button.id);
  });
  list.addEventListener('keydown', (event) => {
    const item = event.target.closest('[data-article]');
    if (!item || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    step(item, event.key === 'ArrowUp' ? -1 : 1, event.target.id || null);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('[data-change-form]');
    if (!form || !list.isConnected) return;
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    change({ change: form.dataset.changeForm, ...data }, event.submitter?.id || form.querySelector('input[id], select[id]')?.id, form);
  });

  let dragged = null;
  list.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('[data-article]');
    if (!dragged) return;
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
  list.addEventListener('dragend', async () => {
    if (!dragged) return;
    const item = dragged;
    dragged = null;
    item.classList.remove('dragged');
    const group = item.parentElement;
    await move(item, group.dataset.articles, [...group.children].indexOf(item), null);
  });
}
