// A new tab is let in by an open one. What tabs say to one another every page of this address hears, also one that
// another program left open which had this port before: so each shows that it knows a sign, without saying it, and
// the secret is sealed with it.

import { sealOf, textOf } from './sealing.js';

const CHANNEL = 'bulletin-studio-key';
const PATIENCE = 700;

async function hashOf(...texts) {
  return textOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(texts.join(' ')))));
}

/** Ask the other tabs of this browser for a secret of our own; empty where none knows the sign. */
export async function keyFromAnotherTab(sign) {
  const once = crypto.randomUUID();
  const seal = await sealOf(await hashOf('seal', once, sign));
  const proof = await hashOf('proof', once, sign);
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    const given = (key) => { channel.close(); resolve(key); };
    channel.onmessage = async ({ data }) => {
      const key = data.to === once ? await seal.opened(data.sealed) : null;
      if (key) given(key);
    };
    channel.postMessage({ once, proof });
    setTimeout(() => given(''), PATIENCE);
  });
}

/** Give a secret to tabs that know one of our signs. */
export function answerOtherTabs(signs, newKey) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data: { once, proof } }) => {
    if (!once) return;
    for (const sign of signs().filter(Boolean)) {
      if (proof !== await hashOf('proof', once, sign)) continue;
      const key = await newKey();
      const seal = await sealOf(await hashOf('seal', once, sign));
      if (key) channel.postMessage({ to: once, sealed: await seal.closed(key) });
    }
  };
}
