// What the page carries compressed: LZMA without a head (https://www.7-zip.org/sdk.html), of lc=3, lp=0, pb=0.
const PROBABILITIES = 2048; // of this many parts; each begins in the middle
const SPEED = 5; // how fast they learn
const REFILL = 0x1000000;

const untold = (count) => new Uint16Array(count).fill(PROBABILITIES / 2);

// The range coder: reads bits, each by how probable it was so far.
class Coder {
  constructor(input) {
    this.input = input;
    this.at = 5; // after a zero and the first four bytes
    this.range = -1; // as a whole number of 32 bits without a sign, which engines reckon with fastest
    this.code = new DataView(input.buffer, input.byteOffset).getInt32(1);
  }

  bit(probabilities, index) {
    const probability = probabilities[index];
    const bound = Math.imul(this.range >>> 11, probability) >>> 0;
    if (this.code >>> 0 < bound) {
      this.range = bound | 0;
      probabilities[index] = probability + ((PROBABILITIES - probability) >> SPEED);
      if (bound < REFILL) this.refill();
      return 0;
    }
    this.range = (this.range - bound) | 0;
    this.code = (this.code - bound) | 0;
    probabilities[index] = probability - (probability >> SPEED);
    if (this.range >>> 0 < REFILL) this.refill();
    return 1;
  }

  refill() {
    this.range <<= 8;
    this.code = (this.code << 8) | this.input[this.at];
    this.at += 1;
  }

  // A number of so many bits: the first one first, or last.
  number(probabilities, bits, offset = 0) {
    let node = 1;
    for (let count = 0; count < bits; count += 1) node = (node << 1) | this.bit(probabilities, offset + node);
    return node - (1 << bits);
  }

  reversed(probabilities, bits, offset = 0) {
    let [node, value] = [1, 0];
    for (let place = 0; place < bits; place += 1) {
      const bit = this.bit(probabilities, offset + node);
      node = (node << 1) | bit;
      value |= bit << place;
    }
    return value;
  }

  // A number of so many bits, all as probable.
  even(bits) {
    let value = 0;
    for (let count = 0; count < bits; count += 1) {
      this.range = (this.range >>> 1) | 0;
      const one = this.code >>> 0 >= this.range;
      if (one) this.code = (this.code - this.range) | 0;
      value = (value << 1) | one;
      if (this.range < REFILL) this.refill();
    }
    return value;
  }
}

// How long what is repeated is.
class Lengths {
  constructor() {
    Object.assign(this, { which: untold(2), short: untold(8), middle: untold(8), long: untold(256) });
  }

  read(coder) {
    if (!coder.bit(this.which, 0)) return 2 + coder.number(this.short, 3);
    if (!coder.bit(this.which, 1)) return 10 + coder.number(this.middle, 3);
    return 18 + coder.number(this.long, 8);
  }
}

// How far back what is repeated stands, by how long it is.
class Distances {
  constructor() {
    Object.assign(this, { slots: untold(4 * 64), near: untold(128), far: untold(16) });
  }

  read(coder, length) {
    const slot = coder.number(this.slots, 6, Math.min(length - 2, 3) * 64);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const from = (2 + (slot & 1)) << bits;
    if (slot < 14) return from + coder.reversed(this.near, bits, from - slot);
    return from + (coder.even(bits - 4) << 4) + coder.reversed(this.far, 4);
  }
}

class Unpacking {
  constructor(input, length) {
    Object.assign(this, { coder: new Coder(input), out: new Uint8Array(length), at: 0, state: 0, back: [0, 0, 0, 0] });
    Object.assign(this, { letters: untold(0x300 * 8), repeats: untold(12), again: untold(12), long: untold(12) });
    Object.assign(this, { first: untold(12), second: untold(12), third: untold(12) });
    Object.assign(this, { fresh: new Lengths(), known: new Lengths(), distances: new Distances() });
  }

  all() {
    const { coder, out } = this;
    while (this.at < out.length) {
      if (!coder.bit(this.repeats, this.state)) this.letter();
      else this.copy(coder.bit(this.again, this.state) ? this.sameDistance() : this.newDistance());
    }
    return out;
  }

  letter() {
    const { coder, out, letters, at, state } = this;
    const context = 0x300 * (at ? out[at - 1] >> 5 : 0);
    let node = 1;
    let expected = state >= 7 ? out[at - this.back[0] - 1] : -1; // the letter after what was repeated, as long as it fits
    while (node < 0x100) {
      if (expected < 0) {
        node = (node << 1) | coder.bit(letters, context + node);
        continue;
      }
      const guess = (expected >> 7) & 1;
      const bit = coder.bit(letters, context + 0x100 * (1 + guess) + node);
      node = (node << 1) | bit;
      expected = bit === guess ? (expected << 1) & 0xff : -1;
    }
    out[at] = node;
    this.at += 1;
    this.state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
  }

  newDistance() {
    const length = this.fresh.read(this.coder);
    this.back = [this.distances.read(this.coder, length), ...this.back.slice(0, 3)];
    this.state = this.state < 7 ? 7 : 10;
    return length;
  }

  // One of the last four distances, which becomes the last one.
  sameDistance() {
    const { coder, state } = this;
    if (!coder.bit(this.first, state)) {
      if (!coder.bit(this.long, state)) {
        this.state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const which = coder.bit(this.second, state) ? 2 + coder.bit(this.third, state) : 1;
      this.back.unshift(...this.back.splice(which, 1));
    }
    this.state = state < 7 ? 8 : 11;
    return this.known.read(coder);
  }

  copy(length) {
    const { out, at } = this;
    const from = at - this.back[0] - 1;
    for (let place = 0; place < length; place += 1) out[at + place] = out[from + place];
    this.at += length;
  }
}

// The bytes, so many, that a text of the page in base64 holds.
export function unpacked(text, length) {
  return new Unpacking(
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
    length,
  ).all();
}
