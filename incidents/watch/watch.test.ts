import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Act } from '../pager/act.ts';
import type { Incident } from '../pager/incident.ts';
import { incidentsOf } from '../pager/incidents-of.ts';
import { Pager } from '../pager/pager.ts';
import { at, lab, numbered, page, told } from '../testing/told.ts';
import { changesBetween } from './changes.ts';
import { jsonDisplay, lineDisplay, screenDisplay } from './display.ts';
import { screenLines, type Watched } from './screen.ts';
import { watch } from './watch.ts';

const id = '20261123-090005-l1';
const act = { lab, incident: id, by: 'ana', after: 1 };
const acknowledged: Act = { ...act, revision: 1, at: at(9), kind: 'acknowledge' };
const of = (all: Parameters<typeof numbered>[0], acts: readonly Act[] = []): readonly Incident[] =>
  incidentsOf({ lab, notifications: numbered(all), acts }).incidents;
const opened = of([told('firing', 'page', 'Browse', 5)]);
const watched = (incidents: readonly Incident[], change: Partial<Watched> = {}): Watched => ({
  incidents,
  labs: [{ lab, level: 1, lastHeartbeatAt: at(9) }],
  silent: new Map(),
  problems: [],
  nowMs: Date.parse(at(10)),
  ...change,
});

describe('what is new', () => {
  const texts = (...looks: Parameters<typeof changesBetween>) =>
    changesBetween(...looks).map(({ text, rings }) => `${rings ? 'RING ' : ''}${text}`);

  it('rings for a page and for what is handed on, and for nothing else', () => {
    expect(texts([], opened)).toEqual(['RING page Browse fired: Browse is not well']);
    expect(texts(opened, opened)).toEqual([]);
    expect(texts(opened, of([told('firing', 'page', 'Browse', 5)], [acknowledged]))).toEqual([
      'ana acknowledged',
    ]);
    const escalated: Act = { ...act, revision: 2, at: at(20), kind: 'escalate', to: 'eve' };
    const later = of(
      [...page('Browse', 5, 40), told('firing', 'ticket', 'Browse', 6)],
      [acknowledged, escalated],
    );
    expect(texts(opened, later)).toEqual([
      'ticket Browse fired: Browse is not well',
      'ana acknowledged',
      'RING ana escalated to eve',
      'page Browse ended',
      'the last page has ended',
    ]);
  });
});

