import { levelByNumber, levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { componentsOf } from '../wiring/wire-level.ts';
import { componentsWanted } from './components-wanted.ts';

describe.each(levels.map(({ number }) => number))('what level %i wants', (level) => {
  it('is what it runs and the maker of its rules, each once', () => {
    const wanted = componentsWanted(level);
    expect(new Set(wanted)).toEqual(new Set([...componentsOf(levelByNumber(level)), 'sloth']));
    expect(wanted).toHaveLength(new Set(wanted).size);
  });
});
