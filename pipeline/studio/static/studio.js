// What every page of the studio does: it fetches what it shows with the secret of its tab, sends forms, and
// tells what happens. Behaviours of single views are modules of their own, loaded where a view names them.

import { answerOtherTabs, keyFromAnotherTab } from './keeping/joining.js';
import { pressedMeanwhile, released } from './keeping/presses.js';
import { stillTyped, typedAgain } from './keeping/typed.js';

const KEY = 'bulletin-studio-key';

/** Tells a page that this studio sent from one that another program left open on this port before it began. */
const RUN = document.body.dataset.run ?? '';

/** What addresses of pictures end with: an element cannot send the secret of the tab. */
let sight = '';

/** The same for a page of this workspace's studio that is older than the studio that runs now. */
let kin = '';

/** Whether the studio did not answer when it was last asked. */
let isAway = false;

const view = document.getElementById('view');
const announcer = document.getElementById('announcer');

export const studio = {
  get key() { return sessionStorage.getItem(KEY) ?? ''; },

  /** Ask the server, with the secret of the tab. */
  async ask(address, options = {}) {
    const headers = { ...(options.headers ?? {}), 'X-Studio-Key': studio.key };
    if (options.json !== undefined) {
      headers['Content-Type'] = 'application/json';
      options = { ...options, body: JSON.stringify(options.json), method: options.method ?? 'POST' };
    }
    try {
      const answer = await fetch(address, { ...options, headers, cache: 'no-store', redirect: 'error' });
      isAway = false;
      // A tab of before the studio was opened anew asks once more, once it is let in again.
      if (answer.status !== 401 || options.isRejoining || !await studio.rejoin()) return answer;
      return studio.ask(address, { ...options, isRejoining: true });
    } catch (fault) {
      isAway ||= fault.name !== 'AbortError';
      throw fault;
    }
  },

  /** Be let in again where the studio was opened anew in another tab, by a sign that this one and that one know. */
  async rejoin(sign = kin) {
    const key = sign && await keyFromAnotherTab(sign);
    if (!key) return false;
    sessionStorage.setItem(KEY, key);
    const answer = await studio.ask('/api/sight', { isRejoining: true });
    if (answer.ok) ({ sight } = await answer.json());
    return answer.ok;
  },

  /** The address of a picture as an element may fetch it. */
  seen: (address) => `${address}${address.includes('?') ? '&' : '?'}see=${sight}`,

  /** Say something to those who do not see it. */
  announce(text, { isSeen = false } = {}) {
    announcer.textContent = '';
    announcer.classList.toggle('seen', isSeen);
    setTimeout(() => { announcer.textContent = text; }, 50);
  },

  /** Wait until nothing is pressed or dragged: what is exchanged before would take that with it. */
  released,

  /** A text of the page, by the name of its data attribute. */
  text(name, values = {}) {
    const words = view.querySelector('[data-words]')?.dataset[name] ?? '';
    return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  },

  /** Do what an answer of the server says. */
  async follow(answer, form) {
    const data = await answer.json().catch(() => ({}));
    if (answer.status === 401) return form ? refuse([outsideInWords()], form) : outside();
    if (data.findings?.length) return refuse(data.findings, form);
    if (answer.status === 413) return refuse([{ message: studio.text('tooLarge'), remedy: '' }], form);
    if (!answer.ok) return refuse([{ message: studio.text('failed'), remedy: '' }], form);
    if (data.undo) studio.offerUndo(data.undo);
    if (data.job) return studio.watch(data.job, form);
    // What can be undone says itself what was done.
    if (data.announce) studio.announce(data.announce, { isSeen: !data.undo?.steps });
    if (data.go) location.assign(data.go);
    else if (data.reload) location.reload();
    else if (data.refresh) await studio.refresh(data.focus);
    return data;
  },

  /** Show what is wrong: where the form or the item has a place for it, else above the page. */
  refuse: (findings, form) => refuse(findings, form),

  /** Offer that what was just saved is undone; the offer stands until something else is done or it is closed. */
  offerUndo({ words, button, steps }) {
    const bar = document.getElementById('undo');
    const [undo, close] = bar.querySelectorAll('button');
    bar.querySelector('[data-done]').textContent = words;
    undo.textContent = button;
    undo.onclick = async () => {
      bar.hidden = true;
      await studio.settle?.();
      await studio.follow(await studio.ask('/undo', { json: { steps } }));
    };
    close.onclick = () => { bar.hidden = true; document.getElementById('main')?.focus({ preventScroll: true }); };
    bar.hidden = false;
  },

  /** Ask before something is taken away: whether it shall be, as the button says. */
  confirmed: (question, button) => confirmed(question, button),

  /** Show the page as it is now, and keep the place and the focus. */
  async refresh(focus) {
    const kept = focus ?? document.activeElement?.id;
    await studio.settle?.();
    studio.settle = null;
    const [left, top] = [scrollX, scrollY];
    const open = [...view.querySelectorAll('details')].map((each) => each.open);
    await load();
    view.querySelectorAll('details').forEach((each, number) => { if (open[number] !== undefined) each.open = open[number]; });
    scrollTo(left, top);
    const again = kept && document.getElementById(kept);
    if (again && !again.disabled) again.focus({ preventScroll: true });
    else document.getElementById('main')?.focus({ preventScroll: true });
  },

  /** Show how long work goes on, then do what it says at its end. */
  async watch(job, form) {
    const progress = document.getElementById('progress');
    const bar = progress.querySelector('progress');
    const words = progress.querySelector('[data-step]');
    progress.hidden = false;
    bar.removeAttribute('value');
    words.textContent = studio.text('working');
    studio.announce(words.textContent);
    let [step, told] = ['', performance.now()];
    for await (const { data } of studio.events(`/api/jobs/${job}`)) {
      if (data.step) {
        // How far a step is that has no parts, nobody knows.
        if (data.total > 1) [bar.max, bar.value] = [data.total, data.done];
        else bar.removeAttribute('value');
        if (data.words) words.textContent = data.words;
        // Each step is said once, and now and then how far it is: forty pictures are not read out one by one.
        if (data.step !== step || performance.now() - told > BETWEEN) {
          [step, told] = [data.step, performance.now()];
          studio.announce(words.textContent);
        }
      } else {
        progress.hidden = true;
        if (data.findings?.length && !data.refresh) return refuse(data.findings, form);
        if (data.findings?.length && form) stillTyped(form);
        if (data.announce) studio.announce(data.announce, { isSeen: true });
        if (data.download) await download(data.download, data.name);
        if (data.go) location.assign(data.go);
        if (data.reload) location.reload();
        if (data.refresh) await studio.refresh(data.focus);
        if (data.findings?.length) refuse(data.findings);
        return data;
      }
    }
    progress.hidden = true;
    return refuse([{ message: studio.text('failed'), remedy: '' }], form);
  },

  /** Read Server-Sent Events; EventSource itself could not send the secret. */
  async* events(address, signal) {
    const answer = await studio.ask(address, { signal });
    if (!answer.ok) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      const parts = rest.split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        const name = /^event: (.*)$/m.exec(part)?.[1];
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data) yield { name, data: JSON.parse(data) };
      }
    }
  },
};

