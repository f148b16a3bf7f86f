import { levelByNumber } from '@firedrill/topology';
import { feltBy } from '../../checks/measure.ts';
import { operationsOf, type PhaseName, recoveryGraceMs } from '../../checks/phases.ts';
import type { Run } from '../../checks/run.ts';
import { seriesOf } from '../../evidence/prometheus-samples.ts';
import {
  type AnswerClass,
  type Answers,
  answerClasses,
  answersBetween,
  errorRatioOf,
  totalOf,
} from '../edge/answers.ts';
import { type EdgeSeen, edgeSeen } from '../edge/edge-seen.ts';
import { count, percent, plural } from '../figures.ts';
import { blocks, bullets, code, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

const words: Readonly<Record<AnswerClass, string>> = {
  answered: '2xx, 3xx',
  refused: '4xx',
  failed: '5xx',
  none: 'no answer',
};

/** From level 2 on: what the load balancer counted, and what of the users' failures it did not. */
export const edgeView: Section = ({ run }) => {
  if (!levelByNumber(run.plan.level).nodes.some(({ kind }) => kind === 'haproxy')) return '';
  const heading = '## What the load balancer saw';
  const seen = edgeSeen(run);
  if (seen === undefined) {
    const problem = run.evidence.get('prometheus-edge-responses')?.problem ?? 'no such evidence';
    return blocks(heading, `Its counters could not be read (${plain(problem)}).`);
  }
  return blocks(
    heading,
    table(
      ['How it ended', 'Users>', 'Load balancer>', 'Difference>'],
      [
        ...answerClasses.map((kind) => line(words[kind], seen.users[kind], seen.edge[kind])),
        line('**all**', totalOf(seen.users), totalOf(seen.edge)),
      ],
    ),
    table(['Failed or unanswered', 'Users>', 'Load balancer>'], ratios(run)),
    '### What it did not see',
    bullets(unseen(seen)),
    '### Who answered',
    table(
      ['By', ...answerClasses.map((kind) => `${words[kind]}>`)],
      [
        ...[...seen.servers].map(([server, answers]) => answered(code(server), answers)),
        answered('the load balancer itself', seen.own),
      ],
    ),
    'Counted by HAProxy per class of status, without the operation: its view has no checkout and no catalogue, and pages nobody.',
  );
};

const line = (what: string, users: number, edge: number): string[] => [
  what,
  count(users),
  signed(edge),
  signed(users - edge),
];

/** Probes are estimated off its counters: a count may come out below nothing. */
const signed = (value: number): string => (value < 0 ? `−${count(-value)}` : count(value));

const answered = (by: string, answers: Answers): string[] => [
  by,
  ...answerClasses.map((kind) => signed(answers[kind])),
];

function unseen(seen: EdgeSeen): readonly string[] {
  const { users, edge, unanswered, late, probes } = seen;
  const hidden = Math.max(0, users.failed + users.none - edge.failed - edge.none);
  const why = unanswered.map(([reason, times]) => `${code(reason)} ${count(times)}`).join(', ');
  return [
    hidden === 0
      ? 'It counted every failure that users had, or more.'
      : `${plural(hidden, 'failure')} of users that it did not count as one.`,
    users.none === 0
      ? 'No user was left without an answer.'
      : `${plural(users.none, 'request')} of users had no answer (${why}); it counted ${count(edge.none)} that ended without one. A refused or broken connection is no request to it.`,
    `${plural(late, 'good answer')} too late for the latency SLOs: it keeps no histogram, so it has no such SLI.`,
    probes === undefined
      ? 'Readiness probes, one every few seconds, are among its figures: how many could not be read.'
      : `${plural(probes, 'readiness probe')} are left out above; the few round trips by which this run proved its faults are not.`,
  ];
}

const phases: readonly (readonly [PhaseName, string])[] = [
  ['control', 'before'],
  ['fault', 'with the fault'],
  ['recovered', 'after'],
];

/** Phase by phase; the users' by when a request was due, the load balancer's by when it ended. */
function ratios(run: Run): readonly string[][] {
  const { loadFromMs = 0, injectedMs, healedMs, loadToMs = Infinity } = run.times;
  const spans: Partial<Record<PhaseName, readonly [number, number]>> = {
    control: [loadFromMs, injectedMs ?? loadToMs],
    ...(injectedMs === undefined ? {} : { fault: [injectedMs, healedMs ?? loadToMs] as const }),
    ...(healedMs === undefined ? {} : { recovered: [healedMs + recoveryGraceMs, loadToMs] as const }),
  };
  const frontend = seriesOf(run.evidence.get('prometheus-edge-responses'));
  return phases.flatMap(([phase, when]) => {
    const span = spans[phase];
    const operations = operationsOf(run, phase);
    if (span === undefined || operations === undefined) return [];
    const edge = errorRatioOf(answersBetween(frontend, ...span));
    return [[when, ratio(feltBy(operations, '*').errorRatio), ratio(edge)]];
  });
}

const ratio = (value: number | undefined): string => (value === undefined ? '–' : percent(value));
