// A picture on the contact sheet: what is said of it is saved by itself; a click says what stays in view.

const AFTER_TYPING = 700;
const AFTER_FAILURE = 4000;

export function start(form, studio) {
  const state = form.querySelector('[data-state]');
  const area = form.querySelector('[data-focus]');
  const point = area.querySelector('.point');
  const { x, y } = form.elements;
  let timer = 0;
  let isDue = false;
  let isSaving = false;

  const whole = (field) => (field.value === '' ? null : Math.round(Math.min(100, Math.max(0, Number(field.value)))));
  const focus = () => (whole(x) === null || whole(y) === null ? null : [whole(x), whole(y)]);

  function mark() {
    const now = focus();
    point.hidden = !now;
    if (!now) return;
    // Set by the script's own rule, not by an attribute: the policy has no inline style.
    point.style.setProperty('--x', `${now[0]}%`);
    point.style.setProperty('--y', `${now[1]}%`);
  }

  function send(data, keepalive) {
    const { article, position, source } = form.dataset;
    return studio.ask(form.dataset.save, {
      json: {
        article, position: Number(position), source, focus: focus(),
        alternative: data.alternative, caption: data.caption, credit: data.credit, consent: data.consent,
      },
      keepalive,
    });
  }

  async function save({ keepalive = false } = {}) {
    // One after the other, so that the last one counts; a page that is left has no time for that.
    if (isSaving && !keepalive) return;
    clearTimeout(timer);
    [isDue, isSaving] = [false, true];
    state.textContent = studio.text('saving');
    const data = Object.fromEntries(new FormData(form));
    let answer = null;
    try {
      answer = await send(data, keepalive);
    } catch {
      isDue = true;
    }
    isSaving = false;
    if (isDue) {
      if (!answer) state.textContent = studio.text('notSaved');
      clearTimeout(timer);
      timer = setTimeout(save, answer ? AFTER_TYPING : AFTER_FAILURE);
    } else if (answer.ok) {
      state.textContent = studio.text('saved');
      const lacks = !data.alternative.trim() || !data.credit.trim();
      form.closest('.print').classList.toggle('lacking', lacks);
    } else {
      state.textContent = studio.text('notSaved');
      await studio.follow(answer, form);
    }
  }

  function soon() {
    isDue = true;
    state.textContent = '';
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  }
  // What was typed last is saved, too, when the view is left or shown anew.
  addEventListener('pagehide', () => { if (isDue && form.isConnected) save({ keepalive: true }); });
  const { settle } = studio;
  studio.settle = async () => {
    await settle?.();
    if (isDue && form.isConnected) await save({ keepalive: true });
  };
  form.addEventListener('input', () => { mark(); soon(); });
  form.addEventListener('submit', (event) => event.preventDefault());
  area.addEventListener('click', (event) => {
    const box = area.querySelector('img').getBoundingClientRect();
    x.value = Math.round(((event.clientX - box.left) / box.width) * 100);
    y.value = Math.round(((event.clientY - box.top) / box.height) * 100);
    mark();
    soon();
  });
  mark();
}
