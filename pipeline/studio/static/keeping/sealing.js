// What others may come to read is sealed: what this browser keeps, and what its tabs tell one another.

const CIPHER = 'AES-GCM';
const NONCE = 12;

const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Seals what is kept, and opens what was sealed with the same key; null where it was not. */
export async function sealOf(secret) {
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), CIPHER, false, ['encrypt', 'decrypt']);
  return {
    async closed(change) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      const data = await crypto.subtle.encrypt({ name: CIPHER, iv }, key, new TextEncoder().encode(JSON.stringify(change)));
      return `${textOf(iv)} ${textOf(new Uint8Array(data))}`;
    },
    async opened(sealed) {
      try {
        const [iv, data] = sealed.split(' ').map(bytesOf);
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: CIPHER, iv }, key, data)));
      } catch {
        return null;
      }
    },
  };
}
