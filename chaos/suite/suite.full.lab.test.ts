import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labHome, labIdOf, processesOfLab, thisCheckout } from '@firedrill/lab/control';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quickDrop, until } from '../guardian/testing/started-run.ts';
import type { SuiteResult } from './suite-result.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-suite-'));
  writeFileSync(join(folder, 's.yaml'), `name: some\ncells: [{ experiment: ${quickDrop}, levels: [1] }]\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

function startSuite() {
  const words = ['suite', 's.yaml', '--json', '--out', join(folder, 'runs')];
  const child = spawn(process.execPath, [join(thisCheckout, 'bin', 'chaos.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, INIT_CWD: folder },
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const result = (): SuiteResult => JSON.parse(said.stdout) as SuiteResult;
  return { child, said, exit, result };
}

const recorded = (): readonly { readonly cell: string }[] => {
  const suites = join(folder, 'runs', 'suites');
  const [key = ''] = existsSync(suites) ? readdirSync(suites) : [];
  const path = join(suites, key, 'cells.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as { readonly cell: string });
};
const verdicts = ({ cells }: SuiteResult) => cells.map(({ verdict }) => verdict);

test('a suite that is stopped heals, says what is unknown, and goes on where it stopped', async () => {
  const first = startSuite();
  // With the first verdict, of the control, on disk the run of the only cell begins.
  await until('the control is over', () => recorded().length === 1 || first.child.exitCode !== null, 200_000);
  first.child.kill('SIGTERM');
  expect(await first.exit, first.said.stderr).toBe(3);
  const [control, cell] = verdicts(first.result());
  expect(['pass', 'inconclusive'], first.said.stderr).toContain(control);
  expect(['aborted', 'missing']).toContain(cell);
  expect(first.result().score).toEqual({ atLeast: 0, atMost: 100, cells: 1, known: 0 });
  expect(processesOfLab({ labId: labIdOf(1), home: labHome(1) })).toEqual([]);

  const second = startSuite();
  const exit = await second.exit;
  expect(second.said.stderr).not.toMatch(/cell 1 of 2/);
  expect(second.said.stderr).toMatch(/cell 2 of 2: .+quick-drop\.ts@1#1, about \d min left/);
  const result = second.result();
  expect(result.key).toBe(first.result().key);
  expect(recorded().filter((one) => one.cell === result.cells[0]?.cell)).toHaveLength(1);
  const [, done] = verdicts(result);
  expect(['pass', 'inconclusive'], second.said.stderr).toContain(done);
  expect(exit).toBe(verdicts(result).every((one) => one === 'pass') ? 0 : 2);
  const suite = join(folder, 'runs', 'suites', result.key);
  expect(readdirSync(suite).sort()).toEqual(['cells.jsonl', 'junit.xml', 'suite.json', 'suite.txt']);
  expect(processesOfLab({ labId: labIdOf(1), home: labHome(1) })).toEqual([]);
});
