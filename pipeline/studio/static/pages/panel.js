// Beside a flatplan: what can be chosen for an article and for the cover, and what the choices do.

import { automaticWeights, sayWeight } from '../weights.js';

export function panelOf(holder, studio, choices, { changed, save, drop, back }) {
  const { issue, ownCover } = holder.dataset;
  const panel = holder.querySelector('[data-panel]');
  const title = panel.querySelector('[data-chosen-title]');
  const unchosen = title.textContent;
  const fields = panel.querySelector('[data-fields]');
  const [section, weight, cover] = ['section', 'weight', 'cover'].map((name) => panel.querySelector(`[data-field=${name}]`));
  const pictures = panel.querySelector('[data-pictures]');
  const template = panel.querySelector('[data-picture]');
  const outcome = panel.querySelector('[data-outcome]');
  const pending = panel.querySelector('[data-pending]');
  const does = panel.querySelector('[data-does]');
  let name = '';
  let automatic = {};

  const option = (value, words) => new Option(words, value);
  const listed = (texts) => texts.map((text) => {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
  });

  function showCover() {
    const now = choices.cover ?? choices.plan.cover;
    const withPictures = choices.articles.filter((each) => each.pictures.length || each.name === now);
    cover.replaceChildren(
      option('', studio.text('none')),
      ...(choices.plan.cover === ownCover ? [option(ownCover, studio.text('own'))] : []),
      ...withPictures.map((each) => option(each.name, studio.text('pictureOf', { title: each.title }))),
    );
    cover.value = now;
  }

  function showArticle() {
    const article = choices.article(name);
    fields.hidden = !article;
    panel.querySelector('[data-hint]').hidden = Boolean(article);
    title.textContent = article ? article.title : unchosen;
    panel.classList.toggle('with-article', Boolean(article));
    if (!article) return;
    panel.querySelector('[data-to-text]').href = `/issues/${issue}/articles/${encodeURIComponent(name)}`;
    const order = choices.order();
    const place = choices.placeOf(name, order);
    section.replaceChildren(...order.map((each) => option(each.name, each.title)));
    section.value = place.section.name;
    panel.querySelector('[data-place]').textContent = studio.text('place', { place: place.position + 1, count: place.count });
    const all = order.flatMap((each) => each.articles);
    const [earlier, later] = panel.querySelectorAll('[data-step]');
    earlier.disabled = all[0] === name && place.section === order[0];
    later.disabled = all.at(-1) === name && place.section === order.at(-1);
    weight.value = choices.weightOf(name);
    sayWeight(weight, automatic[name]);
    showPictures(article);
  }

  function showPictures(article) {
    if (pictures.dataset.of !== name) {
      pictures.dataset.of = name;
      pictures.replaceChildren(...article.pictures.map((picture, position) => {
        const field = template.content.firstElementChild.cloneNode(true);
        const [shown, label, select] = field.children;
        shown.src = studio.seen(`/api/issues/${issue}/pictures/${picture.source.split('/').map(encodeURIComponent).join('/')}?width=128`);
        label.textContent = picture.words;
        label.htmlFor = select.id = `f-picture-${position}`;
        select.addEventListener('change', () => { choices.widen(name, position, select.value); changed(); });
        return field;
      }));
    }
    pictures.querySelectorAll('select').forEach((select, position) => { select.value = choices.widthOf(name, position); });
  }

  /** Everything that is chosen, in words. */
  function inWords() {
    const words = (select, value) => [...select.options].find((each) => each.value === value)?.text ?? value;
    const titleOf = (each) => choices.article(each).title;
    const order = choices.order();
    const moved = [...new Set(choices.moves.map((move) => move.name))].map((each) => {
      const place = choices.placeOf(each, order);
      return studio.text('moved', { title: titleOf(each), place: place.position + 1, count: place.count, section: place.section.title });
    });
    const weighed = [...choices.weights].map(([each, value]) => studio.text('weighed', { title: titleOf(each), weight: words(weight, value) }));
    const measures = template.content.querySelector('select');
    const widened = [...choices.widths.values()].map((each) => studio.text('widened', {
      title: choices.article(each.article).pictures[each.position].words, width: words(measures, each.measure),
    }));
    const covered = choices.cover === null ? [] : [studio.text('covered', { cover: words(cover, choices.cover) })];
    return [...moved, ...weighed, ...widened, ...covered];
  }

  section.addEventListener('change', () => {
    const to = choices.order().find((each) => each.name === section.value);
    choices.move(name, to.name, to.articles.filter((each) => each !== name).length);
    changed();
  });
  weight.addEventListener('change', () => { choices.weigh(name, weight.value); changed(); });
  cover.addEventListener('change', () => { choices.coverTo(cover.value); changed(); });
  panel.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.step) { choices.step(name, Number(button.dataset.step)); changed(); }
    else if (button?.hasAttribute('data-save')) save();
    else if (button?.hasAttribute('data-drop')) { drop(); title.focus({ preventScroll: true }); }
  });

  /** Ask anew which weights the program chooses. */
  async function weigh() {
    automatic = await automaticWeights(issue, studio);
    sayWeight(weight, automatic[name]);
  }
  weigh();

  return {
    weigh,
    show(chosen) {
      if (chosen !== name) delete pictures.dataset.of;
      name = chosen;
      showCover();
      showArticle();
      const isNew = outcome.hidden && !choices.isEmpty;
      outcome.hidden = choices.isEmpty;
      // What it does stands at the foot of the panel, which may lie below the window.
      if (isNew) panel.scrollIntoView({ block: 'nearest' });
      panel.classList.toggle('with-choices', !choices.isEmpty);
      pending.replaceChildren(...listed(inWords()));
    },
    /** Say what the choices do. */
    says(texts, isBusy = false) {
      does.setAttribute('aria-busy', String(isBusy));
      does.firstElementChild.replaceChildren(...listed(texts));
    },
    focus() { title.focus({ preventScroll: matchMedia('(min-width: 64rem)').matches }); },
    drop,
    back,
  };
}
