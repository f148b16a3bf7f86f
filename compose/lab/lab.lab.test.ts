import { trafficShare } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { beforeAll, describe, expect, it } from 'vitest';
import { edgeUrl, nodeUrl } from './addresses.ts';
import { processesOfLab } from './control/lab-processes.ts';
import { labLogs } from './lab-logs.ts';
import { labStatus } from './status/lab-status.ts';
import { statusTable } from './status/status-table.ts';
import { askLoki, askPrometheus, getJson } from './testing/ask.ts';
import { sale } from './testing/buy.ts';
import { eventually } from './testing/eventually.ts';
import { listenersOf } from './testing/listeners.ts';
import { type SharedLab, sharedLab } from './testing/shared-lab.ts';
import { portsOf } from './up/other-labs.ts';

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(1);
});

describe('the lab of level 1', () => {
  it('listens on 127.0.0.1 only, below 32768, and on no port but its own', () => {
    const listeners = listenersOf(processesOfLab(lab.state).map(({ pid }) => pid));
    expect(listeners.length).toBeGreaterThan(25);
    const own = portsOf(lab.state);
    for (const listener of listeners) {
      expect(listener, JSON.stringify(listener)).toMatchObject({ address: '0100007F' });
      expect(listener.port).toBeLessThan(32_768);
      expect(own, JSON.stringify(listener)).toContain(listener.port);
    }
  });

  it('shows every node ready and every edge enabled, and no secret', async () => {
    const { status, table } = await eventually('every node is ready, and every edge enabled', async () => {
      const now = await labStatus(lab.state);
      const told = statusTable(now);
      for (const { node, ready } of now.nodes) expect(ready, node).toBe(true);
      for (const { name } of levelByNumber(1).edges)
        expect(told).toMatch(new RegExp(`^${name} +enabled`, 'm'));
      return { status: now, table: told };
    });
    for (const secret of Object.values(lab.state.secrets))
      expect(JSON.stringify(status) + table).not.toContain(secret);
  });

  it("prints a node's log, and lists the nodes for a name that is not there", async () => {
    const log = async (node: string) => {
      let text = '';
      await labLogs(lab.state, node, { follow: false, write: (chunk) => (text += chunk) });
      return text;
    };
    expect(await log('receiver-1')).toContain('receiver listens');
    expect(await log('pg-1')).toContain('ready to accept connections');
    await expect(log('pg-9')).rejects.toMatchObject({
      code: 'usage',
      fix: expect.stringContaining('pg-1, '),
    });
  });

  it('has a quiet past in Prometheus with the labels of the scrape', async () => {
    const query =
      'count(count_over_time(client_requests_total{job="client",instance="client-1",level="1"}[11h]) > 2000)';
    const counted = await eventually('the history is there', async () => {
      const [found] = await askPrometheus(lab.state, query);
      return found?.value;
    });
    expect(counted).toBe(3 * Object.keys(trafficShare).length); // three outcomes of each operation
  });

  it('has rules that all evaluate, and the Watchdog beats at the receiver', async () => {
    interface Rules {
      readonly data: {
        readonly groups: readonly {
          readonly rules: readonly { readonly name: string; readonly health: string }[];
        }[];
      };
    }
    await eventually('every rule evaluates', async () => {
      const { data } = (await getJson(`${nodeUrl(lab.state, 'prometheus-1')}/api/v1/rules`)) as Rules;
      const all = data.groups.flatMap((group) => group.rules);
      expect(all.length).toBeGreaterThan(0);
      expect(all.filter((rule) => rule.health !== 'ok')).toEqual([]);
      return true;
    });
    await eventually('a heartbeat', async () => {
      const { lastHeartbeatAt } = (await getJson(`${nodeUrl(lab.state, 'receiver-1')}/watchdog`)) as {
        lastHeartbeatAt: string | null;
      };
      return lastHeartbeatAt ?? undefined;
    });
  });

  it('probes what Blackbox reaches', async () => {
    const probed = await eventually('all probes succeed', async () => {
      const found = await askPrometheus(lab.state, 'probe_success == 1');
      return found.length === 3 ? found : undefined;
    });
    expect(probed.map(({ labels }) => labels['instance']).toSorted()).toEqual([
      'api-1',
      'collector-1',
      'payment-1',
    ]);
  });

  it("keeps the other components' logs in Loki, under their names", async () => {
    const find = (query: string) =>
      eventually(query, async () => (await askLoki(lab.state, query))[0]?.labels);
    expect(await find('{service_name="postgres"} |= "ready to accept connections"')).toMatchObject({
      node: 'pg-1',
      level: '1',
      severity_text: 'LOG',
    });
    expect(await find('{service_name="receiver"} |= "listens"')).toMatchObject({ node: 'receiver-1' });
  });
});

describe('one checkout', () => {
  interface Exemplars {
    readonly data: readonly {
      readonly exemplars: readonly { readonly labels: { readonly trace_id?: string } }[];
    }[];
  }
  interface Traces {
    readonly data: readonly { readonly spans: readonly { readonly operationName: string }[] }[];
  }

  it('is found from exemplar to trace to log line', async () => {
    const shop = edgeUrl(lab.state, 'client-1:api-1');
    const bought = await sale(shop);

    const traceId = await eventually('an exemplar of this checkout', async () => {
      const now = Date.now() / 1000;
      const { data } = (await getJson(`${nodeUrl(lab.state, 'prometheus-1')}/api/v1/query_exemplars`, {
        query: 'http_server_request_duration_seconds_bucket{http_request_method="POST"}',
        start: String(now - 120),
        end: String(now + 1),
      })) as Exemplars;
      const ids = data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
      return ids.find((id) => id === bought.traceId);
    });

    await eventually('its trace', async () => {
      const { data } = (await getJson(
        `${nodeUrl(lab.state, 'jaeger-1', 'query')}/api/traces/${traceId}`,
      )) as Traces;
      const names = data.flatMap((trace) => trace.spans.map((span) => span.operationName));
      // The API and the provider send theirs on their own.
      expect(names.some((name) => name.startsWith('pg'))).toBe(true);
      expect(names.length).toBeGreaterThan(5);
      return true;
    });

    await eventually('its log line', async () => {
      const found = await askLoki(lab.state, `{service_name="shop"} | trace_id="${traceId}"`);
      return found.length > 0 ? true : undefined;
    });
  });
});
