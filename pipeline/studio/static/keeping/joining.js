// A new tab is let in by an open one. What tabs say to one another every page of this address hears, also one that
// another program left open which had this port before: so each shows that it knows a sign, without saying it, and
// the secret is sealed with it.

import { sealOf, textOf } from './sealing.js';

const CHANNEL = 'bulletin-studio-key';

/** Milliseconds after which it is asked again, and given up where no tab is open. */
const PATIENCE = 700;

/** Milliseconds for which a tab that is open is waited for: it, or the studio, may have much to do. */
const LONGEST = 15000;

/** Of what this page tells that it is open. */
const own = new Set();

async function hashOf(...texts) {
  return textOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(texts.join(' ')))));
}

/** The lock that each page holds which is open and knows a sign: it needs no time of the page to be seen. */
async function lockOf(sign) { return `${CHANNEL}:${await hashOf('open', sign)}`; }

/** Tell that this page is open, as long as it is. */
async function tellOpen(sign) {
  const lock = await lockOf(sign);
  own.add(lock);
  navigator.locks.request(lock, { mode: 'shared' }, () => new Promise(() => {}));
}

/** Whether another page is open that knows a sign. */
async function isOpen(sign) {
  const lock = await lockOf(sign);
  return !own.has(lock) && (await navigator.locks.query()).held.some(({ name }) => name === lock);
}

/** Ask the other tabs of this browser for a secret of our own; empty where none knows the sign. */
export async function keyFromAnotherTab(sign) {
  const once = crypto.randomUUID();
  const seal = await sealOf(await hashOf('seal', once, sign));
  const proof = await hashOf('proof', once, sign);
  const channel = new BroadcastChannel(CHANNEL);
  const given = new Promise((give) => {
    channel.onmessage = async ({ data }) => {
      const key = data.to === once ? await seal.opened(data.sealed) : null;
      if (key) give(key);
    };
  });
  const end = performance.now() + LONGEST;
  let key = '';
  do {
    // Again and again: one that was asked may show another view before it has answered.
    channel.postMessage({ once, proof });
    key = await Promise.race([given, new Promise((over) => { setTimeout(over, PATIENCE, ''); })]);
  } while (!key && performance.now() < end && await isOpen(sign));
  channel.close();
  return key;
}

/** Give a secret to tabs that know one of our signs. */
export function answerOtherTabs(signs, newKey) {
  const channel = new BroadcastChannel(CHANNEL);
  const answered = new Set();
  const [run] = signs();
  if (run) tellOpen(run);
  channel.onmessage = async ({ data: { once, proof } }) => {
    if (!once || answered.has(once)) return;
    for (const sign of signs().filter(Boolean)) {
      if (proof !== await hashOf('proof', once, sign)) continue;
      if (answered.has(once)) return;
      answered.add(once);
      const key = await newKey().catch(() => '');
      const seal = await sealOf(await hashOf('seal', once, sign));
      if (key) channel.postMessage({ to: once, sealed: await seal.closed(key) });
      else answered.delete(once);
    }
  };
}
