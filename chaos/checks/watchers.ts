import type { Blindness } from '../journal/event.ts';
import type { Check } from '../report/verdict.ts';
import { type BlindSpan, blindSpans, notLookedAt } from './blindness.ts';
import type { Run } from './run.ts';

const words: Readonly<Record<Blindness, string>> = {
  heartbeat: "the alerting's heartbeat",
  scrapes: 'the scrapes of Prometheus',
  'log-rules': "Loki's rules",
};

/**
 * Did all who watch see something, the whole time? While one was blind an absent alert means nothing, so that such a run is never
 * a pass, also where that was the experiment.
 */
export function checkWatchers(run: Run): Check {
  const name = 'watchers';
  const spans = blindSpans(run);
  const evidence = spans.map((span) => blindSentence(run, span));
  const unseen = notLookedAt(run);
  if (unseen.length > 0) {
    const summary = `Nothing was heard of ${unseen.map((by) => words[by]).join(', ')}: an absent alert would mean nothing.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const expected = run.times.injectedMs === undefined ? [] : run.plan.blind;
  const missing = expected.filter((by) => !spans.some((span) => span.by === by));
  if (missing.length > 0) {
    const summary = `Nobody was blind by ${missing.map((by) => words[by]).join(', ')}, though that is what was to happen.`;
    return { name, verdict: 'fail', summary, evidence };
  }
  if (spans.length > 0) {
    const planned = spans.every(({ by }) => expected.includes(by)) ? ', as was to happen' : '';
    const summary = `Those who watch were blind${planned}: ${evidence.join('; ')}.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  return {
    name,
    verdict: 'pass',
    summary: 'The heartbeat came, every target was scraped and the log alerts were evaluated, all the time.',
    evidence,
  };
}

/** `no heartbeat from 8.0 s to 30.0 s after the injection (no alert could come)`. */
function blindSentence(run: Run, { by, what, pages, fromMs, toMs }: BlindSpan): string {
  const { injectedMs, loadFromMs = run.times.plannedMs } = run.times;
  const after = (ms: number): string => `${((ms - (injectedMs ?? loadFromMs)) / 1000).toFixed(1)} s`;
  const until = toMs === undefined ? 'the end' : after(toMs);
  const since = injectedMs === undefined ? 'the start' : 'the injection';
  const unheard = [nothing[by], ...(what.length === 0 ? [] : [`of ${what.join(', ')}`])].join(' ');
  return `${unheard} from ${after(fromMs)} to ${until} after ${since} (${lost({ by, pages })})`;
}

/** What it shows. */
export const nothing: Readonly<Record<Blindness, string>> = {
  heartbeat: 'no heartbeat',
  scrapes: 'no scrape',
  'log-rules': 'no evaluation by Loki',
};

/** What could not come meanwhile. */
export function lost({ by, pages }: Pick<BlindSpan, 'by' | 'pages'>): string {
  switch (by) {
    case 'heartbeat':
      return 'no alert could come';
    case 'scrapes':
      return pages ? 'no SLO could page' : 'no alert on what they tell could come';
    case 'log-rules':
      return 'no log alert could come';
  }
}
