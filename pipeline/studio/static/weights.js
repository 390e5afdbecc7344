// What “automatic” means now: which weight the program gives an article.

/** By the file of each article, the words of that choice; none where they are not known. */
export async function automaticWeights(issue, studio) {
  try {
    const answer = await studio.ask(`/api/issues/${issue}/weights`, { signal: studio.asLongAsShown() });
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

/** Say it in the choice itself. */
export function sayWeight(select, words) {
  const option = select?.querySelector('option[value=""]');
  if (!option) return;
  option.dataset.plain ??= option.text;
  option.text = words ?? option.dataset.plain;
}
