import { expect, it } from 'vitest';
import { commitsIn, forkIn, jsonIn, timelineIn, walEndIn } from './said.ts';

it('finds where two histories part, or that they do not', () => {
  const said = 'pg_rewind: servers diverged at WAL location 0/22096D0 on timeline 7\npg_rewind: rewinding';
  expect(forkIn(said)).toEqual({ timeline: 7, fork: '0/22096D0' });
  expect(forkIn('pg_rewind: source and target cluster are on the same timeline\n')).toBeUndefined();
});

it('finds the commits, and nothing that was rolled back', () => {
  const line = (xid: string, what: string) =>
    `rmgr: Transaction len (rec/tot):     34/    34, tx:        ${xid}, lsn: 0/022098D8, prev 0/02209890, desc: ${what}`;
  const listed = [
    line('828', 'COMMIT 2026-11-28 21:44:24.930965 UTC'),
    line('829', 'ABORT 2026-11-28 21:44:25.000000 UTC'),
    line('830', 'COMMIT 2026-11-28 21:44:26.000001 UTC; inval msgs: catcache 55 catcache 54'),
  ];
  expect(commitsIn(listed.join('\n'))).toEqual([
    { xid: '828', lsn: '0/022098D8', at: '2026-11-28T21:44:24.930965Z' },
    { xid: '830', lsn: '0/022098D8', at: '2026-11-28T21:44:26.000001Z' },
  ]);
});

it('reads what a server without clients prints', () => {
  const printed = (found: string) =>
    `backend> \t 1: found\t(typeid = 25, len = -1, typmod = -1, byval = f)\n\t----\n\t 1: found = "${found}"\t(typeid = 25, len = -1, typmod = -1, byval = f)\n\t----\nbackend> `;
  expect(jsonIn(printed('[{"text": "a \\"b\\"\\n\\t(typeid"}]'))).toEqual([{ text: 'a "b"\n\t(typeid' }]);
  expect(() => jsonIn('FATAL:  database "shop" does not exist\n')).toThrow(/does not exist/);
});

it('tells the end of the WAL from a list that broke off', () => {
  const listed =
    'rmgr: Transaction …\npg_waldump: error: error in WAL record at 0/1C023F8: invalid record length at 0/1C02420: expected at least 24, got 0\n';
  expect(walEndIn(listed)).toBe('0/1C02420');
  const end = (why: string) => walEndIn(`pg_waldump: error: error in WAL record at 0/1C023F8: ${why}\n`);
  expect(end('record with incorrect prev-link 0/A at 0/1C02420')).toBe('0/1C02420');
  expect(
    end('unexpected pageaddr 0/A000 in WAL segment 000000010000000000000001, LSN 0/1C04000, offset 16384'),
  ).toBe('0/1C04000');
  expect(end('incorrect resource manager data checksum in record')).toBe('0/1C023F8');
  const missing =
    'pg_waldump: error: could not find file "000000030000000000000002": No such file or directory\n';
  expect(walEndIn(missing)).toBeUndefined();
  expect(walEndIn('')).toBeUndefined();
});

it('reads which timeline a server is on', () => {
  const control =
    "Latest checkpoint's REDO WAL file:    000000030000000000000002\nLatest checkpoint's TimeLineID:       3\nLatest checkpoint's PrevTimeLineID:   2\n";
  expect(timelineIn(control)).toBe(3);
  expect(timelineIn('pg_controldata: error: could not open file\n')).toBeUndefined();
});
