import { type Answer, parseRunbook, type Runbook } from '@firedrill/runbooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actOf, beginWalk, type Result, type Shelf, type Walk, walkOn } from './walk.ts';

const front = (alert: string) =>
  `---\nalert: ${alert}\nseverity: [page]\nlevels: [1, 2, 3]\nexperiments: []\n---\n# ${alert}\n\n`;
const ask = (query: string, ...rows: readonly string[]) =>
  `\`\`\`promql\n${query}\n\`\`\`\n\n| Answer | Then |\n|---|---|\n${rows.map((row) => `| ${row} |`).join('\n')}\n`;

const page = parseRunbook(
  `${front('Page')}## Diagnosis

1. Is a part gone?

${ask('up', 'any = 0 | [restart it](#restart-it), `NODE` is its `instance`', 'else | next')}
### Level 2 and up

2. Is it slow?

${ask('slow', 'any > 1 | [the other page](Other.md)', 'any > 0.5 | [hand it over](#hand-it-over)', 'else | next')}
## Mitigation

### Restart it

\`\`\`sh
pnpm lab restart NODE --level N
\`\`\`

### Hand it over

**Communicate**: say so.

**Escalate**: call somebody.
`,
  'Page.md',
);
const other = parseRunbook(
  `${front('Other')}## Diagnosis

${ask('why', 'any = 1 | [shed](#shed)', 'any = 2 | [back](Page.md)')}
## Mitigation

### Shed

\`\`\`sh
pnpm lab shed-load 0.3 --level N
\`\`\`
`,
  'Other.md',
);
const shelf: Shelf = new Map([page, other].map((runbook): [string, Runbook] => [runbook.alert, runbook]));

const value = (number: number, instance = 'api-1'): Answer => ({
  kind: 'rows',
  rows: [{ labels: { instance }, value: number }],
});

/** Goes on as the answers say; verified only after so many mitigations. @returns what was done. */
function play(
  level: number,
  answers: Readonly<Record<string, Answer>>,
  recoversAfter = 1,
): readonly string[] {
  const did: string[] = [];
  let walk: Walk = beginWalk(page, level);
  let mitigations = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    const act = actOf(walk);
    const result = ((): Result | undefined => {
      switch (act.kind) {
        case 'ask':
          return { kind: 'answered', answer: answers[act.block.text] ?? value(9) };
        case 'mitigate':
          mitigations += 1;
          did.push([act.mitigation.slug, ...Object.values(act.bindings)].join(' '));
          return { kind: 'mitigated', how: 'done' };
        case 'verify':
          return { kind: 'verified', recovered: mitigations >= recoversAfter };
        case 'escalate':
          return { kind: 'escalated' };
        case 'end':
          did.push(act.outcome);
          return undefined;
      }
    })();
    if (result === undefined) return did;
    walk = walkOn(walk, result, shelf);
  }
  throw new Error('it does not end');
}

describe('a walk', () => {
  it('does what the first answer that fits says, and ends when that has helped', () => {
    expect(play(1, { up: value(0, 'api-2') })).toEqual(['restart-it api-2', 'recovered']);
  });

  it('asks again from the beginning when it has not helped, and tries nothing twice', () => {
    expect(play(2, { up: value(0), slow: value(0.7) }, 2)).toEqual([
      'restart-it api-1',
      'hand-it-over',
      'degraded',
    ]);
  });

  it('asks only what its level has', () => {
    expect(play(1, { up: value(1), slow: value(0.7) })).toEqual(['escalated']);
  });

  it('opens another runbook where an answer says so, and comes back from it', () => {
    expect(play(2, { up: value(1), slow: value(2), why: value(1) })).toEqual(['shed', 'recovered']);
    expect(play(2, { up: value(1), slow: value(2), why: value(2) })).toEqual(['escalated']);
  });

  it('goes on where nothing was to be had, and escalates in the end', () => {
    const none: Answer = { kind: 'none', why: 'Prometheus is down' };
    expect(play(3, { up: none, slow: none })).toEqual(['escalated']);
  });

  it('sees that it is over by itself before it calls anybody', () => {
    expect(play(2, { up: value(1), slow: value(0.2) }, 0)).toEqual(['recovered']);
  });

  it('always ends, whatever is answered and however often nothing helps', () => {
    const answer = fc.constantFrom(value(0), value(0.7), value(1), value(2), value(3));
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3),
        fc.record({ up: answer, slow: answer, why: answer }),
        fc.integer({ min: 0, max: 9 }),
        (level, answers, recoversAfter) => {
          const did = play(level, answers, recoversAfter);
          expect(['recovered', 'degraded', 'escalated']).toContain(did.at(-1));
          expect(new Set(did).size).toBe(did.length);
        },
      ),
    );
  });
});
