import { levels } from '@firedrill/topology';
import { nothing } from 'lit-html';
import { describe, expect, it } from 'vitest';
import type { EdgeSight, LabSight, NodeSight, PagingSight, Snapshot } from '../sight.ts';
import { figure, length, percent } from './format.ts';
import { layOut } from './graph-layout.ts';
import { banner, tabTitle } from './head.ts';
import { movedTo, wishOf } from './keys.ts';
import { hashOf, home, routeOf, views } from './route.ts';
import { state } from './state.ts';
import { noAlerts, watchdogText } from './view-alerts.ts';
import { countedText } from './view-slos.ts';

describe('figures', () => {
  it.each([
    [0.999_999, '>99.99 %'],
    [1, '100 %'],
    [0.000_001, '<0.01 %'],
    [0, '0 %'],
    [null, '–'],
  ])('%d as %s', (ratio, text) => expect(percent(ratio)).toBe(text));

  it.each([
    [0.0045, 's', '4.5 ms'],
    [2.5, 's', '2.5 s'],
    [1_500_000, 'short', '1.5 M'],
    [2048, 'bytes', '2 KiB'],
    [12.345, 'reqps', '12.3/s'],
  ] as const)('%d %s is %s', (value, unit, text) => expect(figure(value, unit)).toBe(text));

  it.each([
    [4200, '4.2 s'],
    [59_000, '59 s'],
    [119_000, '1 min 59 s'],
    [7_200_000, '2 h'],
    [90_061_000, '1 d 1 h'],
  ])('%i ms last %s', (ms, text) => expect(length(ms)).toBe(text));
});

describe('the address', () => {
  it.each(views.map(({ name }) => name))('#%s leads to its view and back', (view) => {
    expect(routeOf(hashOf({ view, board: null }), home)).toEqual({ view, board: null, open: null });
  });

  it('opens a runbook or a report over the view that was there', () => {
    const alerts = routeOf('#alerts', home);
    const opened = routeOf('#runbook/CheckoutAvailability', alerts);
    expect(opened).toEqual({ ...alerts, open: { kind: 'runbook', id: 'CheckoutAvailability' } });
    expect(hashOf(opened)).toBe('#alerts');
  });

  it.each(['', '#nowhere', '#report/', '#%'])('%j leads nowhere else', (hash) => {
    expect(routeOf(hash, home)).toEqual(home);
  });
});

describe('a lab', () => {
  const seen = (lab: LabSight['state']) => {
    const sight = { state: lab, goneSince: '2026-11-29T10:00:00.000Z' };
    const snapshot = {
      level: 2,
      lab: sight,
      paging: { value: null },
      incidents: { value: null },
    } as unknown as Snapshot;
    return { ...state, snapshot };
  };

  it.each([
    ['silent', 'lab does not answer', 'The lab of level 2 does not answer'],
    ['gone', 'lab is gone', 'The lab of level 2 is gone'],
  ] as const)('that is %s is told apart, on the tab and above all else', (lab, tab, said) => {
    expect(tabTitle(seen(lab))).toContain(tab);
    expect(JSON.stringify(banner(seen(lab)))).toContain(said);
  });

  it('that runs is no news', () => {
    expect(tabTitle(seen('running'))).toBe('Firedrill level 2');
    expect(banner(seen('running'))).toBe(nothing);
  });
});

describe('what calls', () => {
  const firing = { state: 'firing', severity: 'ticket' };
  const open = { status: 'open', labGone: false };
  const tab = (alerts: readonly object[], incidents: readonly object[]) =>
    tabTitle({
      ...state,
      snapshot: {
        level: 2,
        lab: { state: 'running' },
        paging: { value: { alerts } },
        incidents: { value: { incidents } },
      } as unknown as Snapshot,
    });

  it('is what fires, else what nobody has; nothing of a lab that is gone', () => {
    expect(tab([firing], [open])).toBe('1 firing · Firedrill level 2');
    expect(tab([], [open])).toBe('1 open · Firedrill level 2');
    expect(
      tab(
        [],
        [
          { ...open, labGone: true },
          { ...open, status: 'acknowledged' },
        ],
      ),
    ).toBe('Firedrill level 2');
  });
});

