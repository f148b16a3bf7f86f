import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';
import { unexpectedPages } from './control-health.ts';
import type { Guards } from './guards.ts';
import type { LoadClock } from './load-clock.ts';
import { unlessStopped } from './unless-stopped.ts';

/** The slow leg of a page, and what holds it. */
const quietPatienceMs = 60_000;
/** Users are served again for so long before anybody asks about pages. */
const servedAgainMs = 10_000;
/** A page that does not resolve in this share of what was predicted is waited for no longer. */
const patienceFactor = 1.5;

/**
 * On a lab that is kept, the pages of an earlier run may still be open, and what would abort this one may still fire, or be over its
 * threshold.
 * @throws {FiredrillError} what {@link Guards.offending} throws.
 */
export async function awaitQuiet(
  { plan, progress, stop }: Pick<ConductOptions, 'plan' | 'progress' | 'stop'>,
  watch: AlertWatch,
  guards: Pick<Guards, 'offending'>,
): Promise<void> {
  await unlessStopped(stop, watch.looked);
  const patience = performance.now() + quietPatienceMs;
  for (;;) {
    const left = [...unexpectedPages(plan, watch.openPages), ...(await guards.offending())];
    if (left.length === 0 || performance.now() > patience) return;
    progress.figure(`waiting for what an earlier run left: ${left.join(', ')}`);
    await unlessStopped(stop, sleep(500));
  }
}

/**
 * The load goes on: without it nothing shows that the users are served again, and no page resolves by itself. Called when the
 * last fault was healed, be that at its planned time or before.
 */
export async function awaitRecovery(
  { plan, record }: Pick<ConductOptions, 'plan' | 'record'>,
  watch: AlertWatch,
  clock: LoadClock,
): Promise<void> {
  const { faults, loadMs } = plan;
  const lastHealMs = clock.offset();
  const predictedMs = faults.length === 0 ? 0 : loadMs - Math.max(...faults.map((fault) => fault.endMs));
  await clock.until(lastHealMs + Math.min(servedAgainMs, predictedMs));
  // Luck may trip the slow leg of a page that was predicted to end with the quick one.
  const limit = lastHealMs + Math.max(patienceFactor * predictedMs, quietPatienceMs);
  while (watch.openPages.length > 0) {
    if (clock.offset() > limit) {
      const message = `still open at the end of the load: ${watch.openPages.join(', ')}`;
      record({ type: 'problem', code: 'settle-pages', message });
      return;
    }
    await clock.until(clock.offset() + 250);
  }
}
