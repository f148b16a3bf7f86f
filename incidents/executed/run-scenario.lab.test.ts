import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { labDown } from '@firedrill/lab';
import { sharedLab } from '@firedrill/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TranscriptEvent } from '../runbook/transcript.ts';
import { runScenario, type ScenarioResult } from './run-scenario.ts';
import { nameOf } from './scenario.ts';
import { scenarios } from './scenarios.ts';

let out: string;
beforeAll(async () => {
  // A new one: tickets of what files before broke would fire in the control.
  await labDown({ level: 1 });
  await sharedLab(1);
  out = mkdtempSync(join(tmpdir(), 'firedrill-executed-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** On the shared lab, which the run finds and leaves. Where nobody is to be served again there is little to wait for. */
async function execute(name: string): Promise<ScenarioResult> {
  const scenario = scenarios.find((one) => nameOf(one) === name);
  if (scenario === undefined) throw new FiredrillError('usage', `there is no scenario ${name}`);
  return runScenario({ ...scenario, controlMs: 15_000 }, 1, out, 5_000);
}

/** A machine too busy to send requests in time makes a run inconclusive, and may leave more open than that: never an order. */
function problemsOf({ problems }: ScenarioResult): readonly string[] {
  const busy = problems.some((problem) => problem.startsWith('inconclusive load-quality'));
  return problems.filter((problem) => !(busy && /^inconclusive (?!integrity-)/.test(problem)));
}

const namesOf = (events: readonly TranscriptEvent[] = []) => events.map(({ type }) => type);

/** One that its runbook ends: incidents/drill/run-drill.lab.test.ts. */
describe('a page that its runbook answers', () => {
  it('CheckoutAvailability: no lever reaches the only database, so it degrades, tells and calls', async () => {
    const result = await execute('CheckoutAvailability × partition-primary@1');
    expect(problemsOf(result)).toEqual([]);
    expect(result.pulled).toEqual(['read-only on']);
    expect(result.transcript?.outcome).toBe('degraded');
    expect(namesOf(result.transcript?.events).slice(-3)).toEqual(['communicate', 'escalate', 'ended']);
  }, 600_000);
});
