// The mail, or an article of the site, as others see it: as wide as theirs, by day or in the dark.

import { frameIn } from './framing.js';

export function start(holder, studio) {
  const { issue } = holder.dataset;
  const what = holder.querySelector('[data-what]');
  const words = holder.querySelector('[data-told]');
  const chosen = (name) => holder.querySelector(`[name=${name}]:checked, [name=${name}][type=hidden]`).value;
  const frame = frameIn(holder.querySelector('[data-framed]'), studio, {
    note: holder.querySelector('[data-stale-note]'),
    title: () => (what.value ? what.selectedOptions[0].textContent : studio.text('mail')),
  });

  async function show() {
    const of = what.value ? `articles/${encodeURIComponent(what.value)}/html` : 'mail';
    const told = await frame.show(`/api/issues/${issue}/${of}?dark=${chosen('dark')}`, { width: chosen('width') });
    if (told?.size) words.textContent = studio.text('mailSize', told);
    else if (told) words.textContent = '';
  }

  // A mail of a desk is wider than a telephone: there one begins with its own width.
  const narrow = holder.querySelector('[type=radio][name=width][value="360"]');
  if (narrow && matchMedia('(max-width: 40rem)').matches) narrow.checked = true;
  holder.addEventListener('change', show);
  show();
  (async () => {
    for await (const { name } of studio.news()) {
      if (!holder.isConnected) return;
      if (name === 'saved' || name === 'changed') show();
    }
  })();
}
