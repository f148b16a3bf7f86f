import { seenApart } from '@firedrill/slo/colour-sight';
import { palette } from '@firedrill/slo/palette';
import { expect, test } from 'vitest';
import { colours } from './colours.ts';
import { faults } from './index.ts';

test('every fault has a colour of its own', () => {
  expect(faults.map(({ name }) => name)).toEqual(Object.keys(colours));
});

test('each looks different from every other and from the palette, to colour-blind people too (ΔE over 15)', () => {
  const named = Object.entries({ ...palette, ...colours });
  for (const [name, colour] of Object.entries(colours)) {
    for (const [other, otherColour] of named) {
      if (other !== name) expect(seenApart(colour, otherColour), `${name} and ${other}`).toBeGreaterThan(15);
    }
  }
});
