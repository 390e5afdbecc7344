// An article: its text in the editor and its facts, saved by themselves; conflicts side by side; questions at
// their place; the pages beside it.

import { chosenText, showSides } from './article/conflict.js';
import { mountEditor } from './article/mounting.js';
import { isUnfinished, put } from './dates.js';
import { fieldAt, showAtFields } from './faults.js';
import { itemOf, queriesOf } from './findings.js';
import { fieldsOf } from './forms.js';
import { pagesOf } from './pages/pages.js';
import { unsavedOf, withoutBlanks } from './keeping/unsaved.js';
import { automaticWeights, sayWeight } from './weights.js';

const AFTER_TYPING = 800;
const AFTER_FAILURE = 4000;
const AT_REST = 2500;
const KEPT_ALIVE = 25000;

export async function start(page, studio) {
  const { issue, name, textLanguage } = page.dataset;
  const address = `/api/issues/${issue}/articles/${encodeURIComponent(name)}`;
  const state = page.querySelector('[data-state]');
  const facts = page.querySelector('[data-facts]');
  const mount = page.querySelector('[data-editor]');
  const panel = page.querySelector('[data-conflict-panel]');
  const query = page.querySelector('[data-query-list]');

  let article = await (await studio.ask(address)).json();
  let base = article.version;
  let editor = null;
  let document_ = article.document;
  let textChanged = false;
  let factsChanged = false;
  let saving = false;
  let timer = 0;
  let rest = 0;
  let conflict = null;
  let taken = '';
  let isLeaving = false;
  let isRestored = false;
  let isMerged = false;
  let undone = null;
  const { kind } = article;
  const unsaved = await unsavedOf(article.keeping);

  function tell(word, values = {}, isBad = false) {
    state.textContent = studio.text(word, values);
    state.classList.toggle('bad', isBad);
  }

  /** What is to be saved: of text and facts only what was changed. */
  function change() {
    return { base, ...(textChanged && { document: document_ }), ...(factsChanged && { facts: factsAsData() }) };
  }

  function typed(now) {
    if (JSON.stringify(now) === taken) return;
    taken = '';
    document_ = now;
    textChanged = true;
    changed();
  }

  /** What stands in the editor, with what is still being written in a field of a picture. */
  function written() {
    const field = document.activeElement;
    if (field?.closest('.be-figure')) field.dispatchEvent(new Event('blur'));
    return JSON.stringify(editor?.document());
  }

  /** The editor tells of what is typed in little steps: take what it has not told of yet. */
  function gather() {
    if (editor && written() !== (taken || JSON.stringify(document_))) typed(editor.document());
  }

  /** The page is left: what was typed last is saved, which goes on when the page is gone. */
  function leave() {
    isLeaving = true;
    save();
    setTimeout(() => { isLeaving = false; }, AFTER_TYPING);
  }

  function keep() { unsaved.keep({ ...change(), at: Date.now() }); }

  /** Go on with what an earlier page did not come to save: it crashed, or the studio had ended. */
  async function restore() {
    const kept = await unsaved.takeOver();
    if (!kept) return;
    base = kept.base;
    isRestored = true;
    if (kept.document && editor) {
      editor.replace(kept.document, true);
      document_ = editor.document();
      textChanged = true;
    }
    if (kept.facts) {
      fill(kept.facts);
      factsChanged = true;
    }
    save();
  }

  function fill(data) {
    for (const [field, value] of Object.entries(data)) {
      const input = facts.elements[field];
      if (input?.multiple) for (const option of input.options) option.selected = value.includes(option.value);
      else if (input) put(input, value);
    }
  }

  function changed() {
    keep();
    if (conflict) return;
    tell('typed');
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  }

  function factsAsData() {
    const data = {};
    const body = new FormData(facts);
    for (const field of facts.elements) {
      if (!field.name || isUnfinished(field)) continue;
      data[field.name] = field.multiple ? body.getAll(field.name) : body.get(field.name) ?? '';
    }
    return data;
  }

  async function save() {
    if (saving || conflict) return;
    gather();
    if (!(textChanged || factsChanged)) return;
    saving = true;
    clearTimeout(timer);
    tell('saving');
    const sent = change();
    const shown = editor?.document();
    const [text, heads] = [textChanged, factsChanged];
    [textChanged, factsChanged] = [false, false];
    try {
      // One that is under way when the page is closed goes on, as far as browsers allow.
      const keepalive = isLeaving && JSON.stringify(sent).length < KEPT_ALIVE;
      const answer = await studio.ask(address, { method: 'PUT', json: sent, keepalive });
      if (answer.status === 401) {
        // The studio was opened anew, and does not know this page yet: the words stay on it.
        await studio.rejoin();
        throw new Error('outside');
      }
      const told = await answer.json();
      if (answer.status === 200) saved(told, shown);
      else if (answer.status === 409) showConflict({ ...told, shown });
      else {
        [textChanged, factsChanged] = [textChanged || text, factsChanged || heads];
        await studio.follow(new Response(JSON.stringify(told), { status: answer.status }), facts);
        tell('notSaved', { why: told.findings?.[0]?.message ?? '' }, true);
      }
    } catch {
      [textChanged, factsChanged] = [textChanged || text, factsChanged || heads];
      tell('offline', {}, true);
      timer = setTimeout(save, AFTER_FAILURE);
    } finally {
      saving = false;
    }
    if ((textChanged || factsChanged) && !conflict && !state.classList.contains('bad')) {
      timer = setTimeout(save, AFTER_TYPING);
    }
  }

  /** Show what was saved as it was read back; what was typed since it was sent stays, and is saved next. */
  function goOn(told, shown) {
    const isTyping = written() !== JSON.stringify(shown);
    take(told, shown);
    if (isTyping) {
      taken = '';
      document_ = editor.document();
      textChanged = true;
    }
    if (textChanged || factsChanged) keep();
    else unsaved.forget();
  }

  function saved(told, shown) {
    page.querySelector('[data-refused]').hidden = true;
    goOn(told, shown);
    isMerged ||= told.merged;
    // What was typed since it was sent is not saved yet.
    if (textChanged || factsChanged) tell('typed');
    else {
      tell(isMerged ? 'merged' : isRestored ? 'restored' : 'saved');
      [isMerged, isRestored] = [false, false];
    }
    if (told.undo) offerUndo(told.undo);
    if (told.kind !== kind && !textChanged && !factsChanged) { studio.refresh(); return; }
    const title = told.head.title;
    if (typeof title === 'string') page.querySelector('#article-title').textContent = title;
    clearTimeout(rest);
    rest = setTimeout(look, AT_REST);
    pages?.changed();
  }

  /** As long as one stays in a field, its first version is the one that comes back. */
  function offerUndo(undo) {
    const field = document.activeElement?.name ?? '';
    const [step, ...others] = undo.steps;
    const isSame = field && undone?.field === field && !others.length && undone.step[2] === step[1];
    const first = isSame ? [step[0], undone.step[1], step[2]] : step;
    undone = { field, step: first };
    studio.offerUndo({ ...undo, steps: [first, ...others] });
  }

  function showConflict(told) {
    conflict = told;
    tell('conflict', {}, true);
    showSides(panel, told.parts, studio);
    studio.announce(state.textContent);
  }

  panel.querySelector('[data-settle]').addEventListener('click', async () => {
    const text = chosenText(panel, conflict.parts);
    if (text === null) return;
    let answer = null;
    try {
      answer = await studio.ask(address, { method: 'PUT', json: { base: conflict.version, text } });
    } catch {
      tell('offline', {}, true);
      return;
    }
    if (!answer.ok) { await studio.follow(answer); return; }
    const { shown } = conflict;
    conflict = null;
    panel.hidden = true;
    [textChanged, factsChanged] = [false, false];
    goOn(await answer.json(), shown);
    tell('saved');
    if (textChanged) changed();
  });

  /** Show an article as it is in its file; what is other in the editor than what was shown there stays. */
  function take(told, shown = editor?.document()) {
    article = told;
    base = told.version;
    document_ = told.document;
    if (!editor) return;
    editor.replace(told.document, true, withoutBlanks(shown));
    // What the editor tells of that is no change of anybody.
    taken = written();
  }

  /** Ask what there is to look at, and show it at its place. */
  async function look() {
    const { findings } = await queriesOf(issue, studio);
    await studio.released();
    const own = findings.filter((finding) => finding.article === name);
    const words = query.dataset;
    const count = page.querySelector('[data-query-count]');
    count.hidden = !own.length;
    count.textContent = own.length;
    query.replaceChildren(...own.map((finding) => itemOf(finding, words, {
      issue,
      studio,
      here: true,
      again: look,
      place: (each) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'quiet small';
        button.textContent = words.there;
        button.setAttribute('aria-label', `${words.there}: ${each.message}`);
        button.addEventListener('click', () => goTo(each.line));
        return button;
      },
    })));
    if (!own.length) {
      const none = document.createElement('li');
      none.className = 'none';
      none.textContent = words.none;
      query.append(none);
    }
    showAtFields(facts, article.facts, own.filter((finding) => finding.line && !blockAt(finding.line)));
    editor?.setFindings(own.map((finding, number) => ({
      id: String(number),
      block: blockAt(finding.line),
      start: null,
      end: null,
      words: finding.found,
      severity: finding.severity,
      message: finding.message,
      remedy: finding.remedy,
      fix: finding.guess && finding.found ? { text: finding.guess } : undefined,
      accept: Boolean(finding.accept || finding.know),
      source: finding,
    })).filter((finding) => finding.block));
  }

  function blockAt(line) {
    const above = article.places.filter((place) => place.line <= line);
    return above.at(-1)?.id ?? null;
  }

  function goTo(line) {
    const block = line && blockAt(line);
    if (block && editor) editor.select(block);
    else (fieldAt(facts, article.facts, { line }) ?? facts.querySelector('input, textarea, select'))?.focus();
  }

  async function answered(finding) {
    const { accept, know } = finding.source ?? finding;
    const answer = await studio.ask(`/api/issues/${issue}/answers`, { json: accept ? { accept } : { know } });
    if (!await studio.follow(answer)) throw new Error(page.querySelector('[data-refused]').textContent);
    await look();
  }

  fieldsOf(facts, studio);
  const weigh = async () => sayWeight(facts.elements.weight, (await automaticWeights(issue, studio))[name]);
  weigh();
  // Nothing that was typed is lost when the page is shown anew.
  studio.settle = async () => { if (page.isConnected) await save(); };
  page.querySelector('[data-proposals]')?.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-line]');
    if (!button) return;
    const { line, take: isTaken, withItsWords } = button.dataset;
    button.disabled = true;
    try {
      await save();
      const answer = await studio.ask(`${address}/proposals`, { json: { line, take: Boolean(isTaken), with_its_words: Boolean(withItsWords) } });
      await studio.follow(answer, button.closest('li'));
    } catch {
      studio.refuse([{ message: studio.text('failed'), remedy: '' }], button.closest('li'));
    } finally {
      button.disabled = false;
    }
  });
  facts.addEventListener('input', () => { factsChanged = true; changed(); });
  facts.addEventListener('submit', (event) => event.preventDefault());
  if (mount) {
    editor = await mountEditor(mount, studio, {
      issue,
      document: document_,
      language: textLanguage,
      label: page.querySelector('#article-title').textContent,
      strings: JSON.parse(page.querySelector('[data-strings]').textContent),
      onChange: typed,
      accept: answered,
    });
  }
  taken = written();
  addEventListener('beforeunload', (event) => {
    leave();
    // What is under way is saved all the same; what cannot be is asked about.
    if (conflict || state.classList.contains('bad')) event.preventDefault();
  });
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => { if (document.hidden) leave(); });

  const pages = pagesOf(page.querySelector('#preview'), studio, {
    issue,
    path: `issues/${issue}/${name}`,
    place: () => null,
    goTo,
  });
  const toggle = page.querySelector('[data-toggle-preview]');
  const desk = page.querySelector('.desk');
  const showPages = (isShown) => {
    desk.classList.toggle('with-preview', isShown);
    page.querySelector('#preview').hidden = !isShown;
    toggle.setAttribute('aria-expanded', String(isShown));
    if (isShown) pages.show();
  };
  toggle.addEventListener('click', () => showPages(toggle.getAttribute('aria-expanded') !== 'true'));
  editor?.onSelection?.(({ block }) => {
    const at = article.places.find((place) => place.id === block);
    if (at) pages.follow(at.line);
  });
  await restore();
  showPages(matchMedia('(min-width: 72rem)').matches);
  look();
  const asked = Number(new URLSearchParams(location.search).get('line'));
  if (asked) goTo(asked);
  listen();

  async function listen() {
    for await (const { name: what, data } of studio.news()) {
      const isOurs = data.all || data.issue === issue && (data.path === name || data.paths?.includes(name));
      if (what === 'changed' || what === 'saved') { pages.changed(); weigh(); }
      if (!isOurs || data.version === base || saving || textChanged || factsChanged || conflict) continue;
      // What does not answer now is asked with the next change.
      const now = await studio.ask(address).then((answer) => answer.json()).catch(() => null);
      await studio.released();
      gather();
      if (!now?.version || now.version === base || saving || textChanged || factsChanged || conflict) continue;
      take(now);
      tell('outside');
      look();
    }
  }
}
