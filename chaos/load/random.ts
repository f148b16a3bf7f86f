/**
 * A stream of uniform numbers in [0, 1), the same for the same words: sfc32 seeded through splitmix32.
 * Streams of different words (seed, purpose, arrival …) are independent, so that one more draw here shifts nothing there.
 */
export function randomStream(...words: readonly number[]): () => number {
  const next = splitmix32(words);
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) draw();
  return draw;
}

/** A whole number for a word, from a string (FNV-1a). */
export function wordOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Fisher–Yates on a copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

function splitmix32(words: readonly number[]): () => number {
  let state = 0;
  const draw = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  for (const word of words) {
    state = draw() ^ (word | 0);
    // A seed may be wider than 32 bits.
    state = draw() ^ Math.trunc(word / 2 ** 32);
  }
  return draw;
}
