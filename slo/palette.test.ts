import { expect, it } from 'vitest';
import { seenApart } from './colour-sight.ts';
import { palette } from './palette.ts';

it('every two colours look different, to colour-blind people too (ΔE over 15)', () => {
  const colours = Object.entries(palette);
  for (const [index, [one, oneHex]] of colours.entries()) {
    for (const [other, otherHex] of colours.slice(index + 1)) {
      expect(seenApart(oneHex, otherHex), `${one} and ${other}`).toBeGreaterThan(15);
    }
  }
});
