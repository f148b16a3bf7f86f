import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oncallFolder } from '@firedrill/lab';
import { thisCheckout } from '@firedrill/lab/control';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Incident, incidentSchema } from './pager/incident.ts';
import { lab, numbered, page, told } from './testing/told.ts';

const scope = `test-${process.pid}-oncall`;
const folder = oncallFolder(thisCheckout, scope);
const env = { ...process.env, FIREDRILL_LAB_SCOPE: scope, USER: 'ana' };
const door = join(import.meta.dirname, '../bin/oncall.mjs');
const id = '20261123-090100-l1';

function oncall(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [door, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}
const json = (...words: readonly string[]): Incident => {
  const { status, stdout, stderr } = oncall(...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return incidentSchema.parse(JSON.parse(stdout));
};

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const all = numbered([...page('Browse', 5, 40), told('firing', 'page', 'Checkout', 60)]);
  writeFileSync(join(folder, `${lab}.jsonl`), all.map((one) => `${JSON.stringify(one)}\n`).join(''));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** In one story: each chapter needs what the one before left. The lab that paged is gone. */
describe('pnpm oncall', { timeout: 180_000 }, () => {
  it('lists what is not over, and all of it when asked', () => {
    const { stdout } = oncall('list');
    expect(stdout).toMatch(
      /^1 incident not over, 1 are over \(`pnpm oncall list --all`\)\n20261123-090100-l1 +open .*Checkout, nobody has it, its lab is gone\n$/,
    );
    const { incidents } = JSON.parse(oncall('list', '--all', '--json').stdout);
    expect(incidents.map(({ status }: Incident) => status)).toEqual(['resolved', 'open']);
  });

  it('of two players who acknowledge at once one has it, and the other is told who', async () => {
    const players = await Promise.all(
      ['bob', 'eve'].map(async (name) => {
        const child = spawn(process.execPath, [door, 'ack', id, '--by', name], { env });
        let stderr = '';
        child.stderr.on('data', (chunk: Buffer) => {
          stderr += chunk.toString();
        });
        const [status] = await once(child, 'close');
        return { name, status, stderr };
      }),
    );
    const [first, second] = players.toSorted((a, b) => a.status - b.status);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(second!.status).toBe(64);
    expect(second!.stderr).toMatch(
      new RegExp(`^firedrill: ${first!.name} acknowledged it already, at [^\\n]*\\[act-refused\\]\\n$`),
    );
  });

  it('notes, gives away, escalates and resolves', () => {
    expect(json('note', id, 'the', 'pool', 'is', 'dry').acts.at(-1)).toMatchObject({
      by: 'ana',
      text: 'the pool is dry',
    });
    expect(json('escalate', id, '--to', 'max', '--text', 'not mine')).toMatchObject({
      status: 'open',
      assignee: 'max',
      escalations: 1,
      revision: 3,
    });
    const late = oncall('resolve', id, '--revision', '2');
    expect(late).toMatchObject({ status: 64, stdout: '' });
    expect(late.stderr).toContain('ana acted meanwhile (escalate, at ');
    expect(json('resolve', id, '--text', 'the lab is gone')).toMatchObject({
      status: 'resolved',
      revision: 4,
    });
  });

  it('shows what happened, and what was refused changed nothing', () => {
    const again = oncall('ack', id);
    expect(again).toMatchObject({ status: 64, stdout: '' });
    expect(again.stderr).toMatch(/^firedrill: it was resolved by ana, at .*oncall note .*\[act-refused\]\n$/);
    const { stdout } = oncall('show', id.slice(0, -3));
    expect(stdout).toMatch(
      /^20261123-090100-l1 +resolved .*resolved by ana, escalated 1×\nlevel 1, revision 4\n/,
    );
    expect(stdout).toContain('runbook runbooks/Checkout.md');
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}ana {9}noted: the pool is dry$/m);
    const shown = JSON.parse(oncall('show', id, '--json').stdout);
    expect(shown).toMatchObject({ incident: { id, revision: 4 }, run: null, labRuns: false });
    expect(shown.timeline).toHaveLength(5);
  });

  it.each([
    ['an incident that there is not', ['ack', '20991231'], /no incident with this id \(20991231\)/],
    ['nobody', ['assign', id, ' '], /it is empty \(<person>\)/],
    ['a revision that is none', ['ack', id, '--revision', 'x'], /is not a whole number/],
  ])('ends with 64 and one line for %s', (_name, words, said) => {
    const { status, stdout, stderr } = oncall(...words);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('watches: a line for each change, until it is ended', async () => {
    const child = spawn(process.execPath, [door, 'watch'], { env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const name = '0a1b2c3d-l2-20261123T085900000Z';
    await expect.poll(() => text, { timeout: 60_000 }).toBe('no lab runs: waiting for one\n');
    writeFileSync(
      join(folder, `${name}.jsonl`),
      `${JSON.stringify(numbered([told('firing', 'page', 'Browse', 90)])[0])}\n`,
    );
    await expect.poll(() => text, { timeout: 60_000 }).toContain('20261123-090130-l2  page Browse fired');
    // What was over before is history.
    expect(text).not.toContain('Checkout');
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
