import { clientScrapeSeconds, clocks, parseDuration } from '@firedrill/slo';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { plainContext } from '../testing/plain-context.ts';
import { wiredLevel } from '../testing/wired-level.ts';
import { scrapeConfigs } from './scrape-configs.ts';

interface Job {
  readonly job_name: string;
  readonly scrape_interval: string;
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

function scrapesOf(number: number) {
  const wired = wiredLevel(number);
  const jobs: readonly Job[] = parse(wired.file('prometheus-1', 'prometheus.yml')).scrape_configs;
  return { ...wired, jobs, job: (name: string) => jobs.find((one) => one.job_name === name) };
}

describe("Prometheus' scrapes", () => {
  it('ask the client every 500 ms, with the labels of the quiet history', () => {
    const { job, proxy } = scrapesOf(1);
    expect(job('client')).toMatchObject({
      scrape_interval: '500ms',
      static_configs: [
        {
          targets: [proxy('prometheus-1:client-1')],
          labels: { instance: 'client-1', service: 'shop-l1', level: '1' },
        },
      ],
    });
  });

  it.each(clocks)(
    'of the client come as often as the predictions of the %s clock take for granted',
    (clock) => {
      const plain = plainContext(1);
      const jobs = scrapeConfigs('prometheus-1', { ...plain, state: { ...plain.state, clock } });
      const { scrape_interval: every } = jobs.find(
        (one) => 'job_name' in one && one.job_name === 'client',
      ) as Job;
      expect(parseDuration(every)).toBe(clientScrapeSeconds[clock]);
    },
  );

  it.each([1, 2, 3, 4])('probe each node of level %i that Blackbox has an edge to', (number) => {
    const { job, level, proxy } = scrapesOf(number);
    const probed = level.edges.filter((edge) => edge.from === 'blackbox-1');
    expect(job('probe')?.static_configs).toMatchObject(
      probed.map((edge) => ({
        targets: [proxy('prometheus-1:blackbox-1')],
        labels: { instance: edge.to, __param_target: `http://${proxy(edge.name)}/readyz` },
      })),
    );
  });

  it.each([1, 2, 3, 4])(
    'probe the collector of level %i, without which no log alert hears anything',
    (number) => {
      const probed = scrapesOf(number)
        .job('probe')
        ?.static_configs.map(({ labels }) => labels['instance']);
      expect(probed).toContain('collector-1');
    },
  );

  it.each([1, 2, 3, 4])(
    'ask Blackbox of level %i for itself, too: a dead one is none of those it probes',
    (number) => {
      const { job, proxy } = scrapesOf(number);
      expect(job('blackbox')?.static_configs).toMatchObject([
        { targets: [proxy('prometheus-1:blackbox-1')], labels: { instance: 'blackbox-1' } },
      ]);
    },
  );

  it.each([1, 2, 3, 4])('ask every node of level %i that Prometheus has an edge to', (number) => {
    const { jobs, level, proxy } = scrapesOf(number);
    const asked = jobs.flatMap((one) => one.static_configs.flatMap(({ targets }) => targets));
    for (const edge of level.edges.filter(({ from }) => from === 'prometheus-1'))
      expect(asked, edge.name).toContain(proxy(edge.name));
  });

  it("name the server that an exporter's figures are of", () => {
    const { jobs } = scrapesOf(3);
    const watched = jobs.flatMap((one) =>
      one.static_configs.flatMap(({ labels: { instance, node } }) =>
        node === undefined ? [] : [`${one.job_name}: ${instance} of ${node}`],
      ),
    );
    expect(watched).toEqual([
      'edge: edge-1 of edge-1',
      'pgbouncer: pgbouncer-exporter-1 of pgbouncer-1',
      'postgres: pg-exporter-1 of pg-1',
      'postgres: pg-exporter-2 of pg-2',
      'postgres: pg-exporter-3 of pg-3',
    ]);
  });
});
