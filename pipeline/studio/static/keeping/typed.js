// What is typed into a form and not sent yet stays when the view is shown anew: because of something else that was
// saved there, or of work that has ended.

const FORMS = 'form[data-action], form[data-change-form]';

/** Forms that say of which version they are: they stay as they are, with all that their fields do. */
const WHOLE = 'form[data-behaviour=forms]';

/** The fields in which somebody has typed, by their form. */
const typed = new Map();

/** Those of forms that were sent, of which nobody knows yet whether they were refused. */
const sent = new WeakMap();

document.addEventListener('input', ({ target }) => {
  const form = target.closest(FORMS);
  if (form) typed.set(form, (typed.get(form) ?? new Set()).add(target));
}, true);

document.addEventListener('submit', ({ target }) => {
  sent.set(target, typed.get(target) ?? new Set());
  typed.delete(target);
}, true);

const isWritten = (field) => field.matches('textarea, input:not([type]), input[type=text]') && field.value !== field.defaultValue;

// Forms that stay whole ask by themselves; these are left by what is done beside them, too: an article that is added.
addEventListener('beforeunload', (event) => {
  for (const [form, fields] of typed) {
    if (form.isConnected && !form.matches(WHOLE) && [...fields].some(isWritten)) event.preventDefault();
  }
});

/** What was refused is still to be sent. */
export function stillTyped(form) {
  const fields = sent.get(form);
  sent.delete(form);
  if (fields?.size) typed.set(form, new Set([...fields, ...typed.get(form) ?? []]));
}

const nameOf = (form) => form.dataset.action
  ?? `${form.dataset.changeForm} ${form.closest('[data-section]')?.querySelector('h2')?.textContent ?? ''}`;

/** Of a form that was saved, and in which somebody has typed since, the version is another. */
function takeVersions(form, fresh) {
  for (const hidden of fresh.querySelectorAll('input[type=hidden]')) {
    if (['base', 'plan'].includes(hidden.name)) form.elements[hidden.name].value = hidden.value;
  }
}

function typeAgain(fields, fresh) {
  for (const field of fields) {
    const there = fresh.elements[field.name];
    if (!there || there instanceof RadioNodeList || there.type === 'file' || !field.name) continue;
    if (there.type === 'checkbox') there.checked = field.checked;
    else there.value = field.value;
    there.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Put what was typed into the view as it is shown now; returns the forms that are those of before. */
export function typedAgain(view) {
  const before = [...typed];
  typed.clear();
  return before.map(([form, fields]) => {
    const there = [...view.querySelectorAll(FORMS)].filter((each) => nameOf(each) === nameOf(form));
    if (there.length !== 1) return null;
    if (!form.matches(WHOLE)) { typeAgain(fields, there[0]); return null; }
    if (sent.has(form)) takeVersions(form, there[0]);
    there[0].replaceWith(form);
    typed.set(form, fields);
    return form;
  }).filter(Boolean);
}
