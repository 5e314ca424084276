// SHA-256 of bytes, at once and everywhere: crypto.subtle is missing on pages without a secure origin, and each of its
// answers takes a turn, where passages are looked for by the digest of every window of a text.
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const schedule = new Int32Array(64);
const right = (word, by) => (word >>> by) | (word << (32 - by));

function mix(state, bytes, at) {
  for (let i = 0; i < 16; i += 1) schedule[i] = bytes.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [near, far] = [schedule[i - 15], schedule[i - 2]];
    const low = right(near, 7) ^ right(near, 18) ^ (near >>> 3);
    const high = right(far, 17) ^ right(far, 19) ^ (far >>> 10);
    schedule[i] = (schedule[i - 16] + low + schedule[i - 7] + high) | 0;
  }
  let [a, b, c, d, e, f, g, last] = state;
  for (let i = 0; i < 64; i += 1) {
    const chosen = (e & f) ^ (~e & g);
    const one = (last + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + chosen + ROUNDS[i] + schedule[i]) | 0;
    const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    last = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  const next = [a, b, c, d, e, f, g, last];
  for (let i = 0; i < 8; i += 1) state[i] = (state[i] + next[i]) | 0;
}

// The digest of bytes, as 64 hexadecimal digits.
export function sha256(bytes) {
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Int32Array.from(START);
  for (let at = 0; at < padded.length; at += 64) mix(state, view, at);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
