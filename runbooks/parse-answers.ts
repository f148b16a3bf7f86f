import { parseCondition } from './condition.ts';
import type { Branch, Expectation, Target } from './runbook.ts';

/** Pure: `all < 0.05 for 10 s`. */
export function parseExpectation(text: string): Expectation | undefined {
  const words = text.trim().replace(/\.$/, '');
  const [, asked = words, seconds = '0'] = /^(.*) for (\d+) s$/.exec(words) ?? [];
  const answer = parseCondition(asked);
  return answer === undefined ? undefined : { answer, words, holdSeconds: Number(seconds) };
}

/** Pure: one line of a table; its answer is one that {@link parseCondition} knows. */
export function parseBranch(words: string, advice: string): Branch {
  return {
    answer: parseCondition(words) ?? { kind: 'else' },
    words,
    advice,
    targets: targetsOf(advice),
    names: namesOf(advice),
  };
}

/** Links to a heading of this page, or to another runbook. */
function targetsOf(advice: string): readonly Target[] {
  return [...advice.matchAll(/\]\((#[\w-]+|\w+\.md)\)/g)].map(([, link = '']): Target => {
    if (!link.startsWith('#')) return { kind: 'runbook', alert: link.slice(0, -'.md'.length) };
    return link === '#escalation' ? { kind: 'escalation' } : { kind: 'mitigation', slug: link.slice(1) };
  });
}

/** "`NODE` is its `instance`" */
const namesOf = (advice: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...advice.matchAll(/`([A-Z]{2,})` is its `(\w+)`/g)].map(([, name, label]) => [name, label]),
  );
