import { createHash } from 'node:crypto';
import type { Clock } from '@firedrill/slo';
import { prepareRun } from '../engine/prepare-run.ts';
import type { Cell } from './cell.ts';
import type { Suite } from './suite.ts';
import type { Wanted } from './suite-result.ts';

export interface PlannedCell {
  readonly cell: Cell;
  /** How long its users come, and how long of it before the fault, s. */
  readonly loadSeconds: number;
  readonly controlSeconds: number;
  readonly wanted: Wanted;
}

export interface PlannedSuite {
  readonly name: string;
  /** `<name>-<8 hex of all its plans>`: what has changed begins anew, what has not goes on. */
  readonly key: string;
  readonly base: string;
  readonly cells: readonly PlannedCell[];
}

/**
 * Plans every cell before anything is started.
 * @throws {FiredrillError} with exit code 64, of the first cell that cannot be run.
 */
export async function planSuite(suite: Suite, clock: Clock): Promise<PlannedSuite> {
  const digest = createHash('sha256');
  const cells: PlannedCell[] = [];
  for (const cell of suite.cells) {
    const { plan } = await prepareRun({ ...cell, clock }, suite.base);
    digest.update(JSON.stringify(plan));
    cells.push({
      cell,
      loadSeconds: Math.round(plan.loadMs / 1000),
      controlSeconds: Math.round(plan.controlMs / 1000),
      // Where nobody watches nothing can pass.
      wanted: plan.blind.length > 0 ? 'inconclusive' : 'pass',
    });
  }
  return {
    name: suite.name,
    base: suite.base,
    key: `${suite.name}-${digest.digest('hex').slice(0, 8)}`,
    cells,
  };
}
