import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { grafanaService } from './grafana-service.ts';

const dashboards = join(import.meta.dirname, '../../../../dashboards/grafana');

/** Grafana itself is not to be had where these run, nor a schema of its provisioning files: they are held against what is committed. */
describe.each(levels.map((level) => [level.number, level] as const))('level %i', (_number, level) => {
  const { configs, definition } = grafanaService(level);
  const provisioned = (name: string) =>
    parse(configs.find(({ target }) => target.includes(`/provisioning/${name}/`))?.file?.content ?? '');

  it('gives every dashboard a source of each type that its variables ask for', () => {
    const { datasources } = provisioned('datasources');
    const types: readonly string[] = datasources.map(({ type }: { type: string }) => type);
    const seen: unknown[] = [];
    for (const file of readdirSync(dashboards)) {
      const { templating } = JSON.parse(readFileSync(join(dashboards, file), 'utf8'));
      const asked = (templating?.list ?? []).filter(({ type }: { type: string }) => type === 'datasource');
      for (const { query } of asked) expect(types, file).toContain(query);
      seen.push(...asked);
    }
    expect(seen.length).toBeGreaterThan(10);
  });

  it('finds each source at a node of its own kind, in a network that both are in', () => {
    const networks = Object.keys(definition['networks'] as object);
    for (const { type, url, uid } of provisioned('datasources').datasources) {
      const { hostname } = new URL(url);
      expect(level.nodes.find(({ name }) => name === hostname)?.kind).toBe(type);
      expect(networks).toContain(hostname);
      expect(uid).toBe(type);
    }
  });

  it('looks for dashboards where the committed ones are mounted', () => {
    const [provider] = provisioned('dashboards').providers;
    expect(definition['volumes']).toEqual([
      { type: 'bind', source: '../../dashboards/grafana', target: provider.options.path, read_only: true },
    ]);
  });

  it('is started by its profile alone', () => expect(definition['profiles']).toEqual(['grafana']));
});
