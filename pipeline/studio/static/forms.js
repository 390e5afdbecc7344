// Forms: what is said of a colour beside its field, and warnings before something unsaved is left.

export function start(form) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  for (const field of form.querySelectorAll('input[type=color]')) {
    const shown = document.createElement('output');
    shown.htmlFor = field.id;
    // A colour that nobody has chosen is not sent, though the browser shows one.
    const tell = () => { shown.textContent = field.name ? field.value.toUpperCase() : field.dataset.unset; };
    field.after(shown);
    field.addEventListener('input', () => {
      field.name ||= field.dataset.name;
      tell();
    });
    tell();
  }
}
