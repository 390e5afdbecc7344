// What is wrong with a fact stands at its field, in words, as long as it is wrong.

/** The field of the fact that stands at a place of the file, or the last one that begins above it. */
export function fieldAt(form, facts, { line, column }) {
  const above = Object.entries(facts)
    .filter(([, [onLine, at]]) => onLine < line || (onLine === line && at <= (column ?? Infinity)));
  const [name] = above.sort(([, one], [, other]) => one[0] - other[0] || one[1] - other[1]).at(-1) ?? [''];
  const named = [...form.elements].filter((field) => field.name && field.type !== 'hidden');
  // A fact may have several fields, and a field several values.
  for (let parts = name.split('.'); parts[0]; parts = parts.slice(0, -1)) {
    const path = parts.join('.');
    const field = named.find((each) => each.name === path || each.name.startsWith(`${path}.`));
    if (field) return field;
  }
  return null;
}

/** Show findings of facts at their fields, in place of those shown before. */
export function showAtFields(form, facts, findings) {
  form.querySelectorAll('[data-found]').forEach((each) => each.remove());
  for (const field of form.querySelectorAll('[data-faulty]')) {
    delete field.dataset.faulty;
    field.removeAttribute('aria-invalid');
    const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => !id.endsWith('-found'));
    if (others.join('')) field.setAttribute('aria-describedby', others.join(' '));
    else field.removeAttribute('aria-describedby');
  }
  for (const finding of findings) {
    const field = fieldAt(form, facts, finding);
    if (!field?.id) continue;
    const id = `${field.id}-found`;
    const shown = document.getElementById(id) ?? document.createElement('p');
    shown.id = id;
    shown.dataset.found = '';
    shown.className = finding.severity === 'error' ? 'fault' : 'hint';
    shown.textContent = [shown.textContent, `${finding.message}: ${finding.remedy}`].filter(Boolean).join(' ');
    field.closest('.field')?.append(shown);
    field.dataset.faulty = '';
    if (finding.severity === 'error') field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', [field.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  }
}
