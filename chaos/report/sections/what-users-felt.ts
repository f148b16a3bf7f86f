import { feltBy } from '../../checks/measure.ts';
import { operationsOf, type PhaseName, recoveryGraceMs } from '../../checks/phases.ts';
import type { Run } from '../../checks/run.ts';
import { count, duration, durationOr, percent } from '../figures.ts';
import { blocks, plotImage, table } from '../markdown.ts';
import type { Section } from './section.ts';

const phases: readonly (readonly [PhaseName, string])[] = [
  ['control', 'without a fault'],
  ['fault', 'with the fault'],
  ['recovered', 'after'],
];

/** What the buyers saw: how many were failed, how long they waited. */
export const whatUsersFelt: Section = ({ run }) =>
  blocks(
    '## What users felt',
    table(
      ['Operation', 'When', 'Counted>', 'Failed>', 'Error ratio>', 'p50>', 'p99>'],
      operationsIn(run).flatMap((operation) =>
        phases.flatMap(([phase, when]) => row(run, operation, phase, when)),
      ),
    ),
    `Latency runs from the moment a request was due. A client's own mistakes and declined cards are not counted; “after” begins ${duration(recoveryGraceMs)} after the heal.`,
    plotImage('requests', 'Requests per second by outcome'),
    plotImage('error-ratio', 'Error ratio over 5 seconds'),
    plotImage('latency', 'Latency per second'),
  );

function row(run: Run, operation: string, phase: PhaseName, when: string): string[][] {
  const operations = operationsOf(run, phase);
  if (operations === undefined) return [];
  const felt = feltBy(operations, operation);
  const counted = felt.good + felt.bad;
  if (counted === 0) return [];
  return [
    [
      operation === '*' ? '**all**' : operation,
      when,
      count(counted),
      count(felt.bad),
      felt.errorRatio === undefined ? '–' : percent(felt.errorRatio),
      durationOr(felt.p50Ms),
      durationOr(felt.p99Ms),
    ],
  ];
}

/** All together first, then by the number of requests. */
function operationsIn(run: Run): readonly string[] {
  const counts = new Map<string, number>();
  for (const { invoke } of run.operations)
    counts.set(invoke.operation, (counts.get(invoke.operation) ?? 0) + 1);
  const byCount = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([operation]) => operation);
  return byCount.length === 0 ? [] : ['*', ...byCount];
}
