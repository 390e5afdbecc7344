// An article: its text in the editor and its facts, saved by themselves; conflicts side by side; questions at
// their place; the pages beside it.

import { itemOf, queriesOf } from './findings.js';
import { pagesOf } from './pages.js';

const AFTER_TYPING = 800;
const AFTER_FAILURE = 4000;
const AT_REST = 2500;
const AROUND = 200;

function loadEditor() {
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/static/editor.css';
  const script = document.createElement('script');
  script.src = '/static/editor.js';
  document.head.append(style, script);
  return new Promise((done, failed) => {
    script.onload = done;
    script.onerror = failed;
  });
}

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
  let edits = 0;
  let timer = 0;
  let rest = 0;
  let conflict = null;
  let taken = '';

  function tell(word, values = {}, isBad = false) {
    state.textContent = studio.text(word, values);
    state.classList.toggle('bad', isBad);
  }

  function changed() {
    edits += 1;
    if (conflict) return;
    tell('typed');
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  }

  function factsAsData() {
    const data = {};
    const body = new FormData(facts);
    for (const field of facts.elements) {
      if (!field.name) continue;
      data[field.name] = field.multiple ? body.getAll(field.name) : body.get(field.name) ?? '';
    }
    return data;
  }

  async function save() {
    if (saving || conflict || !(textChanged || factsChanged)) return;
    saving = true;
    clearTimeout(timer);
    tell('saving');
    const sent = { base };
    const [text, heads, mark] = [textChanged, factsChanged, edits];
    if (text) sent.document = document_;
    if (heads) sent.facts = factsAsData();
    [textChanged, factsChanged] = [false, false];
    try {
      const answer = await studio.ask(address, { method: 'PUT', json: sent });
      const told = await answer.json();
      if (answer.status === 200) saved(told, sent, mark);
      else if (answer.status === 409) showConflict(told);
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

  function saved(told, sent, mark) {
    page.querySelector('[data-refused]').hidden = true;
    article = told;
    if (mark === edits) {
      base = told.version;
      if (editor && sent.document) {
        put(told.document);
      }
    } else if (!told.merged) {
      // One went on typing: the ids of what was saved are carried over onto what is typed by now.
      base = told.version;
      renew(sent.document?.content, told.document.content);
    }
    tell(told.merged ? 'merged' : 'saved');
    const title = told.head.title;
    if (typeof title === 'string') page.querySelector('#article-title').textContent = title;
    clearTimeout(rest);
    rest = setTimeout(look, AT_REST);
    pages?.changed();
  }

  let renamed = new Map();
  function renew(before, after) {
    renamed = new Map();
    if (!before || before.length !== after.length) return;
    before.forEach((block, number) => {
      if (block.attrs?.id) renamed.set(block.attrs.id, after[number].attrs?.id ?? null);
    });
    document_ = withIds(document_);
  }
  function withIds(whole) {
    if (!renamed.size) return whole;
    return {
      ...whole,
      content: whole.content.map((block) => (
        renamed.has(block.attrs?.id) ? { ...block, attrs: { ...block.attrs, id: renamed.get(block.attrs.id) } } : block)),
    };
  }

  /** Words beside two versions, as far as one needs them to know the place; the head of the file is none. */
  function around(text, isFirst, isLast) {
    const words = isFirst ? text.replace(/^---\n[^]*?\n---\n/, '') : text;
    const before = isLast ? '' : words.slice(-AROUND);
    const behind = isFirst ? '' : words.slice(0, AROUND);
    if (words.length <= before.length + behind.length) return words;
    return [behind && `${behind} …`, before && `… ${before}`].filter(Boolean).join('\n');
  }

  function showConflict(told) {
    conflict = told;
    tell('conflict', {}, true);
    const list = panel.querySelector('[data-parts]');
    list.replaceChildren();
    told.parts.forEach((part, number) => {
      if (!part.is_conflict) {
        const same = document.createElement('p');
        same.className = 'passage';
        same.textContent = around(part.ours, number === 0, number === told.parts.length - 1);
        if (same.textContent) list.append(same);
        return;
      }
      const choice = document.createElement('fieldset');
      choice.className = 'choice';
      for (const [side, words] of [['ours', studio.text('mineHead')], ['theirs', studio.text('theirsHead')]]) {
        const label = document.createElement('label');
        const field = document.createElement('input');
        field.type = 'radio';
        field.name = `part-${number}`;
        field.value = side;
        field.required = true;
        const head = document.createElement('strong');
        head.textContent = words;
        const text = document.createElement('span');
        text.textContent = part[side] || '–';
        label.append(field, head, text);
        choice.append(label);
      }
      list.append(choice);
    });
    panel.hidden = false;
    panel.focus();
    studio.announce(state.textContent);
  }

  panel.querySelector('[data-settle]').addEventListener('click', async () => {
    const chosen = conflict.parts.map((part, number) => {
      if (!part.is_conflict) return part.ours;
      const field = panel.querySelector(`[name="part-${number}"]:checked`);
      return field ? part[field.value] : null;
    });
    if (chosen.includes(null)) {
      panel.querySelector('fieldset:not(:has(:checked)) input')?.focus();
      return;
    }
    const answer = await studio.ask(address, { method: 'PUT', json: { base: conflict.version, text: chosen.join('') } });
    if (!answer.ok) { await studio.follow(answer); return; }
    conflict = null;
    panel.hidden = true;
    take(await answer.json());
    tell('saved');
  });

  /** Show an article as it is in its file. */
  function take(told) {
    article = told;
    base = told.version;
    put(told.document);
  }

  /** Put a document into the editor; what it tells of that is no change of anybody. */
  function put(told) {
    document_ = told;
    if (!editor) return;
    editor.replace(told, true);
    taken = JSON.stringify(editor.document());
  }

  /** Ask what there is to look at, and show it at its place. */
  async function look() {
    const { findings } = await queriesOf(issue, studio);
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
    else (facts.querySelector('input, textarea, select'))?.focus();
  }

  async function answered(finding) {
    const { accept, know } = finding.source ?? finding;
    await studio.ask(`/api/issues/${issue}/answers`, { json: accept ? { accept } : { know } });
    await look();
  }

  facts.addEventListener('input', () => { factsChanged = true; changed(); });
  facts.addEventListener('submit', (event) => event.preventDefault());
  if (mount) {
    await loadEditor();
    editor = window.BulletinEditor.mount(mount, {
      document: document_,
      language: textLanguage,
      label: page.querySelector('#article-title').textContent,
      strings: JSON.parse(page.querySelector('[data-strings]').textContent),
      onChange(now) {
        if (JSON.stringify(now) === taken) return;
        taken = '';
        document_ = withIds(now);
        textChanged = true;
        changed();
      },
      api: {
        async uploadPicture(file) {
          const body = new FormData();
          body.append('files', file);
          const answer = await studio.ask(`/api/issues/${issue}/pictures`, { method: 'POST', body });
          if (!answer.ok) throw new Error((await answer.json()).findings?.[0]?.message);
          return answer.json();
        },
        pictureAddress: (source, width) => (
          `/api/issues/${issue}/pictures/${source.split('/').map(encodeURIComponent).join('/')}?width=${width || 800}`),
        async spelling(texts) {
          return (await studio.ask('/api/spelling', { json: { language: textLanguage, texts } })).json();
        },
        async typography(text) {
          return (await studio.ask('/api/typography', { json: { language: textLanguage, text } })).json();
        },
        findings: { accept: answered },
      },
    });
  }
  addEventListener('beforeunload', (event) => {
    if (!(textChanged || factsChanged || saving)) return;
    save();
    event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });

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
  showPages(matchMedia('(min-width: 72rem)').matches);
  look();
  const asked = Number(new URLSearchParams(location.search).get('line'));
  if (asked) goTo(asked);
  listen();

  async function listen() {
    for await (const { name: what, data } of studio.news()) {
      const isOurs = data.issue === issue && (data.path === name || data.paths?.includes(name));
      if (what === 'changed' || what === 'saved') pages.changed();
      if (!isOurs || data.version === base || saving || textChanged || factsChanged || conflict) continue;
      const now = await (await studio.ask(address)).json();
      if (now.version === base || textChanged || factsChanged) continue;
      take(now);
      tell('outside');
      look();
    }
  }
}
