// A picture on the contact sheet: what is said of it is saved by itself; a click says what stays in view.

export function start(form, studio) {
  const state = form.querySelector('[data-state]');
  const area = form.querySelector('[data-focus]');
  const point = area.querySelector('.point');
  const { x, y } = form.elements;
  let timer = 0;

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

  async function save() {
    state.textContent = studio.text('saving');
    const data = Object.fromEntries(new FormData(form));
    const { article, position, source } = form.dataset;
    const answer = await studio.ask(form.dataset.save, {
      json: {
        article, position: Number(position), source, focus: focus(),
        alternative: data.alternative, caption: data.caption, credit: data.credit, consent: data.consent,
      },
    });
    if (answer.ok) {
      state.textContent = studio.text('saved');
      const lacks = !data.alternative.trim() || !data.credit.trim();
      form.closest('.print').classList.toggle('lacking', lacks);
    } else {
      state.textContent = studio.text('notSaved');
      await studio.follow(answer, form);
    }
  }

  const soon = () => { clearTimeout(timer); timer = setTimeout(save, 700); };
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
