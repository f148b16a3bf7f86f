import { readFileSync } from 'node:fs';
import { prometheusRuleFiles, watchdogMissing } from '@firedrill/alerts';
import { alertWindows, clientScrapeSeconds, clocks, parseDuration } from '@firedrill/slo';
import { palette } from '@firedrill/slo/palette';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { dashboardFiles, dashboards, queriesOf } from './index.ts';

interface OfQuery {
  readonly matcher: { readonly options: string };
}

it.each(dashboardFiles())('$path is committed as it is generated', ({ path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

describe.each(dashboardFiles().map(({ text }) => JSON.parse(text)))('$uid in Grafana', (json) => {
  it('has each panel once, inside its 24 columns, with a description', () => {
    const ids = json.panels.map((panel: { id: number }) => panel.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const panel of json.panels) {
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      if (panel.type !== 'row') expect(panel.description.length).toBeGreaterThan(10);
    }
  });

  it('has no two panels in one place', () => {
    const places = json.panels.map(
      (panel: { gridPos: { x: number; y: number } }) => `${panel.gridPos.x},${panel.gridPos.y}`,
    );
    expect(new Set(places).size).toBe(places.length);
  });

  it('uses the colours of the palette only', () => {
    const used = [...JSON.stringify(json).matchAll(/"#[0-9a-fA-F]{6}"/g)].map(([text]) => JSON.parse(text));
    for (const colour of used) expect(Object.values(palette)).toContain(colour);
  });

  it('leaves no colour of a panel to Grafana', () => {
    const colours: readonly string[] = Object.values(palette);
    for (const { type, title, targets, fieldConfig } of json.panels) {
      const steps = fieldConfig?.defaults.thresholds?.steps.map(({ color }: { color: string }) => color);
      if (type === 'stat') {
        expect(steps?.length ?? 0, title).toBeGreaterThan(0);
        expect(colours, title).toEqual(expect.arrayContaining(steps));
      }
      if (!['timeseries', 'state-timeline'].includes(type)) continue;
      expect([...colours, 'transparent'], title).toEqual(expect.arrayContaining(steps ?? []));
      for (const { refId } of targets) {
        const own = fieldConfig.overrides.find((one: OfQuery) => one.matcher.options === refId);
        const look = own?.properties.find(({ id }: { id: string }) => id === 'color');
        expect(colours, `${title} ${refId}`).toContain(look?.value.fixedColor);
      }
    }
  });

  it('asks a data source that the viewer chooses, never a fixed address', () => {
    for (const panel of json.panels.filter((one: { type: string }) => !['row', 'text'].includes(one.type))) {
      expect([
        { type: 'prometheus', uid: '$datasource' },
        { type: 'loki', uid: '$logs' },
      ]).toContainEqual(panel.datasource);
      for (const { url } of panel.links) expect(url).toMatch(/^\//);
    }
  });

  it('leads from each panel to the traces, and to the logs unless it shows them', () => {
    for (const panel of json.panels.filter((one: { type: string }) => !['row', 'text'].includes(one.type))) {
      const titles = panel.links.map((link: { title: string }) => link.title);
      expect(titles).toContain('Traces');
      expect(titles.includes('Logs')).toBe(panel.type !== 'logs');
    }
  });

  it('leads to runbooks that are there, by panels of their dashboard', () => {
    const books = JSON.parse(dashboardFiles().find(({ path }) => path.endsWith('/runbooks.json'))!.text);
    for (const panel of json.panels) {
      for (const { title, url } of panel.links ?? []) {
        const id = /^\/d\/runbooks\?viewPanel=panel-(\d+)$/.exec(url)?.[1];
        if (id === undefined) continue;
        const book = books.panels.find((one: { id: number }) => one.id === Number(id));
        expect(title).toBe(`Runbook ${book?.title}`);
      }
    }
  });
});

it('has a runbook behind every panel of an objective', () => {
  const panels = dashboards
    .filter(({ uid }) => /^slo-.*-/.test(uid))
    .flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  expect(panels.length).toBeGreaterThan(20);
  for (const { runbook } of panels) expect(runbook).toBeDefined();
});

describe('the queries', () => {
  const queries = dashboards.flatMap(queriesOf);

  it('have every variable filled in', () => {
    expect(queries.length).toBeGreaterThan(20);
    for (const { expr } of queries) expect(expr).not.toMatch(/\$(service|slo)\b/);
  });

  it('show every alerting window of both clocks', () => {
    const text = queries.map((query) => query.expr).join('\n');
    for (const window of [
      '5s',
      '1m',
      '30s',
      '6m',
      '2m',
      '24m',
      '1h12m',
      '5m',
      '1h',
      '30m',
      '6h',
      '2h',
      '1d',
      '3d',
    ]) {
      expect(text).toMatch(new RegExp(`ratio_rate\\((${window}\\||[^)]*\\|${window}\\))`));
    }
    expect(alertWindows('drill').pairs).toHaveLength(4);
  });

  it.each(clocks)('take no window on the %s clock that holds fewer than two samples', (clock) => {
    const scrapes = new URL('../compose/level-4/prometheus-1/prometheus.yml', import.meta.url);
    const own = [...readFileSync(scrapes, 'utf8').matchAll(/job_name: (\S+)\n\s+scrape_interval: (\S+)/g)];
    expect(own.map(([, job]) => job)).toEqual(expect.arrayContaining(['client', 'postgres', 'probe']));
    const slowest = Math.max(
      clientScrapeSeconds[clock],
      ...own.flatMap(([, job, interval]) => (job === 'client' ? [] : parseDuration(interval!)!)),
    );
    const windows = queries
      .filter(({ source }) => source === 'prometheus')
      .flatMap(({ panel, expr }) =>
        [...expr.matchAll(/\[(\w+)[:\]]/g)].map(([, window]) => ({
          panel,
          seconds: parseDuration(window!)!,
        })),
      );
    expect(windows.length).toBeGreaterThan(50);
    // A range leaves its beginning out: twice the interval is the shortest that always holds two.
    expect(windows.filter(({ seconds }) => !(seconds >= 2 * slowest))).toEqual([]);
  });
});

it("a level's own has a row for each node of the shop, with what it does, what waits for it and what it failed", () => {
  for (const level of levels) {
    const rows = dashboards.find(({ uid }) => uid === `level-${level.number}`)?.rows ?? [];
    for (const { name } of level.nodes.filter(({ role }) => role === 'user')) {
      const row = rows.find(({ title }) => title === name);
      expect(row?.panels.map(({ title }) => title)).toEqual([
        `${name}: utilisation`,
        `${name}: saturation`,
        `${name}: errors`,
      ]);
    }
  }
});

it('a panel of what Prometheus raised says whose alerts it is not of', () => {
  const panels = dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const asking = panels.filter(({ queries }) => queries.some(({ expr }) => expr.includes('ALERTS{')));
  expect(asking.length).toBeGreaterThan(5);
  for (const { queries, description } of asking) {
    const text = queries.map(({ expr }) => expr).join('\n');
    if (text.includes('severity="ticket"')) expect(description).toContain('Loki');
    if (text.includes('severity="page"')) expect(description).toContain(watchdogMissing.alert);
  }
});

it('every alert names a dashboard that there is', () => {
  const uids = dashboards.map((dashboard) => dashboard.uid);
  const named = levels.flatMap(({ number }) =>
    prometheusRuleFiles(number, 'drill').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^\s+dashboard: (\S+)$/gm)].map(([, uid]) => uid),
    ),
  );
  expect(named.length).toBeGreaterThan(40);
  for (const uid of [...named, watchdogMissing.dashboard]) expect(uids).toContain(uid);
});

it("draws each ticket's line where its rule is", () => {
  const rules = prometheusRuleFiles(3, 'drill').map((file) => readFileSync(file, 'utf8'));
  const limits = rules.flatMap((text) =>
    [...text.matchAll(/^\s+(?:expr: |\) )?.*[<>] ([0-9.e]+)$/gm)].map(([, limit]) => Number(limit)),
  );
  const lines = dashboards
    .flatMap(({ rows }) => rows.flatMap((row) => row.panels))
    .filter(({ title, kind }) => !title.startsWith('Burn rate') && kind === 'timeseries')
    .flatMap((panel) => panel.thresholds ?? [])
    .filter(({ meaning }) => meaning === 'ticket');
  expect(lines.length).toBeGreaterThan(5);
  for (const { value } of lines) expect(limits).toContain(value);
});
