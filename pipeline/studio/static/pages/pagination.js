// Pages as every view of them needs them: asked for, and again with each change; their pictures; what stands where.

const REST = 2500;
const GLANCE = 1000;

/** Why pages are behind, and in which article. */
export function whyOf(told) {
  const first = told.findings?.[0];
  return [first?.message, first?.where].filter(Boolean).join(' – ');
}

/** The spreads of pages as they are bound: a first one alone on the right. */
export function spreadsOf(pages) {
  const spreads = [];
  for (const page of pages) {
    const last = spreads.at(-1);
    if (!page.is_left && last?.length === 1 && last[0].is_left) last.push(page);
    else spreads.push([page]);
  }
  return spreads;
}

/** The picture of a page; `more` says what of it. */
export function pictureOf(page, studio, { issue, count, dpi, more = '' }) {
  const picture = document.createElement('img');
  picture.width = Math.round(page.width + 2 * page.bleed);
  picture.height = Math.round(page.height + 2 * page.bleed);
  picture.alt = studio.text('page', { number: page.number, count });
  picture.src = studio.seen(`/api/issues/${issue}/pages/${page.key}?dpi=${dpi}${more}`);
  return picture;
}

export const addressOf = (issue, place) => (
  `/issues/${issue}/articles/${encodeURIComponent(place.path.split('/').at(-1))}?line=${place.line}`);

/** What stands on a page at a point of its picture. */
export function placeAt(told, page, picture, event) {
  const box = picture.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * (page.width + 2 * page.bleed) - page.bleed;
  const y = ((event.clientY - box.top) / box.height) * (page.height + 2 * page.bleed) - page.bleed;
  return told.places
    .filter((place) => place.page === page.number && x >= place.x && x <= place.x + place.w && y >= place.y && y <= place.y + place.h)
    .sort((one, other) => one.w * one.h - other.w * other.h)[0];
}

/** Say how far pages are, as long as one waits for them; returns what ends it. */
export function whileMaking(studio, issue, say) {
  let timer = 0;
  const look = async () => {
    const mine = timer;
    let pages = 0;
    try {
      ({ pages } = await (await studio.ask(`/api/issues/${issue}/progress`)).json());
    } catch {
      // What does not answer is said where the pages are.
    }
    if (mine !== timer) return;
    if (pages) say(studio.text('making', { count: pages }));
    timer = setTimeout(look, GLANCE);
  };
  timer = setTimeout(look, GLANCE);
  return () => { clearTimeout(timer); timer = 0; };
}

/** Show a note while pages are filled, if that takes a while; returns what ends it. */
export function whileFilling(studio, note) {
  let isOver = false;
  // It moves what stands below it.
  const show = async (isShown) => { await studio.released(); note.hidden = !isShown || isOver; };
  const timer = setTimeout(() => show(true), GLANCE);
  return () => { isOver = true; clearTimeout(timer); show(false); };
}

/** Ask for the pages now and with each change, and say above them where they are behind. */
export function pagesNow(holder, studio, { edition = 'screen', show }) {
  const { issue } = holder.dataset;
  const note = holder.querySelector('[data-stale-note]');
  const filling = holder.querySelector('[data-filling]');
  const givenUp = holder.querySelector('[data-given-up]');
  const label = holder.querySelector('[data-made-note], [data-label]');
  let asked = 0;
  let last = null;
  let timer = 0;

  /** At once as they can be; filled as they will be printed where nobody changes anything for a while. */
  async function ask(settle = '') {
    asked += 1;
    const mine = asked;
    clearTimeout(timer);
    const isFirst = !last?.pages.length;
    let end = () => {};
    if (settle) end = whileFilling(studio, filling);
    else if (isFirst) end = whileMaking(studio, issue, (words) => { label.textContent = words; });
    let told = null;
    try {
      const answer = await studio.ask(`/api/issues/${issue}/pages?${settle}titles=yes&edition=${edition}`);
      told = await answer.json();
      if (!answer.ok) told = { ...told, stale: true, pages: null };
    } catch {
      told = { stale: true, pages: null, findings: [{ message: studio.text('failed') }] };
    } finally {
      end();
    }
    await studio.released();
    if (mine !== asked || !holder.isConnected) return;
    note.hidden = !told.stale;
    note.textContent = told.stale ? studio.text('stale', { why: whyOf(told) }) : '';
    givenUp.hidden = !told.is_given_up;
    // Where there are none, the last ones stay.
    if (told.pages?.length || !last) last = { places: [], ...told, pages: told.pages ?? [] };
    show(last);
    if (!settle && !told.settled && !told.stale) timer = setTimeout(() => ask('settle=yes&'), isFirst ? 0 : REST);
  }

  ask();
  (async () => {
    for await (const { name } of studio.news()) {
      if (!holder.isConnected) return;
      if (name === 'saved' || name === 'changed') ask();
    }
  })();
  return () => ask();
}
