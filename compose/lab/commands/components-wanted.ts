import type { ComponentName } from '@firedrill/provision';
import { levelByNumber } from '@firedrill/topology';
import { componentsOf } from '../wiring/wire-level.ts';

/** Pure: what a level runs, and Sloth, which makes its rules. */
export function componentsWanted(level: number): readonly ComponentName[] {
  return [...new Set<ComponentName>([...componentsOf(levelByNumber(level)), 'sloth'])];
}
