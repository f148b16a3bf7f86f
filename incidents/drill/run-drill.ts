import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hurtOf, readJournal, type Verdict } from '@firedrill/chaos';
import { commitOf, createProgress, interpret, openRunFolder, runId } from '@firedrill/chaos/engine';
import { FiredrillError } from '@firedrill/errors';
import { bootId, processEntry, thisCheckout } from '@firedrill/lab/control';
import { openLabPager } from '../lab-pager.ts';
import type { Transcript } from '../runbook/transcript.ts';
import { drillsIn, isUnderWay, sealedFolder } from './drill-folders.ts';
import { addEvent, readDrillJournal, whileAlone } from './drill-journal.ts';
import { drillPlan } from './drill-plan.ts';
import { DrillResponder } from './drill-responder.ts';
import type { DrillScenario } from './drill-scenario.ts';
import { type Begun, begunOf, type DrillEntry, type DrillEvent, type Seen } from './event.ts';
import { endIncidents, incidentsOfDrill } from './incidents-of-drill.ts';
import { breakOff, openLeftovers, openUp } from './open-up.ts';
import { type Score, scoreOf } from './score.ts';
import { sealedProgress } from './sealed-progress.ts';
import { howOf, seenOf } from './seen-of.ts';

export interface DrillRequest {
  readonly scenario: DrillScenario;
  readonly seed: number;
  readonly operator: Begun['operator'];
  readonly by: string;
  /** How long it may take once something may be broken, ms. */
  readonly limitMs: number;
  /** How long what was done must hold with the fault still in, ms; default as docs/drills.md says. */
  readonly holdMs?: number;
  /** Where the run's folder is when the drill is over. */
  readonly runs: string;
  /** Called when it has begun, with its id. */
  readonly onBegun?: (drill: string) => void;
}

export interface DrillResult {
  readonly drill: string;
  readonly folder: string;
  readonly events: readonly DrillEvent[];
  /** Absent where it was broken off. */
  readonly score: Score | undefined;
  /** Of its run; absent where there is none. */
  readonly verdict: Verdict | undefined;
  /** What the runbooks asked and did, where they played. */
  readonly transcripts: readonly Transcript[];
}

/**
 * Carries a drill out: users come, something happens or nothing, and whoever is on call plays until they say that it is over. What the
 * run writes is where no command looks for it until then.
 * @throws {FiredrillError} `lab-busy` while another drill is under way; what {@link interpret} throws, and then the drill is
 * broken off and lies beside the others.
 */
export async function runDrill(request: DrillRequest): Promise<DrillResult> {
  const { scenario, seed, operator, limitMs, holdMs, runs, onBegun } = request;
  const { plan, topology, target } = drillPlan(scenario, seed, limitMs);
  const sealed = sealedFolder();
  mkdirSync(sealed, { recursive: true, mode: 0o700 });
  const commit = await commitOf(thisCheckout);
  await openLeftovers(sealed, runs);
  const files = await whileAlone(sealed, async () => {
    refuseSecond(sealed);
    const made = openRunFolder(
      sealed,
      runId(new Date(), 'drill', scenario.level, seed),
      target.name,
      plan,
      commit,
    );
    await addEvent(made.folder, () => begunEntry(request, made.run));
    return made;
  });
  onBegun?.(files.run);
  const { folder } = files;
  const responder = new DrillResponder(folder, operator, holdMs);
  let verdict: Verdict | undefined;
  try {
    verdict = await interpret({
      plan,
      topology,
      target,
      files,
      keepLab: false,
      sealed: true,
      openPager: async (state) => {
        await responder.ready(state);
        return openLabPager(state);
      },
      progress: sealedProgress(createProgress()),
      responder,
    });
    const entry = await endOf(folder, verdict);
    endIncidents(await addEvent(folder, () => entry));
  } catch (error) {
    await breakOff(folder, error instanceof Error ? error.message : String(error));
    openUp(folder, runs);
    throw error;
  }
  const { transcripts } = responder;
  if (operator === 'runbook') {
    writeFileSync(join(folder, 'runbooks.json'), `${JSON.stringify(transcripts, null, 2)}\n`);
  }
  const opened = openUp(folder, runs);
  return { drill: files.run, ...opened, score: scoreOf(opened.events), verdict, transcripts };
}

function begunEntry({ scenario, seed, operator, by, limitMs }: DrillRequest, drill: string): DrillEntry {
  const self = processEntry(process.pid);
  if (self === undefined) throw new FiredrillError('platform-unsupported', 'a drill needs /proc');
  const { name, title, outcome, answers, levers, harmless = [] } = scenario;
  return {
    type: 'begun',
    ...{ drill, seed, level: scenario.level, operator, by, limitMs },
    key: {
      scenario: name,
      title,
      outcome,
      answers: answers.map(({ components, causes }) => ({
        components: [...components],
        causes: [...causes],
      })),
      levers: [...levers],
      harmless: [...harmless],
    },
    runner: { pid: self.pid, startTime: self.startTime },
    bootId: bootId(),
  };
}

/** @throws {FiredrillError} `lab-busy` */
function refuseSecond(sealed: string): void {
  const other = drillsIn(sealed).find(isUnderWay);
  if (other === undefined) return;
  const { by, at, level } = begunOf(other.events);
  throw new FiredrillError('lab-busy', `a drill of ${by} at level ${level} is under way since ${at}`, {
    fix: 'play along (`pnpm drill status`), or wait for its end',
  });
}

async function endOf(folder: string, verdict: Verdict): Promise<DrillEntry> {
  const drill = readDrillJournal(folder);
  if (verdict.abort !== undefined) {
    return { type: 'ended', how: 'broken-off', reason: verdict.abort.reason };
  }
  const seen = await look(folder, drill, verdict);
  if (seen.injectedAt === null && begunOf(drill).key.outcome !== 'left-alone') {
    const control = verdict.checks.find(({ name }) => name === 'control');
    const reason = control?.summary ?? 'the users were not served even before anything was broken';
    return { type: 'ended', how: 'broken-off', reason };
  }
  return { type: 'ended', how: howOf(drill, seen), seen };
}

async function look(folder: string, drill: readonly DrillEvent[], verdict: Verdict): Promise<Seen> {
  const run = await readJournal(join(folder, 'journal.jsonl'));
  const incidents = incidentsOfDrill(drill);
  return seenOf({ drill, run, verdict, hurt: await hurtOf(folder), incidents });
}
