import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '@firedrill/lab';
import { createControl } from '@firedrill/lab/control';
import { type Level, withFeed } from '@firedrill/topology';
import { collectEvidence } from '../evidence/collect-evidence.ts';
import type { Plan } from '../journal/event.ts';
import type { JournalEntry } from '../journal/journal-writer.ts';
import type { LoadClient } from '../load/load-client.ts';
import type { Verdict } from '../report/verdict.ts';
import type { Target } from '../target.ts';
import { conduct } from './conduct.ts';
import { FaultHand } from './fault-hand.ts';
import { watchInterrupts } from './interrupts.ts';
import type { OpenPager } from './lab-pager.ts';
import { loadClientOf } from './load-client-of.ts';
import type { Progress } from './progress.ts';
import { handBack } from './promoted-lab.ts';
import { raiseLab } from './raise-lab.ts';
import type { Responder } from './responder.ts';
import type { RunFolder } from './run-folder.ts';
import { Stop } from './stop.ts';
import { TellDashboards } from './tell-dashboards.ts';

export interface RunRequest {
  readonly plan: Plan;
  /** Of the level; what the plan wants of it besides is added. */
  readonly topology: Level;
  readonly target: Target;
  readonly files: RunFolder;
  /** Leave the lab up at the end. A lab that ran before the run is always left. */
  readonly keepLab: boolean;
  /** What its lab runs in. Default native. */
  readonly runtime?: LabState['runtime'];
  /** No surface of the lab tells what the run does until its end. Default false. */
  readonly sealed?: boolean;
  readonly openPager: OpenPager;
  readonly progress: Progress;
  readonly responder?: Responder;
}

/** Pure: the nodes whose disks a plan fills. */
const disksOf = ({ faults }: Plan): readonly string[] => [
  ...new Set(
    faults.flatMap(({ effects }) =>
      effects.flatMap(({ action }) => (action.kind === 'disk-fill' ? [action.node] : [])),
    ),
  ),
];

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The one part of the engine with effects: does what a plan says and leaves a run's folder with its verdict.
 *
 *     lab up → guardian → control → inject → watch → heal → drain → settle → evidence → check, report → teardown
 *
 * @throws {FiredrillError} when there is no verdict: the lab did not come up, or was stopped on its way.
 */
export async function interpret(request: RunRequest): Promise<Verdict> {
  const { plan, target, files, progress, keepLab, openPager, responder, sealed = false } = request;
  const topology = withFeed(request.topology, plan.feed);
  const { run, folder, journal } = files;
  const stop = new Stop();
  const endWatch = watchInterrupts(stop);
  // A journal that cannot be written ends the run, but never its heal and its teardown.
  let broken: unknown;
  const record = (entry: JournalEntry): void => {
    try {
      journal.append(entry);
    } catch (error) {
      broken ??= error;
      stop.ask(`the journal cannot be written: ${message(error)}`);
    }
  };
  // Its plots take long to load: while a lab comes up, and not before its start.
  let report: Promise<typeof import('../report/write-report.ts')> | undefined;
  const loadReport = (): NonNullable<typeof report> => {
    report ??= import('../report/write-report.ts');
    report.catch(() => {});
    return report;
  };
  let client: LoadClient | undefined;
  const clientOn = (lab: LabState): LoadClient => {
    client ??= loadClientOf({ run, plan, topology, target, lab, folder });
    return client;
  };
  try {
    progress.phase('lab', `level ${plan.level}: ${topology.title}`);
    const raised = await raiseLab({
      level: plan.level,
      clock: plan.clock,
      disks: disksOf(plan),
      runtime: request.runtime ?? 'native',
      timers: plan.timers,
      feed: plan.feed,
      run,
      keepLab,
      sealed,
      logPath: join(folder, 'guardian.jsonl'),
      progress,
      stop,
      onPrepared: (lab) => {
        clientOn(lab);
        void loadReport();
      },
    });
    const { started, tookMs, guardian, ownsLab } = raised;
    const lab = await handBack(topology, raised.state, (text) => progress.note(text));
    record({ type: 'lab-ready', labId: lab.labId, started, tookMs, startedAt: lab.startedAt });
    const took = started ? `up in ${(tookMs / 1000).toFixed(1)} s` : 'was up';
    progress.note(`lab ${lab.labId} ${took}, guardian ${guardian.pid}`);
    const hand = new FaultHand({ guardian, control: createControl(lab), home: lab.home, record, stop });

    let torn: Promise<void> | undefined;
    const tearDown = (): Promise<void> => {
      if (torn === undefined) record({ type: 'phase', phase: 'teardown' });
      torn ??= hand.finish(ownsLab).catch((error: unknown) => {
        // The verdict stands, whatever happens to the lab.
        progress.note(`teardown failed: ${message(error)}; run \`pnpm lab down --level ${plan.level}\``);
        record({ type: 'problem', code: 'teardown', message: message(error) });
      });
      return torn;
    };

    try {
      const window = await conduct({
        run,
        plan,
        topology,
        target,
        lab,
        hand,
        client: clientOn(lab),
        dashboards: new TellDashboards(clientOn(lab), sealed),
        openPager,
        folder,
        record,
        progress,
        stop,
        ...(responder === undefined ? {} : { responder }),
      });
      if (!stop.hurried) {
        record({ type: 'phase', phase: 'evidence' });
        progress.phase('evidence', 'every query with its raw answer');
        const { pieces, missing } = await collectEvidence({ lab, runDir: folder, plan, window, target });
        record({ type: 'evidence', pieces: ['audit-before', ...pieces] });
        for (const { piece, problem } of missing) progress.note(`evidence missing: ${piece}: ${problem}`);
      }
      record({ type: 'phase', phase: 'check' });
      if (broken !== undefined) throw broken;
      progress.phase('check', ownsLab ? 'and the lab goes down' : 'the lab stays up');
      const { writeReport } = await loadReport();
      const [verdict] = await Promise.all([writeReport(folder), tearDown()]);
      record({ type: 'finished', phase: 'check' });
      return verdict;
    } finally {
      await tearDown();
    }
  } catch (error) {
    record({
      type: 'problem',
      code: error instanceof FiredrillError ? error.code : 'internal',
      message: message(error),
    });
    record({ type: 'finished', phase: 'aborted' });
    throw error;
  } finally {
    client?.kill();
    endWatch();
    progress.end();
    journal.close();
  }
}
