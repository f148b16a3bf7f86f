import { isDueAt, runbooks } from '@firedrill/runbooks';
import { levelByNumber } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parseCommand } from './command.ts';
import { fillIn } from './fill-in.ts';

describe('a line of a runbook', () => {
  it.each([
    ['pnpm lab status --level 2', { kind: 'look', script: 'lab', words: ['status', '--level', '2'] }],
    ['pnpm slo status', { kind: 'look', script: 'slo', words: ['status'] }],
    ['pnpm lab drain api-1 --level 2', { kind: 'lever', lever: { lever: 'drain', node: 'api-1' } }],
    ['pnpm lab shed-load off --level 1', { kind: 'lever', lever: { lever: 'shed-load', share: 0 } }],
    ['curl -s http://127.0.0.1:1234/watchdog', { kind: 'get', url: 'http://127.0.0.1:1234/watchdog' }],
    ['curl -s http://10.214.3.2:8082/watchdog', { kind: 'get', url: 'http://10.214.3.2:8082/watchdog' }],
  ])('%s is known', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    'pnpm lab down --level 1',
    'pnpm lab up',
    'pnpm chaos heal',
    'pnpm lab drain --level 2',
    'rm -rf /',
    'curl -s http://example.org/',
    'curl -s http://192.0.2.1:80/',
    '',
  ])('%j is not done', (line) => {
    expect(parseCommand(line)).toBeUndefined();
  });
});

describe('what a reader fills in', () => {
  const addresses: Readonly<Record<string, string>> = {
    'receiver-1:http': '127.0.0.1:4711',
    'receiver-2:http': '10.214.3.2:8082',
  };
  const addressOf = (node: string, port: string) => addresses[`${node}:${port}`];
  it.each([
    ['pnpm lab restart NODE --level N', { NODE: 'api-2' }, 'pnpm lab restart api-2 --level 3'],
    ['curl -s http://127.0.0.1:<port of receiver-1>/watchdog', {}, 'curl -s http://127.0.0.1:4711/watchdog'],
    ['curl -s http://127.0.0.1:<port of receiver-2>/watchdog', {}, 'curl -s http://10.214.3.2:8082/watchdog'],
    ['pnpm lab restart NODE --level N', {}, undefined],
    ['curl -s http://127.0.0.1:<metrics port of client-1>/metrics', {}, undefined],
  ])('%s with %o', (line, bindings, filled) => {
    expect(fillIn(line, 3, bindings, addressOf)).toBe(filled);
  });
});

const lines = runbooks().flatMap(({ path, blocks, levels }) =>
  blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text, levels: at }) => text.split('\n').map((line) => ({ path, line, levels, at }))),
);

/** Nothing in a page that the runner would leave out. */
it.each(lines)('$path: $line', ({ line, levels, at }) => {
  for (const level of levels.filter((one) => isDueAt(at, one))) {
    const names = levelByNumber(level).nodes.map((node) => node.name);
    const addressOf = (node: string) => (names.includes(node) ? '127.0.0.1:1234' : undefined);
    const filled = fillIn(line, level, { NODE: 'api-1' }, addressOf);
    expect(filled, line).toBeDefined();
    expect(parseCommand(filled ?? ''), line).toBeDefined();
  }
});
