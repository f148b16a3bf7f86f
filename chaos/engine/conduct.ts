import { FiredrillError } from '@firedrill/errors';
import { auditSourceOf } from '../evidence/audit-piece.ts';
import { collectBaseline } from '../evidence/collect-baseline.ts';
import type { EvidenceWindow } from '../evidence/evidence-window.ts';
import type { AlertWatch } from './alert-watch.ts';
import { alertWatchOf } from './alert-watch-of.ts';
import { PageAnswer } from './answer-page.ts';
import { awaitFormerLeaders } from './await-former-leaders.ts';
import { awaitQuiet, awaitRecovery } from './await-pages.ts';
import type { ConductOptions } from './conduct-options.ts';
import { refuseSickControl } from './control-health.ts';
import { enterPhase } from './enter-phase.ts';
import { FaultTimeline } from './fault-timeline.ts';
import { FaultWitnesses } from './fault-witnesses.ts';
import { followPager } from './follow-pager.ts';
import { Guards } from './guards.ts';
import type { LoadClock } from './load-clock.ts';
import { LoadSession } from './load-session.ts';
import { settleBooks } from './settle.ts';
import { tellSilences } from './tell-silences.ts';
import { unlessStopped } from './unless-stopped.ts';

/** How long before the fault the witness measures the whole system. */
const witnessLeadMs = 4000;
/** An expired hold, then a sweep. */
const settlePatienceMs = 40_000;
/** As long as a heal gives a server to find its place. */
const rejoinPatienceMs = 120_000;

/**
 * Control, inject, watch, heal, drain, settle: everything between a running lab and its evidence. Never leaves a fault
 * in. It returns after an abort, too: what was measured until then is evidence.
 */
export async function conduct(options: ConductOptions): Promise<EvidenceWindow> {
  const watch = await alertWatchOf(options);
  const load = new LoadSession(options.client, options);
  // While the load client comes up; the first request waits for it.
  const baseline = collectBaseline({ ...options, runDir: options.folder });
  baseline.catch(() => {});
  const witnesses = new FaultWitnesses(options);
  const timeline = new FaultTimeline(options, witnesses);
  const guards = new Guards(options, watch);
  const leavePager = await followPager(options);
  watch.start();
  try {
    const clock = await control(options, baseline, load, watch, guards, witnesses);
    const answer = new PageAnswer(options, () => witnesses.endDuring());
    await timeline.play(clock, answer.answer(watch));
    options.dashboards.detected(timeline.window.faultFromMs, watch.pagedAtMs);
    await answer.standDown();
    enterPhase(options, 'drain', 'load goes on until the pages resolve');
    await awaitRecovery(options, watch, clock);
    // One that came late.
    options.dashboards.detected(timeline.window.faultFromMs, watch.pagedAtMs);
  } catch (error) {
    writeDownWhy(options, error);
  }
  await timeline.healWhateverIsIn();
  await guards.stop();
  await load.drain();
  await settle(options);
  await load.quit();
  await watch.stop();
  leavePager();
  witnesses.close();
  return { fromMs: load.startedAtMs ?? Date.now(), toMs: Date.now(), ...timeline.window };
}

/** The load without a fault: what everything later is compared with. */
async function control(
  options: ConductOptions,
  baseline: Promise<void>,
  load: LoadSession,
  watch: AlertWatch,
  guards: Guards,
  witnesses: FaultWitnesses,
): Promise<LoadClock> {
  const { plan } = options;
  enterPhase(options, 'control', `${plan.rps} RPS without a fault for ${plan.controlMs / 1000} s`);
  load.follow(() => watch.describe());
  await tellSilences(options);
  await awaitQuiet(options, watch, guards);
  guards.start();
  await unlessStopped(options.stop, baseline);
  const clock = await load.start();
  await clock.until(plan.controlMs - Math.min(witnessLeadMs, plan.controlMs / 2));
  await witnesses.before(plan.faults);
  await clock.until(plan.controlMs);
  refuseSickControl(plan, load.latest, watch.openPages);
  return clock;
}

/** Why the story ended early. */
function writeDownWhy({ record, progress, stop }: ConductOptions, error: unknown): void {
  const sick = error instanceof FiredrillError && error.code === 'control-failed';
  const message = error instanceof Error ? error.message : String(error);
  if (stop.reason === undefined) {
    record({ type: 'problem', code: error instanceof FiredrillError ? error.code : 'internal', message });
  }
  const reason = stop.reason ?? message;
  // Without a healthy control nothing can be concluded; that is no abort.
  if (stop.reason !== undefined || !sick) {
    const askedAt = stop.askedAtMs === undefined ? {} : { askedAt: new Date(stop.askedAtMs).toISOString() };
    record({ type: 'abort', reason, ...askedAt });
  }
  progress.note(`${sick && stop.reason === undefined ? 'not injected' : 'aborted'}: ${reason}`);
}

/** The shop comes to rest by itself; after an abort nobody waits for that. */
async function settle({ lab, target, record, progress, stop }: ConductOptions): Promise<void> {
  if (stop.reason !== undefined) return;
  const show = (text: string): void => progress.figure(text);
  const books = await settleBooks(target, await auditSourceOf(lab), settlePatienceMs, show, stop.signal);
  progress.note(`settle: ${books.text}`);
  if (!books.settled) record({ type: 'problem', code: 'settle-timeout', message: books.text });
  const back = await awaitFormerLeaders(lab, rejoinPatienceMs, show, stop.signal);
  if (back !== undefined) progress.note(`settle: ${back}`);
}