const AGAIN = 3000;

/** Milliseconds between what is read out of one step. */
const BETWEEN = 5000;

/** Ends what a view has begun, once another is shown: a browser has few connections. */
let life = new AbortController();

/** What is saved, changed outside and made, as long as the view is shown; a stream that breaks is begun again. */
async function* news() {
  const { signal } = life;
  let isAgain = false;
  while (!signal.aborted) {
    try {
      for await (const told of studio.events('/api/events', signal)) {
        if (told.name !== 'listening') yield told;
        // What happened meanwhile nobody has told: whatever is shown may be another by now.
        else if (isAgain) yield { name: 'changed', data: { all: true } };
        isAgain = true;
      }
    } catch {
      // The studio was ended, or the machine slept: it is asked again.
    }
    if (signal.aborted) return;
    await new Promise((done) => { setTimeout(done, AGAIN); });
  }
}
studio.news = news;
/** What ends a question of this view once another is shown; nobody waits for its answer any more. */
studio.asLongAsShown = () => life.signal;

async function download(address, name) {
  const answer = await studio.ask(address);
  if (!answer.ok) { await studio.follow(answer); return; }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** The same for a form, in which somebody has typed: it stays. */
function outsideInWords() {
  const { content } = document.getElementById('outside');
  const [message, remedy] = ['h1', 'p'].map((each) => content.querySelector(each).textContent);
  return { message, remedy };
}

function outside() {
  show(document.getElementById('outside').content.cloneNode(true));
}

function show(content) {
  view.replaceChildren(content);
  view.removeAttribute('aria-busy');
}

/** Show what is wrong: at its field where it has one, and all of it above the form. */
function refuse(findings, form) {
  if (form) stillTyped(form);
  const place = form?.querySelector('[data-refused]') ?? view.querySelector('[data-refused]');
  view.querySelectorAll('[aria-invalid]').forEach((field) => {
    field.removeAttribute('aria-invalid');
    document.getElementById(`${field.id}-fault`)?.remove();
  });
  const list = document.createElement('ul');
  for (const finding of findings) {
    const item = document.createElement('li');
    const field = finding.field && form?.elements[finding.field];
    const go = finding.go !== location.pathname && finding.go;
    const what = document.createElement(field?.id || go ? 'a' : 'strong');
    what.textContent = field?.id ? `${labelOf(field)}: ${finding.message}` : finding.message;
    if (go) what.href = go;
    if (field?.id) {
      what.href = `#${field.id}`;
      field.setAttribute('aria-invalid', 'true');
      const fault = document.createElement('p');
      fault.id = `${field.id}-fault`;
      fault.className = 'fault';
      fault.textContent = finding.remedy ? `${finding.message}: ${finding.remedy}` : finding.message;
      field.closest('.field')?.append(fault);
      field.setAttribute('aria-describedby', `${field.id}-fault`);
    }
    item.append(what);
    const where = finding.where ?? finding.path;
    if (where && !field?.id) item.append(` (${where})`);
    if (finding.remedy) item.append(` – ${finding.remedy}`);
    list.append(item);
  }
  if (!place) return null;
  place.replaceChildren(list);
  place.hidden = false;
  place.focus();
  return null;
}

function labelOf(field) {
  return (field.labels?.[0]?.querySelector('.name') ?? field.labels?.[0])?.textContent.trim() ?? '';
}

async function submit(form, submitter) {
  const place = form.querySelector('[data-refused]');
  if (place) place.hidden = true;
  form.setAttribute('aria-busy', 'true');
  const body = new FormData(form, submitter);
  const hasFiles = [...form.elements].some((field) => field.type === 'file');
  const sent = hasFiles ? { method: 'POST', body } : { json: asData(form, body) };
  try {
    await studio.follow(await studio.ask(form.dataset.action, sent), form);
  } catch {
    refuse([{ message: studio.text('failed'), remedy: '' }], form);
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** The fields of a form as data: several of one name are a list. */
function asData(form, body) {
  const data = {};
  for (const name of new Set([...form.elements].map((field) => field.name).filter(Boolean))) {
    const field = form.elements[name];
    const isList = field instanceof RadioNodeList ? field[0]?.type === 'checkbox' : field.multiple;
    if (isList) data[name] = body.getAll(name);
    else if (body.has(name)) data[name] = body.get(name);
    else if (field.type === 'checkbox') data[name] = '';
  }
  return data;
}

document.addEventListener('submit', (event) => {
  if (!event.target.dataset.action) return;
  event.preventDefault();
  submit(event.target, event.submitter);
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-post]');
  if (!button) return;
  const question = button.dataset.ask;
  if (question && !await confirmed(question, button)) return;
  if (button.dataset.askAgain && !await confirmed(button.dataset.askAgain, button)) return;
  const json = button.dataset.json ? JSON.parse(button.dataset.json) : {};
  button.disabled = true;
  try {
    await studio.follow(await studio.ask(button.dataset.post, { json }), button.closest('form'));
  } catch {
    refuse([{ message: studio.text('failed'), remedy: '' }], button.closest('form'));
  } finally {
    button.disabled = false;
  }
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-download]');
  if (!button) return;
  button.disabled = true;
  try {
    await download(button.dataset.download, button.dataset.name);
  } catch {
    refuse([{ message: studio.text('failed'), remedy: '' }]);
  } finally {
    button.disabled = false;
  }
});

// A link that nobody answers would put a page of the browser in place of what is written here: it is said, and one stays.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[href^="/"]');
  if (!isAway || !link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await studio.ask('/api/sight');
    location.assign(link.href);
  } catch {
    studio.announce(studio.text('failed'), { isSeen: true });
  }
});

