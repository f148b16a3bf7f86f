import type { Verdict } from '../report/verdict.ts';

const seconds = (ms: number | null): string => (ms === null ? 'none' : `${(ms / 1000).toFixed(1)} s`);

/** What the level's promise admits is never silent. */
function admitted({ integrity: { lostInPromise, staleReads } }: Verdict): string {
  const lost = lostInPromise === 0 ? '' : `, ${lostInPromise} writes lost within the promise`;
  return staleReads === 0 ? lost : `${lost}, ${staleReads} stale reads`;
}

/** Said where the fault alone does not explain it. */
function whose({ badEvents, buckets }: Verdict['budget'][number]): string {
  const parts = Object.entries(buckets).filter(([, events]) => events > 0);
  if (badEvents === buckets.incident) return '';
  return ` (${parts.map(([bucket, events]) => `${events} ${bucket}`).join(', ')})`;
}

/** A page that a person held back must not just be missing. */
function silenced({ silences = [] }: Verdict): readonly string[] {
  return silences.map(({ id, owner, reason, alerts }) => {
    const what = alerts.length === 0 ? 'nothing was held back' : `${alerts.join(', ')} held back`;
    return `silenced   ${what} by ${owner || 'nobody'}: ${reason || 'no reason'} (${id})`;
  });
}

function aborted({ abort }: Verdict): readonly string[] {
  if (abort === undefined) return [];
  const healed = abort.toHealedMs === null ? 'no fault was in' : `healed in ${abort.toHealedMs} ms`;
  return [`aborted    ${abort.reason}; ${healed}`];
}

/** By what, of how much: nothing where nobody was blind. */
function blind(spans: Verdict['blind'] = []): readonly string[] {
  return spans.map(({ by, what, fromMs, toMs }) => {
    const of = what.length === 0 ? '' : ` of ${what.join(', ')}`;
    return `blind      by ${by}${of}, from ${seconds(fromMs)} to ${toMs === null ? 'the end' : seconds(toMs)}`;
  });
}

/** Pure: what a person reads at the end of a run. */
export function verdictText(verdict: Verdict, folder: string): string {
  const { acknowledged, lost, duplicated, unknown } = verdict.orders;
  const checks = verdict.checks.map(
    (check) => `  ${check.verdict.padEnd(13)}${check.name}: ${check.summary}`,
  );
  const budget = verdict.budget.map(
    (one) =>
      `  ${one.slo}: ${one.badEvents} bad events, as ${one.fullOutageSeconds} s of full outage, ${one.percentOf30d.toFixed(2)} % of the 30-day budget${whose(one)}`,
  );
  return [
    `${verdict.verdict.toUpperCase()}  ${verdict.run}`,
    ...aborted(verdict),
    ...checks,
    `detection  predicted ${seconds(verdict.detection.predictedMs)}, measured ${seconds(verdict.detection.measuredMs)}`,
    ...silenced(verdict),
    `orders     ${acknowledged} acknowledged, ${lost} lost, ${duplicated} duplicated, ${unknown} unknown${admitted(verdict)}`,
    ...blind(verdict.blind),
    'budget',
    ...budget,
    `report     ${folder}/report.md`,
    `           ${folder}/report.html`,
    '',
  ].join('\n');
}
