import type { Check } from '../report/verdict.ts';
import { eventsOf, type Run } from './run.ts';

/** Was every effect that was applied undone again? */
export function checkHealed(run: Run): Check {
  const name = 'healed';
  const healed = eventsOf(run, 'healed');
  const undone = new Set(healed.map((event) => JSON.stringify(event.undo)));
  const intents = eventsOf(run, 'intent');
  const applied = new Set(eventsOf(run, 'applied').map((event) => JSON.stringify(event.action)));
  const lastHeal = eventsOf(run, 'phase').findLast((event) => event.phase === 'heal')?.seq ?? -1;
  // What was only meant is covered by a heal that came later: it undoes whatever it finds.
  const covered = (intent: (typeof intents)[number]): boolean =>
    !applied.has(JSON.stringify(intent.action)) && intent.seq < lastHeal;
  // The same place may be broken again and again: only a heal that came after an intent undid it.
  const undoneAfter = (intent: (typeof intents)[number]): boolean =>
    healed.some((heal) => heal.seq > intent.seq && JSON.stringify(heal.undo) === JSON.stringify(intent.undo));
  const left = intents.filter((intent) => !undoneAfter(intent) && !covered(intent));
  const failed = eventsOf(run, 'problem').filter((problem) => problem.code === 'heal-failed');
  const evidence = [
    `${count(applied.size, 'effect')} applied, ${count(undone.size, 'place')} restored`,
    ...healed.map((event) => `${describe(event.undo)} by the ${event.by} in ${Math.round(event.tookMs)} ms`),
  ];
  if (failed.length > 0 || left.length > 0) {
    const what = left.map((intent) => describe(intent.undo)).join(', ');
    const summary = `The fault was not wholly undone: ${failed[0]?.message ?? `no undo of ${what} was recorded`}.`;
    return { name, verdict: 'fail', summary, evidence };
  }
  if (applied.size === 0 && run.plan.faults.length > 0) {
    return { name, verdict: 'inconclusive', summary: 'No effect was ever applied.', evidence };
  }
  return { name, verdict: 'pass', summary: `Every effect (${applied.size}) was undone.`, evidence };
}

function describe(undo: { readonly kind: string; readonly edge?: string; readonly node?: string }): string {
  return `${undo.kind} ${undo.edge ?? undo.node ?? ''}`.trim();
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
