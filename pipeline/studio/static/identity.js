// The look: the specimen follows the form while one chooses; where it cannot, the last good one stays.

import { start as startForm } from './forms.js';

const AFTER_CHOOSING = 300;

export function start(form, studio) {
  startForm(form, studio);
  const view = form.closest('.columns');
  const picture = view.querySelector('[data-live]');
  const note = view.querySelector('[data-live-note]');
  const said = view.querySelector('[data-live-said]');
  let timer = 0;
  let isAsking = false;
  let again = false;

  async function draw() {
    if (isAsking) { again = true; return; }
    isAsking = true;
    again = false;
    if (note.textContent !== form.dataset.drawing) note.textContent = form.dataset.drawing;
    try {
      const answer = await studio.ask('/api/specimen/live', { json: Object.fromEntries(new FormData(form)) });
      const told = await answer.json();
      if (answer.ok) await show(told);
      else behind(told.findings?.[0]);
    } catch {
      behind(null);
    } finally {
      isAsking = false;
    }
    if (again && form.isConnected) draw();
  }

  async function show(told) {
    picture.src = studio.seen(told.picture);
    await picture.decode().catch(() => {});
    picture.hidden = false;
    note.textContent = form.dataset.drawn;
    said.replaceChildren(...told.said.map((finding) => {
      const item = document.createElement('li');
      item.className = finding.severity;
      const what = document.createElement('strong');
      what.textContent = finding.message;
      item.append(what, ` – ${finding.remedy}`);
      return item;
    }));
  }

  function behind(finding) {
    const why = finding ? `${finding.message} – ${finding.remedy}` : studio.text('failed');
    note.textContent = form.dataset.behind.replace('{why}', why);
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(draw, AFTER_CHOOSING);
  });
  draw();
}