describe('the screen', () => {
  const wide = { columns: 200, rows: 50 };

  it('says what is open, since when, with whom, and that the alerting lives', () => {
    expect(screenLines(watched(opened), wide)).toEqual([
      'on call, 09:00:10 UTC, Ctrl-C ends it',
      'level 1: the alerting is alive, its last heartbeat was 1s ago',
      '',
      'not over: 1',
      '20261123-090005-l1    open          5s         Browse, nobody has it',
      '',
      '20261123-090005-l1:',
      '  09:00:05              page Browse fired: Browse is not well',
    ]);
  });

  it('says when nothing would be heard, and when there is nothing to hear', () => {
    const silent = watched([], { labs: [{ lab, level: 1, lastHeartbeatAt: at(-5) }] });
    expect(screenLines(silent, wide)[1]).toMatch(/may be BLIND, its last heartbeat was 15s ago$/);
    expect(screenLines(watched([], { labs: [] }), wide).slice(1)).toEqual([
      'no lab runs: waiting for one',
      '',
      'no incident is open',
    ]);
    expect(screenLines(watched(opened, { labs: [] }), wide)[4]).toMatch(/its lab is gone$/);
    const hangs = screenLines(watched(opened, { labs: [], silent: new Map([[lab, 1]]) }), wide);
    expect([hangs[1], hangs[4]]).toEqual([
      'level 1: the lab does not answer',
      expect.stringMatching(/nobody has it, its lab does not answer$/),
    ]);
  });

  it('is never larger than the terminal, and no alert moves its cursor', () => {
    const evil = of([
      told('firing', 'page', 'Browse', 5, { annotations: { summary: '\u001b[2J\u0007gone\nmad' } }),
    ]);
    const lines = screenLines(watched(evil), { columns: 40, rows: 4 });
    expect(lines).toHaveLength(3);
    for (const line of screenLines(watched(evil), { columns: 40, rows: 50 })) {
      expect(line.length).toBeLessThan(40);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });

  it('shows what happened last where not all of it fits', () => {
    const notes = Array.from({ length: 30 }, (_, index): Act => {
      return { ...act, revision: index + 1, at: at(10 + index), kind: 'note', text: `note ${index}` };
    });
    const noted = watched(of([told('firing', 'page', 'Browse', 5)], notes));
    const lines = screenLines(noted, { columns: 100, rows: 12 });
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toContain('note 29');
    expect(lines[4]).toMatch(/^20261123-090005-l1/);
  });

  it('is drawn over itself, rings when it shall, and leaves the terminal as it was', () => {
    let text = '';
    const display = screenDisplay({
      columns: 0,
      rows: 0,
      write: (chunk: string) => {
        text += chunk;
        return true;
      },
    } as NodeJS.WriteStream);
    display.show(watched(opened), [], false);
    expect(text).not.toContain('\u0007');
    expect(text).toContain('Browse, nobody has it');
    display.show(watched(opened), [], true);
    expect(text.split('\u0007')).toHaveLength(2);
    display.end();
    expect(text.startsWith('\u001b[?1049h')).toBe(true);
    expect(text.endsWith('\u001b[?1049l')).toBe(true);
  });
});

describe('the watch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-watch-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('rings once for a page that comes, and not for what was there, nor when it is taken', async () => {
    const tell = (...all: Parameters<typeof numbered>[0]) =>
      writeFileSync(
        join(folder, `${lab}.jsonl`),
        numbered(all)
          .map((one) => `${JSON.stringify(one)}\n`)
          .join(''),
      );
    const before = told('firing', 'page', 'Browse', 5);
    tell(before);
    const pager = Pager.open(folder);
    pager.refresh();
    const looks: { readonly open: readonly string[]; readonly rings: boolean }[] = [];
    const [stop, rang] = [new AbortController(), () => looks.filter(({ rings }) => rings).length];
    const watching = watch(
      pager,
      {
        show: ({ incidents }, _changes, rings) =>
          void looks.push({ open: incidents.map(({ status }) => status), rings }),
        end: () => {},
      },
      stop.signal,
    );
    const patience = { timeout: 60_000 };
    await expect.poll(() => looks.length, patience).toBeGreaterThan(1);
    expect(rang()).toBe(0);
    tell(before, told('firing', 'page', 'Checkout', 20));
    await expect.poll(rang, patience).toBe(1);
    pager.act(id, { kind: 'acknowledge' }, { by: 'ana' });
    await expect.poll(() => looks.at(-1)?.open, patience).toEqual(['acknowledged']);
    expect(rang()).toBe(1);
    stop.abort();
    await watching;
    pager.close();
  });
});

describe('without a terminal', () => {
  const changes = changesBetween([], opened);

  it('each change is a line, and a problem one when it begins', () => {
    let text = '';
    const display = lineDisplay((chunk) => {
      text += chunk;
    });
    display.show(watched(opened, { problems: ['x cannot be read'] }), changes, true);
    display.show(watched(opened, { problems: ['x cannot be read'] }), [], true);
    expect(text).toBe(
      'level 1: the alerting is alive\nx cannot be read\n09:00:05  20261123-090005-l1  page Browse fired: Browse is not well\n',
    );
  });

  it('each change is JSON for a program', () => {
    let text = '';
    const display = jsonDisplay((chunk) => {
      text += chunk;
    });
    display.show(watched(opened), changes, true);
    expect(JSON.parse(text)).toMatchObject({ at: at(5), incident: id, rings: true });
  });
});