/** Answers the question that is asked. */
let answered = null;

/** Ask before something is taken away. */
function confirmed(question, button) {
  const dialog = document.getElementById('question');
  // A browser tells of the end of a question in its own time; another may be asked by then, and is not answered by it.
  answered?.(false);
  dialog.onclose = () => {
    if (dialog.open) return;
    answered?.(dialog.returnValue === 'yes');
    answered = null;
  };
  dialog.querySelector('p').textContent = question;
  dialog.querySelector('[value=yes]').textContent = button.textContent.trim();
  // What was answered last is no answer to this: one that is left by a key answers nothing.
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((answer) => { answered = answer; });
}

/** A secret for another tab, from the studio. */
async function newKey() {
  const answer = await studio.ask('/api/tab', { json: {}, isRejoining: true });
  return answer.ok ? (await answer.json()).key : '';
}

/** Of a row that is wider than the window, show where one is. */
function showIn(row, here) {
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

let loads = 0;

async function load() {
  loads += 1;
  const mine = loads;
  if (!studio.key) sessionStorage.setItem(KEY, await keyFromAnotherTab(RUN));
  let answer;
  const asked = () => studio.ask(location.pathname + location.search, { headers: { Accept: 'text/html' } });
  try {
    answer = await asked();
    // A tab of before the studio was opened anew is let in by the one that was opened with it, as a new one is.
    if (answer.status === 401 && await studio.rejoin(RUN)) answer = await asked();
  } catch {
    // What is shown already stays: somebody may have typed in it.
    if (document.documentElement.dataset.ready) studio.announce(studio.text('failed'), { isSeen: true });
    else show(document.getElementById('unreachable').content.cloneNode(true));
    return;
  }
  if (answer.status === 401) { outside(); return; }
  if (!document.documentElement.dataset.ready) answerOtherTabs(() => [RUN, kin], newKey);
  const parsed = document.createElement('template');
  parsed.innerHTML = await answer.text();
  await released();
  // One that was asked for later shows what is so now; this one may be older than what is shown.
  if (mine !== loads) return;
  const title = parsed.content.querySelector('[data-title]')?.dataset.title;
  const language = parsed.content.querySelector('[data-language]')?.dataset.language;
  life.abort();
  life = new AbortController();
  kin = parsed.content.querySelector('[data-kin]')?.dataset.kin ?? kin;
  sight = parsed.content.querySelector('[data-sight]')?.dataset.sight ?? sight;
  if (title) document.title = title;
  if (language) document.documentElement.lang = language;
  show(parsed.content);
  if (!document.documentElement.dataset.ready) studio.announce(document.title);
  for (const here of view.querySelectorAll('nav [aria-current]')) showIn(here.closest('nav'), here);
  const pressAgain = pressedMeanwhile(view);
  const kept = typedAgain(view);
  try {
    for (const element of view.querySelectorAll('[data-behaviour]')) {
      if (kept.includes(element)) continue;
      const behaviour = await import(`/static/${element.dataset.behaviour}.js`);
      await behaviour.start(element, studio);
    }
  } finally {
    // What is shown anew ends what was being made ready.
    pressAgain();
  }
  document.documentElement.dataset.ready = 'yes';
}

if (document.body.dataset.page === 'view') load();
