// What was typed and is not saved yet is kept in this browser until it is: a tab that crashes, or a studio that was
// ended, loses no word. Each page that is open has a place of its own, held by a lock that ends with the page.

const KEY = 'bulletin-unsaved';

/** The places of an article that no open page holds, with what lies there. */
async function abandoned(article) {
  const found = [];
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(`${article}#`)) continue;
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) found.push(name);
    });
  }
  return found;
}

/** Keep what is typed into an article until it is saved. */
export function unsavedOf(issue, name) {
  const article = `${KEY}:${issue}/${name}`;
  const place = `${article}#${crypto.randomUUID()}`;
  navigator.locks.request(place, () => new Promise(() => {}));

  return {
    keep(change) {
      try {
        localStorage.setItem(place, JSON.stringify(change));
      } catch {
        // The browser keeps nothing for us, or no more: what is typed still stands on the page.
      }
    },
    forget() { localStorage.removeItem(place); },

    /** What an earlier page did not come to save, the first one first; the others wait for the next page. */
    async takeOver() {
      try {
        const places = await abandoned(article);
        const changes = places.map((each) => [each, JSON.parse(localStorage.getItem(each))]).filter(([, change]) => change);
        const [first] = changes.sort(([, one], [, other]) => one.at - other.at);
        if (!first) return null;
        const [left, change] = first;
        localStorage.setItem(place, JSON.stringify(change));
        localStorage.removeItem(left);
        return change;
      } catch {
        return null;
      }
    },
  };
}

const WORDS = new Set(['paragraph', 'heading', 'code_block']);
const BLOCKS = new Set(['blockquote', 'bullet_list', 'ordered_list', 'list_item']);

const isBlank = (block) => (WORDS.has(block.type) ? !block.content?.length
  : BLOCKS.has(block.type) && (block.content ?? []).every(isBlank));

/** A document without the blocks in which nothing is written yet: no file holds them, and they stay on the screen. */
export function withoutBlanks(whole) {
  if (!whole.content) return whole;
  // An item is kept beside others: it has its number.
  const isList = whole.type.endsWith('_list');
  const kept = BLOCKS.has(whole.type) || whole.type === 'doc' ? whole.content.filter((each) => isList || !isBlank(each)) : whole.content;
  return { ...whole, content: kept.map(withoutBlanks) };
}
