// A conflict: what one wrote and what somebody else wrote, side by side; for each place one is chosen.

/** Show the places where both differ. */
export function showSides(panel, parts, studio) {
  const list = panel.querySelector('[data-parts]');
  list.replaceChildren();
  parts.forEach((part, number) => {
    if (!part.is_conflict) return;
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
      text.textContent = part[`${side}Read`] || '–';
      label.append(field, head, text);
      choice.append(label);
    }
    list.append(choice);
  });
  panel.hidden = false;
  panel.focus();
}

/** The text as it was chosen; null where a place is still to be chosen, which is then in focus. */
export function chosenText(panel, parts) {
  const chosen = parts.map((part, number) => {
    if (!part.is_conflict) return part.ours;
    const field = panel.querySelector(`[name="part-${number}"]:checked`);
    return field ? part[field.value] : null;
  });
  if (!chosen.includes(null)) return chosen.join('');
  panel.querySelector('fieldset:not(:has(:checked)) input')?.focus();
  return null;
}
