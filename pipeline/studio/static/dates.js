// Days and months with the browser's calendar. A month may also be said as a year alone or as a whole day: how
// exactly, is chosen beside it. Where a browser has no calendar of months, there are a list of their names and a
// field of the year. What a file says in another form stays as it is written until something else is chosen.

const MONTH = /^(\d{4})-(\d{2})$/;
const YEAR = /^\d{4}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const told = (field) => field.dispatchEvent(new Event('input', { bubbles: true }));

/** How the fields of months show a value that is not typed into them. */
const shows = new WeakMap();

/** Whether what stands in a field is only a part of what is being written. */
export function isPartial(field) {
  if (!field.matches('[type=date], [type=month], [data-month]')) return false;
  const wrong = field.validity;
  return wrong.badInput || wrong.rangeUnderflow || wrong.rangeOverflow || wrong.patternMismatch;
}

/** Whether there is nothing yet in a field that could be saved: the file keeps what it says. */
export const isUnfinished = (field) => 'unfinished' in field.dataset || isPartial(field);

/** Set the value of a field, in whatever form it is. */
export function put(field, value) {
  if (shows.has(field)) { shows.get(field)(value); return; }
  field.value = value;
  if (field.value === value || !['date', 'time'].includes(field.type)) return;
  field.type = 'text';
  field.value = value;
}

function formOf(value) {
  if (!value || MONTH.test(value)) return 'month';
  return YEAR.test(value) ? 'year' : DAY.test(value) ? 'day' : 'written';
}

/** The same in another form: as exact as it can be said, and nothing where it cannot. */
function converted(value, form) {
  if (formOf(value) === 'written') return form === 'written' ? value : '';
  const [year, month = '01', day = '01'] = value.split('-');
  if (!year) return '';
  return { year, month: `${year}-${month}`, day: `${year}-${month}-${day}`, written: value }[form];
}

/** A month, a year or a day: what it is, is chosen beside it. */
export function month(field) {
  const words = field.dataset;
  const label = field.labels[0];
  const name = (label.querySelector('.name') ?? label).textContent.trim();
  const line = document.createElement('div');
  line.className = 'pair-row month';
  const exactness = document.createElement('select');
  exactness.setAttribute('aria-label', `${name}: ${words.exactness}`);
  for (const form of ['month', 'year', 'day', ...(formOf(field.value) === 'written' ? ['written'] : [])]) {
    exactness.add(new Option(words[form], form));
  }
  field.before(line);
  line.append(field, exactness);
  const own = ownMonth(field, label, name);
  field.before(...own.fields);

  /** What the file says, or will once it is saved. */
  let known = field.value;

  /** Let the field be of a form; the value stays what it is, as far as that form has it. */
  function become(form, value) {
    delete words.unfinished;
    exactness.value = form;
    field.type = { month: 'month', day: 'date' }[form] ?? 'text';
    const [from, to] = { month: ['1900-01', '2199-12'], day: ['1900-01-01', '2199-12-31'] }[form] ?? ['', ''];
    [field.min, field.max] = [from, to];
    field.pattern = form === 'year' ? '(19|2[01])[0-9]{2}' : '.*';
    field.inputMode = form === 'year' ? 'numeric' : '';
    field.value = value;
    own.show(form === 'month' && field.type !== 'month');
  }

  exactness.addEventListener('input', (event) => event.stopPropagation());
  exactness.addEventListener('change', () => {
    const value = converted(known, exactness.value);
    become(exactness.value, value);
    // Until it is chosen anew, the file keeps what it says.
    if (known && !value) words.unfinished = '';
    else told(field);
  });
  field.addEventListener('input', () => {
    if (!field.hidden) delete words.unfinished;
    known = field.value;
  });
  shows.set(field, (value) => {
    known = value;
    const form = formOf(value);
    if (form === 'written' && !exactness.querySelector('[value=written]')) {
      exactness.add(new Option(words.written, 'written'));
    }
    become(form, value);
  });
  become(formOf(known), known);
}

/** A list of the months and a field of the year, for a browser without a calendar of months. */
function ownMonth(field, label, name) {
  const names = document.createElement('select');
  names.id = `${field.id}-month`;
  names.add(new Option('–', ''));
  const inWords = new Intl.DateTimeFormat(document.documentElement.lang, { month: 'long', timeZone: 'UTC' });
  for (let at = 1; at <= 12; at += 1) {
    names.add(new Option(inWords.format(Date.UTC(2024, at - 1)), String(at).padStart(2, '0')));
  }
  const year = document.createElement('input');
  year.id = `${field.id}-year`;
  year.inputMode = 'numeric';
  year.autocomplete = 'off';
  year.className = 'year';
  year.setAttribute('aria-label', `${name}: ${field.dataset.year}`);
  const fields = [names, year];
  for (const each of fields) {
    each.addEventListener('input', (event) => {
      event.stopPropagation();
      const isWhole = names.value && /^(19|2[01])\d\d$/.test(year.value.trim());
      const isEmpty = !names.value && !year.value.trim();
      if (!isWhole && !isEmpty) { field.dataset.unfinished = ''; return; }
      delete field.dataset.unfinished;
      field.value = isWhole ? `${year.value.trim()}-${names.value}` : '';
      told(field);
    });
  }
  return {
    fields,
    show(isShown) {
      const [, itsYear = '', itsMonth = ''] = MONTH.exec(field.value) ?? [];
      [names.value, year.value] = [itsMonth, itsYear];
      [names.hidden, year.hidden, field.hidden] = [!isShown, !isShown, isShown];
      label.htmlFor = isShown ? names.id : field.id;
    },
  };
}
