// What there is to look at: errors and questions with their counts at the articles, and what answers them.

export async function queriesOf(issue, studio) {
  const answer = await studio.ask(`/api/issues/${issue}/findings`);
  return answer.ok ? answer.json() : { findings: [], summary: '', errors: 0 };
}

/** One finding as an item of a list; `words` has the texts of its buttons. */
export function itemOf(finding, words, { issue, studio, again, place, here = false }) {
  const item = document.createElement('li');
  item.className = finding.severity;
  const what = document.createElement('p');
  const strong = document.createElement('strong');
  strong.textContent = finding.message;
  what.append(strong);
  if (finding.where && !here) {
    const named = document.createElement('p');
    named.className = 'meta';
    named.textContent = finding.where;
    item.append(named);
  }
  const remedy = document.createElement('p');
  remedy.className = 'meta';
  remedy.textContent = finding.remedy;
  item.append(what, remedy);
  const actions = document.createElement('div');
  actions.className = 'actions';
  if (place) actions.append(place(finding));
  for (const [name, text] of [['accept', words.accept], ['know', words.know]]) {
    if (!finding[name]) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet small';
    button.textContent = text;
    button.setAttribute('aria-label', `${text}: ${finding.found || finding[name]}`);
    button.addEventListener('click', async () => {
      button.disabled = true;
      const done = await studio.follow(await studio.ask(`/api/issues/${issue}/answers`, { json: { [name]: finding[name] } }));
      if (done) await again();
    });
    actions.append(button);
  }
  if (actions.children.length) item.append(actions);
  return item;
}

export function start(section, studio) {
  const [, , , issue] = section.dataset.findings.split('/');
  const words = section.dataset;

  async function show() {
    const { findings, summary, mends } = await queriesOf(issue, studio);
    section.querySelectorAll('[data-waiting], ul, .actions, [data-summary]').forEach((each) => each.remove());
    const told = document.createElement('p');
    told.dataset.summary = '';
    told.setAttribute('role', 'status');
    told.textContent = findings.length ? summary : words.none;
    const list = document.createElement('ul');
    list.className = 'findings';
    const place = (finding) => {
      const link = document.createElement('a');
      link.href = finding.article
        ? `/issues/${issue}/articles/${encodeURIComponent(finding.article)}?line=${finding.line ?? ''}`
        : { 'issues/publication.yaml': '/publication', 'issues/house.yaml': '/house' }[finding.path] ?? `/issues/${issue}`;
      link.textContent = words.there;
      link.setAttribute('aria-label', `${words.there}: ${finding.message}`);
      return link;
    };
    for (const finding of findings) {
      list.append(itemOf(finding, words, { issue, studio, again: show, place }));
    }
    section.append(told);
    if (mends) {
      const actions = document.createElement('div');
      actions.className = 'actions';
      const fix = document.createElement('button');
      fix.type = 'button';
      fix.className = 'quiet';
      fix.textContent = words.fix;
      fix.dataset.post = `/api/issues/${issue}/mending`;
      actions.append(fix);
      section.append(actions);
    }
    if (findings.length) section.append(list);
    count(findings);
  }

  function count(findings) {
    for (const place of document.querySelectorAll('[data-count-for]')) {
      const own = findings.filter((finding) => finding.article === place.dataset.countFor);
      const errors = own.filter((finding) => finding.severity === 'error').length;
      place.replaceChildren();
      if (!own.length) continue;
      const shown = document.createElement('span');
      shown.className = errors ? 'count error' : 'count';
      shown.textContent = own.length;
      const what = document.createElement('span');
      what.className = 'unseen';
      what.textContent = ` ${own[0].word}: ${own.length}`;
      place.append(shown, what);
    }
  }

  show();
}
