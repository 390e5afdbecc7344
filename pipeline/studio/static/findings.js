// What there is to look at: errors and questions with their counts at the articles, and what mends, answers and
// explains them.

export async function queriesOf(issue, studio) {
  const answer = await studio.ask(`/api/issues/${issue}/findings`);
  return answer.ok ? answer.json() : { findings: [], summary: '', errors: 0, answers: [] };
}

function made(tag, text, className = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

function button(text, label, press) {
  const element = made('button', text, 'quiet small');
  element.type = 'button';
  element.setAttribute('aria-label', label);
  element.addEventListener('click', async () => {
    element.disabled = true;
    try {
      await press();
    } finally {
      element.disabled = false;
    }
  });
  return element;
}

/** One finding as an item of a list; `words` has the texts of its buttons. */
export function itemOf(finding, words, { issue, studio, again, place, here = false }) {
  const item = document.createElement('li');
  item.className = finding.severity;
  if (finding.where && !here) item.append(made('p', finding.where, 'meta'));
  const what = document.createElement('p');
  what.append(made('strong', finding.message));
  item.append(what, made('p', finding.remedy, 'meta'));
  const told = finding.found || finding.message;
  const refused = made('div', '', 'refused');
  refused.dataset.refused = '';
  refused.setAttribute('role', 'alert');
  refused.tabIndex = -1;
  refused.hidden = true;
  const send = async (address, json) => {
    refused.hidden = true;
    try {
      if (await studio.follow(await studio.ask(address, { json }), item)) await again();
    } catch {
      studio.refuse([{ message: studio.text('failed'), remedy: '' }], item);
    }
  };
  const actions = document.createElement('div');
  actions.className = 'actions';
  if (place) actions.append(place(finding));
  if (finding.mends) {
    const { path, line } = finding;
    actions.append(button(words.mend, `${words.mend}: ${told}`, () => send(`/api/issues/${issue}/mending`, { path, line })));
  }
  for (const name of ['accept', 'know']) {
    if (!finding[name]) continue;
    actions.append(button(words[name], `${words[name]}: ${told}`,
      () => send(`/api/issues/${issue}/answers`, { [name]: finding[name] })));
  }
  if (actions.children.length) item.append(actions, refused);
  item.append(explanation(finding, words));
  return item;
}

/** What the guide says of a finding, opened in place. */
function explanation(finding, words) {
  const details = document.createElement('details');
  details.className = 'explained';
  const summary = made('summary', words.explain);
  summary.append(made('span', `: ${finding.message}`, 'unseen'));
  details.append(summary, ...finding.explained.map((text) => made('p', text)));
  details.append(made('p', finding.code, 'meta code'));
  return details;
}

/** The answers that were given, each to be taken back. */
export function answersOf(answers, words, { issue, studio, again }) {
  if (!answers.length) return null;
  const details = document.createElement('details');
  details.className = 'more answers';
  const list = document.createElement('ul');
  list.className = 'plain';
  for (const each of answers) {
    const item = document.createElement('li');
    item.append(made('span', each), button(words.askAgain, `${words.askAgain}: ${each}`, async () => {
      try {
        const answer = await studio.ask(`/api/issues/${issue}/answers`, { json: { ask_again: each } });
        if (await studio.follow(answer)) await again();
      } catch {
        studio.refuse([{ message: studio.text('failed'), remedy: '' }]);
      }
    }));
    list.append(item);
  }
  details.append(made('summary', words.answered.replace('{count}', answers.length)), list);
  return details;
}

/** Findings in groups, by where they are, in the order in which they come. */
function groups(findings) {
  const found = new Map();
  for (const finding of findings) {
    const name = finding.where || '';
    found.set(name, [...(found.get(name) ?? []), finding]);
  }
  return found;
}

export function start(section, studio) {
  const [, , , issue] = section.dataset.findings.split('/');
  const words = section.dataset;

  async function show() {
    const { findings, summary, mends, unset, answers } = await queriesOf(issue, studio);
    await studio.released();
    if (!section.isConnected) return;
    const isOpen = section.querySelector('.answers')?.open;
    section.querySelectorAll(':scope > :not(h2)').forEach((each) => each.remove());
    const told = made('p', findings.length ? summary : words.none);
    told.dataset.summary = '';
    told.setAttribute('role', 'status');
    section.append(told);
    if (mends) {
      const actions = document.createElement('div');
      actions.className = 'actions';
      const fix = made('button', words.fix, 'quiet');
      fix.type = 'button';
      fix.dataset.post = `/api/issues/${issue}/mending`;
      actions.append(fix);
      section.append(actions);
    }
    if (unset) section.append(made('p', unset, 'hint'));
    const place = (finding) => {
      const link = made('a', words.there);
      const other = /\/issue\.([A-Za-z-]+)\.yaml$/.exec(finding.path ?? '')?.[1];
      if (other) link.href = `/issues/${issue}/texts/${other}`;
      else link.href = finding.article
        ? `/issues/${issue}/articles/${encodeURIComponent(finding.article)}?line=${finding.line ?? ''}`
        : { 'issues/publication.yaml': '/publication', 'issues/house.yaml': '/house' }[finding.path] ?? `/issues/${issue}`;
      link.setAttribute('aria-label', `${words.there}: ${finding.message}`);
      return link;
    };
    for (const [name, own] of groups(findings)) {
      const head = made('h3', name);
      head.append(' ', counted(own));
      const list = document.createElement('ul');
      list.className = 'findings';
      list.append(...own.map((finding) => itemOf(finding, words, { issue, studio, again: show, place, here: true })));
      section.append(...(name ? [head] : []), list);
    }
    const given = answersOf(answers, words, { issue, studio, again: show });
    if (given) {
      given.open = Boolean(isOpen);
      section.append(given);
    }
    count(findings);
  }

  function counted(own) {
    const errors = own.filter((finding) => finding.severity === 'error').length;
    const shown = made('span', own.length, errors ? 'count error' : 'count');
    shown.append(made('span', ` ${own[0].word}: ${own.length}`, 'unseen'));
    return shown;
  }

  function count(findings) {
    for (const place of document.querySelectorAll('[data-count-for]')) {
      const own = findings.filter((finding) => finding.article === place.dataset.countFor);
      place.replaceChildren(...(own.length ? [counted(own)] : []));
    }
  }

  show();
}
