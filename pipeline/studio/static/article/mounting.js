// The editor of an article, loaded when it is needed, and what it asks of the studio.

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

/** Put the editor into the page; `settings` are its document, label, strings and what is told of changes. */
export async function mountEditor(mount, studio, { issue, language, accept, ...settings }) {
  await loadEditor();
  return window.BulletinEditor.mount(mount, {
    ...settings,
    language,
    api: {
      async uploadPicture(file) {
        const body = new FormData();
        body.append('files', file);
        const answer = await studio.ask(`/api/issues/${issue}/pictures`, { method: 'POST', body });
        if (!answer.ok) throw new Error((await answer.json()).findings?.[0]?.message);
        return answer.json();
      },
      pictureAddress: (source, width) => (
        studio.seen(`/api/issues/${issue}/pictures/${source.split('/').map(encodeURIComponent).join('/')}?width=${width || 800}`)),
      async spelling(texts) {
        return (await studio.ask('/api/spelling', { json: { language, texts } })).json();
      },
      async typography(text) {
        return (await studio.ask('/api/typography', { json: { language, text } })).json();
      },
      findings: { accept },
      confirm: (question, answer) => studio.confirmed(question, { textContent: answer }),
    },
  });
}
