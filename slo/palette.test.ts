import { expect, it } from 'vitest';
import { seenApart } from './colour-sight.ts';
import { palette, paletteDark } from './palette.ts';

it.each([
  ['light', palette],
  ['dark', paletteDark],
])('every two colours look different on %s paper, to colour-blind people too (ΔE over 15)', (_paper, set) => {
  const colours = Object.entries(set);
  for (const [index, [one, oneHex]] of colours.entries()) {
    for (const [other, otherHex] of colours.slice(index + 1)) {
      expect(seenApart(oneHex, otherHex), `${one} and ${other}`).toBeGreaterThan(15);
    }
  }
});
