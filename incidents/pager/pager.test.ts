import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, lab, numbered, page, told } from '../testing/told.ts';
import { Pager } from './pager.ts';

const id = '20261123-090005-l1';
let folder: string;
let pagers: Pager[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-pager-'));
  pagers = [];
});

afterEach(() => {
  for (const pager of pagers) pager.close();
  rmSync(folder, { recursive: true });
});

function open(): Pager {
  const pager = Pager.open(folder, () => new Date(at(100)));
  pager.refresh();
  pagers.push(pager);
  return pager;
}

const lines = (all: Parameters<typeof numbered>[0]): string =>
  numbered(all)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
const keep = (all: Parameters<typeof numbered>[0], name = lab) =>
  writeFileSync(join(folder, `${name}.jsonl`), lines(all));

describe('the pager', () => {
  it('takes in what a receiver keeps, as it comes, and remembers it when the journal is gone', () => {
    const pager = open();
    expect(pager.incidents()).toEqual([]);
    const all = [told('firing', 'page', 'Browse', 5), told('firing', 'page', 'Checkout', 6)];
    keep(all.slice(0, 1));
    appendFileSync(join(folder, `${lab}.jsonl`), lines(all).split('\n')[1]!.slice(0, 40));
    expect(pager.refresh()).toEqual([]);
    expect(pager.incidents()[0]?.alerts.map(({ alert }) => alert)).toEqual(['Browse']);
    keep(all);
    pager.refresh();
    rmSync(join(folder, `${lab}.jsonl`));
    expect(
      open()
        .incidents()[0]
        ?.alerts.map(({ alert }) => alert),
    ).toEqual(['Browse', 'Checkout']);
  });

  it('takes what has the number of a delivery that was rolled back, also where another process took it in', () => {
    const names = (pager: Pager) => pager.incidents().map(({ alerts }) => alerts.map(({ alert }) => alert));
    const [pager, other] = [open(), open()];
    keep([told('firing', 'page', 'Browse', 5)]);
    pager.refresh();
    expect([names(pager), names(other)]).toEqual([[['Browse']], [['Browse']]]);
    // The disk was full: it was not acknowledged, and what came next was.
    keep([told('firing', 'page', 'Checkout', 8)]);
    pager.refresh();
    expect([names(pager), names(other)]).toEqual([[['Checkout']], [['Checkout']]]);
    expect(names(open())).toEqual([['Checkout']]);
  });

  it('has each lab apart, and all of them in the order of time', () => {
    keep(page('Browse', 50, 60), '0a1b2c3d-l1-20261123T090000000Z');
    keep([told('firing', 'page', 'Checkout', 5)], '0a1b2c3d-l2-20261123T085000000Z');
    expect(
      open()
        .incidents()
        .map((one) => [one.id, one.level]),
    ).toEqual([
      ['20261123-090005-l2', 2],
      ['20261123-090050-l1', 1],
    ]);
  });

  it('says which journal cannot be read, and takes in the others', () => {
    keep([told('firing', 'page', 'Browse', 5)]);
    writeFileSync(join(folder, 'spoilt.jsonl'), '{"seq":1}\n');
    const pager = open();
    expect(pager.refresh()).toEqual([
      { path: join(folder, 'spoilt.jsonl'), problem: 'line 1 is no notification' },
    ]);
    expect(pager.incidents()).toHaveLength(1);
  });

  it('finds an incident by the beginning of its id, where only one begins so', () => {
    keep([...page('Browse', 5, 6), told('firing', 'page', 'Browse', 70)]);
    const pager = open();
    expect(pager.find('20261123-0901').id).toBe('20261123-090110-l1');
    expect(() => pager.find('20261123')).toThrow(expect.objectContaining({ code: 'usage' }));
    for (const unknown of ['2025', '']) expect(() => pager.find(unknown)).toThrow();
  });

  it('is for its user alone', () => {
    open();
    expect(statSync(join(folder, 'pager.db')).mode & 0o077).toBe(0);
  });
});

describe('an act', () => {
  beforeEach(() => keep([told('firing', 'page', 'Browse', 5)]));

  it('is there for every other process, with who, when and after what', () => {
    expect(open().act(id, { kind: 'acknowledge' }, { by: 'ana' })).toMatchObject({ status: 'acknowledged' });
    expect(open().find(id).acts).toEqual([
      { lab, incident: id, revision: 1, at: at(100), by: 'ana', after: 1, kind: 'acknowledge' },
    ]);
  });

  it('of the second of two players is refused by who was first, and changes nothing', () => {
    const [ana, bob] = [open(), open()];
    const seen = bob.find(id).revision;
    ana.act(id, { kind: 'assign', to: 'ana' }, { by: 'ana', revision: seen });
    const before = bob.find(id);
    expect(() => bob.act(id, { kind: 'assign', to: 'bob' }, { by: 'bob', revision: seen })).toThrow(
      expect.objectContaining({
        code: 'act-refused',
        message: `ana acted meanwhile (assign, at ${at(100)})`,
      }),
    );
    expect(bob.find(id)).toEqual(before);
    expect(bob.act(id, { kind: 'note', text: 'ok, yours' }, { by: 'bob' }).revision).toBe(2);
  });

  it('sees what the receiver kept a moment ago', () => {
    const pager = open();
    keep(page('Browse', 5, 40));
    expect(() => pager.act(id, { kind: 'acknowledge' }, { by: 'ana' })).toThrow(
      expect.objectContaining({ code: 'act-refused' }),
    );
    expect(pager.find(id)).toMatchObject({ status: 'resolved', revision: 0 });
  });

  it('writes down which pages fired when it ended what still did', () => {
    const pager = open();
    expect(() => pager.act(id, { kind: 'resolve' }, { by: 'ana' })).toThrow(/page Browse still fires/);
    const ended = pager.act(id, { kind: 'resolve', text: 'a test' }, { by: 'ana', force: true });
    expect(ended).toMatchObject({ status: 'resolved', acts: [{ firing: ['page Browse'], text: 'a test' }] });
  });

  it('is refused when another command was stopped while it wrote', () => {
    const pager = open();
    const stopped = new DatabaseSync(join(folder, 'pager.db'));
    stopped.exec('BEGIN IMMEDIATE');
    expect(() => pager.act(id, { kind: 'acknowledge' }, { by: 'ana' })).toThrow(
      expect.objectContaining({ code: 'lab-busy' }),
    );
    expect(open().find(id)).toMatchObject({ status: 'open', revision: 0 });
    stopped.close();
    expect(pager.act(id, { kind: 'acknowledge' }, { by: 'ana' })).toMatchObject({ revision: 1 });
  });

  it('of an incident that there is not is refused', () => {
    expect(() => open().act('20991231', { kind: 'acknowledge' }, { by: 'ana' })).toThrow(
      expect.objectContaining({ code: 'incident-not-found' }),
    );
  });
});

describe('a store', () => {
  it('that is none, or of a later version, is refused in one line', () => {
    writeFileSync(join(folder, 'pager.db'), 'this is no database, '.repeat(100));
    expect(() => Pager.open(folder)).toThrow(expect.objectContaining({ code: 'invalid-data' }));
    rmSync(join(folder, 'pager.db'));
    open();
    const database = new DatabaseSync(join(folder, 'pager.db'));
    database.exec('PRAGMA user_version = 2');
    database.close();
    expect(() => Pager.open(folder)).toThrow(/version 2/);
  });
});
