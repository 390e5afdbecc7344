// What was typed and is not saved yet is kept in this browser until it is: a tab that crashes, or a studio that was
// ended, loses no word. Each page that is open has a place of its own, held by a lock that ends with the page.
//
// Once the studio has ended, any program of this machine may listen on its port, and read and write what browsers
// keep for it. So what is kept is sealed with a key that the studio of this workspace alone gives to its own pages.

import { sealOf } from './sealing.js';

const KEY = 'bulletin-unsaved';
/** The places of an article that no open page holds. */
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
export async function unsavedOf({ place: name, key }) {
  const seal = await sealOf(key);
  const article = `${KEY}:${name}`;
  const place = `${article}#${crypto.randomUUID()}`;
  navigator.locks.request(place, () => new Promise(() => {}));
  let asked = 0;
  let done = 0;

  return {
    async keep(change) {
      asked += 1;
      const mine = asked;
      try {
        const sealed = await seal.closed(change);
        // Meanwhile something newer was kept, or all was saved.
        if (mine < done) return;
        done = mine;
        localStorage.setItem(place, sealed);
      } catch {
        // The browser keeps nothing for us, or no more: what is typed still stands on the page.
      }
    },
    forget() {
      asked += 1;
      done = asked;
      localStorage.removeItem(place);
    },

    /** What an earlier page did not come to save, the first one first; the others wait for the next page. */
    async takeOver() {
      try {
        const places = await abandoned(article);
        const changes = await Promise.all(places.map(async (each) => [each, await seal.opened(localStorage.getItem(each))]));
        const [first] = changes.filter(([, change]) => change).sort(([, one], [, other]) => one.at - other.at);
        if (!first) return null;
        const [left, change] = first;
        localStorage.setItem(place, localStorage.getItem(left));
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
