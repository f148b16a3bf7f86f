import { readFileSync } from 'node:fs';
import { prometheusRuleFiles, watchdogMissing } from '@firedrill/alerts';
import { alertWindows } from '@firedrill/slo';
import { palette } from '@firedrill/slo/palette';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { dashboardFiles, dashboards, queriesOf } from './index.ts';

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
    const used = [...JSON.stringify(json).matchAll(/#[0-9a-fA-F]{6}/g)].map(([colour]) => colour);
    expect(used.length).toBeGreaterThan(0);
    for (const colour of used) expect(Object.values(palette)).toContain(colour);
  });

  it('asks a data source that the viewer chooses, never a fixed address', () => {
    const text = JSON.stringify(json);
    expect(text).not.toMatch(/https?:\/\//);
    for (const panel of json.panels) {
      if (panel.type !== 'row') expect(panel.datasource).toEqual({ type: 'prometheus', uid: '$datasource' });
    }
  });
});

describe('the queries', () => {
  const queries = dashboards.flatMap(queriesOf);

  it('have every variable filled in', () => {
    expect(queries.length).toBeGreaterThan(20);
    for (const { expr } of queries) expect(expr).not.toContain('$');
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
    .filter((panel) => panel.title !== 'Burn rate: $slo' && panel.kind === 'timeseries')
    .flatMap((panel) => panel.thresholds ?? [])
    .filter(({ meaning }) => meaning === 'ticket');
  expect(lines.length).toBeGreaterThan(5);
  for (const { value } of lines) expect(limits).toContain(value);
});
