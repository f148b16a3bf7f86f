import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '@firedrill/chaos';
import { createProgress, interpret, openRun } from '@firedrill/chaos/engine';
import { wordsOf } from '@firedrill/lab/levers';
import { openLabPager } from '../lab-pager.ts';
import type { Transcript } from '../runbook/transcript.ts';
import type { Outcome } from '../runbook/walk.ts';
import { RunbookResponder } from './runbook-responder.ts';
import { nameOf, type Scenario } from './scenario.ts';
import { planOf } from './scenario-plan.ts';

/** What a runbook made of a fault that stayed in. */
export interface ScenarioResult {
  readonly run: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** Absent when the page never came. */
  readonly transcript: Transcript | undefined;
  /** `pnpm lab …`, in the order in which they were pulled. */
  readonly pulled: readonly string[];
  /** All that is not as it must be; nothing: the runbook did what it is there for. */
  readonly problems: readonly string[];
}

/**
 * Injects the fault, lets the page be answered by its runbook, heals, and judges by the users' own requests.
 * @param holdMs how long what was done must hold with the fault still in; by default long enough to see that users are served.
 */
export async function runScenario(
  scenario: Scenario,
  seed: number,
  out: string,
  holdMs?: number,
): Promise<ScenarioResult> {
  const { plan, topology, target } = planOf(scenario, seed);
  const files = await openRun(out, { plan, target, name: `${scenario.alert}-${plan.experiment}` });
  const responder = new RunbookResponder(scenario.alert, holdMs);
  const progress = createProgress();
  const verdict = await interpret({
    plan,
    topology,
    target,
    files,
    keepLab: false,
    openPager: async (lab) => openLabPager(lab),
    progress,
    responder,
  });
  const { transcript } = responder;
  writeFileSync(join(files.folder, 'runbook.json'), `${JSON.stringify(transcript ?? null, null, 2)}\n`);
  const pulled = responder.pulled.map(wordsOf);
  return {
    run: files.run,
    name: nameOf(scenario),
    verdict,
    transcript,
    pulled,
    problems: problemsOf(scenario, verdict, transcript, pulled),
  };
}

/** Pure. */
export function problemsOf(
  { outcome, levers, broken = [] }: Scenario,
  { checks }: Pick<Verdict, 'checks'>,
  transcript: Transcript | undefined,
  pulled: readonly string[],
): readonly string[] {
  if (transcript === undefined) return ['the page did not come'];
  const names = pulled.map((words) => words.split(' ')[0]);
  return [
    ...(transcript.outcome === outcome ? [] : [`it ended ${transcript.outcome}, not ${outcome}`]),
    ...(names.join(' ') === levers.join(' ')
      ? []
      : [`pulled ${names.join(', ') || 'nothing'}, not ${levers.join(', ') || 'nothing'}`]),
    ...(outcome === 'recovered' ? [] : untold(transcript)),
    ...checks
      .filter(({ name, verdict }) => verdict !== 'pass' && !broken.includes(name))
      .map(({ name, verdict, summary }) => `${verdict} ${name}: ${summary}`),
  ];
}

/** Where no lever helps, somebody must be told, and somebody called. */
function untold({ events, outcome }: Transcript): readonly string[] {
  const types = new Set(events.map(({ type }) => type));
  const needed: readonly ('communicate' | 'escalate')[] =
    outcome === ('degraded' satisfies Outcome) ? ['communicate', 'escalate'] : ['escalate'];
  return needed.filter((type) => !types.has(type)).map((type) => `the runbook did not ${type}`);
}
