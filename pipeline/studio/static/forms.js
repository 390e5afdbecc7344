// Forms: rows that are added and taken out, files that are chosen, colours, countries and languages sought by name, and
// a warning before something unsaved is left.

import { isPartial, month } from './dates.js';

export function start(form, studio) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', (event) => { if (changed && form.isConnected) event.preventDefault(); });
  fieldsOf(form, studio);
}

/** What the fields of any form do, whether it is saved by a button or by itself. */
export function fieldsOf(form, studio) {
  form.querySelectorAll('input[type=color]').forEach(colour);
  form.querySelectorAll('input[data-month]').forEach(month);
  // A day of which the month is typed, and not yet the year, is no change: it would take the day out meanwhile.
  form.addEventListener('input', (event) => { if (isPartial(event.target)) event.stopImmediatePropagation(); }, true);
  form.querySelectorAll('[data-rows]').forEach((table) => rows(table, studio));
  form.querySelectorAll('select[data-chosen-of]').forEach((select) => sought(select, studio));
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-upload]');
    if (button) choose(button, form, studio);
  });
}

const told = (field) => field.dispatchEvent(new Event('input', { bubbles: true }));

/** A colour that nobody has chosen is not sent, though the browser shows one; one that was can be given up. */
function colour(field) {
  const shown = document.createElement('output');
  shown.htmlFor = field.id;
  if (!field.dataset.name) {
    // This one has to be chosen.
    const tellIt = () => { shown.textContent = field.value.toUpperCase(); };
    field.after(shown);
    field.addEventListener('input', tellIt);
    tellIt();
    return;
  }
  const none = document.createElement('input');
  none.type = 'hidden';
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.className = 'quiet small';
  clear.textContent = field.dataset.clear;
  clear.setAttribute('aria-label', `${field.labels[0].textContent.trim()}: ${field.dataset.clear}`);
  const tell = () => {
    shown.textContent = field.name ? field.value.toUpperCase() : field.dataset.unset;
    clear.hidden = !field.name;
  };
  field.after(shown, clear, none);
  field.addEventListener('input', () => {
    field.name = field.dataset.name;
    none.name = '';
    tell();
  });
  clear.addEventListener('click', () => {
    field.name = '';
    none.name = field.dataset.name;
    tell();
    told(none);
    field.focus();
  });
  tell();
}

/** A table of values: the empty row at its end is copied for another, and a row is emptied to take it out. */
function rows(table, studio) {
  const list = table.querySelector('.rows');
  const count = table.querySelector('input[type=hidden]');
  const name = table.dataset.rows;
  const isFirst = list.children.length === 1;
  list.lastElementChild.hidden = !isFirst;
  table.querySelector('[data-add-row]').addEventListener('click', () => {
    const before = list.lastElementChild;
    if (before.hidden && before.hasAttribute('data-empty')) {
      before.hidden = false;
      before.querySelector('input, select, textarea').focus();
      return;
    }
    const at = Number(count.value);
    const row = before.cloneNode(true);
    const old = `${name}.${at - 1}.`;
    for (const each of row.querySelectorAll('[name]')) {
      each.name = each.name.replace(old, `${name}.${at}.`);
      each.value = '';
    }
    for (const attribute of ['id', 'for', 'list', 'data-for']) {
      for (const each of row.querySelectorAll(`[${attribute}]`)) {
        const value = each.getAttribute(attribute).replace(`-${at - 1}-`, `-${at}-`);
        each.setAttribute(attribute, value);
      }
    }
    row.hidden = false;
    row.setAttribute('data-empty', '');
    const number = (text) => text.replace(String(at), String(at + 1));
    row.setAttribute('aria-label', number(before.getAttribute('aria-label')));
    const drop = row.querySelector('[data-drop-row]');
    drop.setAttribute('aria-label', number(drop.getAttribute('aria-label')));
    count.value = at + 1;
    before.removeAttribute('data-empty');
    list.append(row);
    row.querySelector('input, select, textarea').focus();
  });
  table.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-drop-row]');
    if (!button || !await studio.confirmed(button.dataset.ask, button)) return;
    const row = button.closest('.row-of');
    for (const each of row.querySelectorAll('input, select, textarea')) each.value = '';
    row.hidden = true;
    row.removeAttribute('data-empty');
    told(count);
    const next = row.nextElementSibling ?? table;
    (next.querySelector('input:not([type=hidden]), select, textarea') ?? table.querySelector('[data-add-row]')).focus();
  });
}

