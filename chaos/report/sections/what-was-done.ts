import { wordsOf } from '@firedrill/lab/levers';
import { eventsOf, type Run } from '../../checks/run.ts';
import { timeOf } from '../../checks/run-times.ts';
import { clockTime, duration } from '../figures.ts';
import { blocks, bullets, code, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** The fault's timeline and what the witness saw of it. */
export const whatWasDone: Section = ({ run, proofs }) => {
  const zero = run.times.injectedMs ?? run.times.loadFromMs ?? run.times.plannedMs;
  const since = run.times.injectedMs === undefined ? 'From the start>' : 'From the injection>';
  return blocks(
    '## What was done',
    table(
      ['Time (UTC)', since, 'What'],
      timeline(run).map(([ms, what]) => [clockTime(ms), duration(ms - zero), what]),
    ),
    '### Did the fault bite?',
    ...proofs.map(({ fault, label, judgement }) =>
      blocks(
        `${code(fault)} ${plain(label)}: **${judgement.verdict}**, by round trips from the source's own address.`,
        ...figures(judgement.figures),
      ),
    ),
    proofs.length === 0 ? 'No fault was planned.' : '',
  );
};

/** What was touched line by line; the blast radius, which may be every other edge, in one paragraph. */
function figures(all: readonly string[]): readonly string[] {
  const isElsewhere = (figure: string) => figure.includes('(untouched,');
  const elsewhere = all.filter(isElsewhere).map(plain);
  return [
    bullets(all.filter((figure) => !isElsewhere(figure)).map(plain)),
    elsewhere.length === 0 ? '' : `Elsewhere: ${elsewhere.join('; ')}.`,
  ];
}

function timeline(run: Run): [number, string][] {
  const { times } = run;
  const lines: [number, string][] = [];
  const add = (ms: number | undefined, what: string) => {
    if (ms !== undefined) lines.push([ms, what]);
  };
  const ready = eventsOf(run, 'lab-ready')[0];
  if (ready !== undefined) {
    add(
      timeOf(ready),
      ready.started ? `the lab is ready, after ${duration(ready.tookMs)}` : 'the lab was running already',
    );
  }
  const { rps, traffic } = run.plan;
  const atOnce = traffic.find(({ fromMs }) => fromMs === 0)?.factor ?? 1;
  add(times.loadFromMs, `the load starts: ${rps * atOnce} requests/s, no fault`);
  for (const { fromMs, factor } of traffic) {
    if (fromMs === 0) continue;
    const ms = times.loadFromMs === undefined ? undefined : times.loadFromMs + fromMs;
    add(ms, `the traffic changes to ${rps * factor} requests/s`);
  }
  for (const fault of times.faults) {
    const where = run.plan.faults.find((planned) => planned.id === fault.id);
    const on = [...(where?.edges ?? []), ...(where?.nodes ?? [])].map(code).join(', ');
    add(fault.fromMs, `**injected** ${code(fault.fault)} on ${on}: ${plain(fault.label)}`);
    add(fault.toMs, `**healed** ${code(fault.fault)}`);
  }
  for (const act of eventsOf(run, 'operator')) {
    const took = act.state === 'done' ? ` (${duration(act.tookMs)})` : '';
    add(timeOf(act), `operator, ${code(wordsOf(act))}: ${plain(act.text)}${took}`);
  }
  for (const answered of eventsOf(run, 'answered')) {
    const what = answered.alert === undefined ? 'whoever plays' : `the runbook of ${code(answered.alert)}`;
    add(timeOf(answered), `${what} is at its end`);
  }
  for (const abort of eventsOf(run, 'abort')) add(timeOf(abort), `**aborted**: ${plain(abort.reason)}`);
  const stopped = eventsOf(run, 'load-stopped').at(-1);
  add(
    times.loadToMs,
    `the load ends: ${stopped?.sent ?? 0} sent, ${stopped?.late ?? 0} late, ${stopped?.dropped ?? 0} dropped`,
  );
  add(times.settledMs, 'settled: unknown orders were asked again or waited for');
  for (const problem of eventsOf(run, 'problem'))
    add(timeOf(problem), `problem ${code(problem.code)}: ${plain(problem.message)}`);
  return lines.sort((a, b) => a[0] - b[0]);
}
