import { randomStream, shuffled } from '../load/random.ts';
import type { Cell } from './cell.ts';

/** Pure: cells without end, each of them once before any comes again, each round with a seed of its own. */
export function* inSeededOrder(cells: readonly Cell[], seed: number): Generator<Cell> {
  for (let round = 0; ; round += 1) {
    for (const cell of shuffled(cells, randomStream(seed, round))) yield { ...cell, seed: seed + round };
  }
}