/** A file of this machine is taken at once; its name stands in the field, and is saved with the form. */
function choose(button, form, studio) {
  const picker = document.createElement('input');
  picker.type = 'file';
  picker.addEventListener('change', async () => {
    const body = new FormData();
    body.append('files', picker.files[0]);
    button.disabled = true;
    try {
      const answer = await studio.ask(button.dataset.upload, { method: 'POST', body });
      const data = await studio.follow(answer, form);
      if (!data?.source) return;
      const field = document.getElementById(button.dataset.for);
      field.value = data.source;
      told(field);
      studio.announce(button.dataset.taken.replace('{name}', data.source));
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
  picker.click();
}

/**
 * Countries and languages: sought by the beginning of their name, added to a list, and taken out of it; where their
 * order counts, one is put first.
 */
function sought(select, studio) {
  const words = select.dataset;
  const id = `${select.id}-sought`;
  const box = document.createElement('div');
  box.className = 'countries';
  const chosen = document.createElement('ul');
  chosen.className = 'chosen';
  chosen.setAttribute('aria-label', words.chosen);
  const names = document.createElement('datalist');
  names.id = `${id}-names`;
  const line = document.createElement('input');
  line.id = id;
  line.setAttribute('list', names.id);
  line.autocomplete = 'off';
  const add = document.createElement('button');
  add.type = 'button';
  add.className = 'quiet small';
  add.textContent = words.add;
  const row = document.createElement('div');
  row.className = 'pair-row';
  row.append(line, add);
  box.append(chosen, row, names);
  const hint = document.getElementById(select.getAttribute('aria-describedby'));
  hint.textContent = words.hint;
  line.setAttribute('aria-describedby', hint.id);
  select.labels[0].htmlFor = id;
  select.after(box);

  function show() {
    chosen.replaceChildren(...[...select.selectedOptions].map((option) => {
      const item = document.createElement('li');
      const drop = document.createElement('button');
      drop.type = 'button';
      drop.className = 'quiet small icon';
      drop.textContent = '×';
      drop.setAttribute('aria-label', words.drop.replace('{name}', option.text));
      drop.addEventListener('click', () => set(option, false));
      item.append(option.text, ...(words.first && option !== select.selectedOptions[0] ? [first(option)] : []), drop);
      return item;
    }));
    chosen.hidden = !chosen.children.length;
    names.replaceChildren(...[...select.options].filter((option) => !option.selected).map((option) => {
      const each = document.createElement('option');
      each.value = option.text;
      return each;
    }));
  }
  function first(option) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet small icon';
    button.textContent = '↑';
    const said = words.first.replace('{name}', option.text);
    button.setAttribute('aria-label', said);
    button.title = said;
    button.addEventListener('click', () => {
      select.prepend(option);
      show();
      told(select);
      line.focus();
    });
    return button;
  }
  function set(option, isChosen) {
    // What is chosen last stands last; of countries the order does not count.
    if (words.first && isChosen) [...select.selectedOptions].at(-1)?.after(option);
    option.selected = isChosen;
    show();
    told(select);
    studio.announce((isChosen ? words.added : words.gone).replace('{name}', option.text));
    line.focus();
  }
  function take() {
    const text = line.value.trim().toLocaleLowerCase();
    const others = [...select.options].filter((option) => !option.selected);
    const whole = others.find((option) => option.text.toLocaleLowerCase() === text);
    const begun = others.filter((option) => option.text.toLocaleLowerCase().startsWith(text));
    const found = whole ?? (text && begun.length === 1 ? begun[0] : null);
    if (!found) return;
    line.value = '';
    set(found, true);
  }
  add.addEventListener('click', take);
  line.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    take();
  });
  // What is sought is no value of the form.
  line.addEventListener('input', (event) => event.stopPropagation());
  show();
}
