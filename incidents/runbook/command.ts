import { type Lever, leverNames, leverOf } from '@firedrill/lab/levers';

/** One line of a runbook's shell block, as the runner does it: it knows these and no shell. */
export type Command =
  /** Looks, and changes nothing. */
  | { readonly kind: 'look'; readonly script: string; readonly words: readonly string[] }
  | { readonly kind: 'lever'; readonly lever: Lever }
  | { readonly kind: 'get'; readonly url: string };

/** The scripts and words that only look. */
const looking: Readonly<Record<string, readonly string[]>> = {
  lab: ['status', 'logs', 'releases', 'doctor', 'queries'],
  slo: ['status'],
  oncall: ['list', 'show'],
};

/** A node of a lab listens on this machine alone, or, in a container, at an address of a private network. */
const nodeUrlStart = /^http:\/\/(127\.0\.0\.1|10(\.\d{1,3}){3}):\d+\//;

/** Pure: `undefined` for what the runner does not do. @param line with level, nodes and ports filled in. */
export function parseCommand(line: string): Command | undefined {
  const [program, ...words] = line.trim().split(/\s+/);
  if (program === 'curl') {
    const url = words.find((word) => nodeUrlStart.test(word));
    return url === undefined ? undefined : { kind: 'get', url };
  }
  if (program !== 'pnpm') return undefined;
  const [script = '', verb = ''] = words;
  if (script === 'lab' && leverNames.some((name) => name === verb)) {
    const lever = leverOf(withoutLevel(words.slice(1)).join(' '));
    return lever && { kind: 'lever', lever };
  }
  return looking[script]?.includes(verb) ? { kind: 'look', script, words: words.slice(1) } : undefined;
}

const withoutLevel = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => word !== '--level' && words[index - 1] !== '--level');