describe('who tells of alerts', () => {
  const nowMs = Date.parse('2026-11-29T10:00:20.000Z');
  const heard = (seconds: number): PagingSight => ({
    alerts: [],
    blind: [],
    heartbeatAt: new Date(nowMs - 1000 * seconds).toISOString(),
  });

  it('is alive as long as it is heard', () => {
    expect(watchdogText(heard(2), nowMs)).toEqual({
      text: 'The receiver heard the Watchdog 2.0 s ago: who pages is alive.',
      alive: true,
    });
    expect(watchdogText(heard(11), nowMs)).toMatchObject({
      text: expect.stringMatching(/11 s ago: pages may be lost/),
      alive: false,
    });
    for (const said of [
      { ...heard(2), heartbeatAt: null },
      { ...heard(2), blind: ['the receiver'] as const },
    ])
      expect(watchdogText(said, nowMs).alive).toBe(false);
  });

  it('says that nothing fires only when everybody was heard', () => {
    expect(noAlerts(heard(2))).toBe('Nothing fires, nothing pends.');
    for (const one of ['Prometheus', 'Alertmanager'] as const)
      expect(noAlerts({ ...heard(2), blind: [one] })).toBe('Nothing is known to fire.');
  });
});

it('an old count says how old', () => {
  const nowMs = Date.parse('2026-11-29T10:10:00.000Z');
  const at = '2026-11-29T10:00:00.000Z';
  expect(countedText({ value: null, at, problem: null }, nowMs)).toBe(' · counted 10 min ago');
  expect(countedText({ value: null, at, problem: 'Prometheus does not answer' }, Date.parse(at) + 5000)).toBe(
    ' · counted 5.0 s ago',
  );
  expect(countedText({ value: null, at, problem: null }, Date.parse(at) + 60_000)).toBe('');
});

describe('keys', () => {
  const key = (name: string, ctrlKey = false) =>
    wishOf({ key: name, ctrlKey, altKey: false, metaKey: false });

  it('choose views by their number', () => {
    expect(views.map((_, index) => key(String(index + 1)))).toEqual(
      views.map(({ name }) => ({ kind: 'view', view: name })),
    );
    expect(key('9')).toBeUndefined();
  });

  it('are the browser’s with a modifier', () => expect(key('1', true)).toBeUndefined());

  it('move within what there is', () => {
    expect([movedTo(-1, 1, 3), movedTo(-1, -1, 3), movedTo(2, 1, 3), movedTo(0, -1, 3)]).toEqual([
      0, 2, 2, 0,
    ]);
  });
});

describe.each(levels)('the picture of level $number', (level) => {
  const nodes = level.nodes.map(
    ({ name, kind, role }): NodeSight => ({ node: name, kind, role, state: 'ready', note: '' }),
  );
  const edges = level.edges.map(
    ({ name, from, sources, to, plane }): EdgeSight => ({
      edge: name,
      from: sources ?? [from],
      to,
      plane,
      state: 'as it should',
      toxics: [],
    }),
  );
  const graph = layOut(nodes, edges, { along: 200, across: 60, upright: false });
  const placeOf = (name: string) => graph.nodes.find(({ node }) => node.node === name);

  it('has every node of the shop once, each in a place of its own', () => {
    const shop = level.nodes.filter(({ role }) => role === 'user').map(({ name }) => name);
    for (const name of shop) expect(placeOf(name), name).toBeDefined();
    expect(new Set(graph.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(graph.nodes.length);
  });

  it('goes inwards along every way of a request', () => {
    for (const { edge, from, to } of graph.edges) {
      if (from.node.kind !== to.node.kind) expect(to.x, edge.edge).toBeGreaterThan(from.x);
    }
    expect(graph.nodes.filter(({ x }) => x === 100).map(({ node }) => node.node)).toEqual(['client-1']);
  });

  it('draws every edge that carries the shop', () => {
    const carrying = level.edges.filter(({ plane }) => plane === 'data').map(({ name }) => name);
    expect(new Set(graph.edges.map(({ edge }) => edge.edge))).toEqual(
      new Set([...carrying, graph.edges[0]?.edge.edge]),
    );
  });
});
