import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { levelByNumber } from '@firedrill/topology';
import pg from 'pg';
import { request } from 'undici';
import { beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl, databaseUrlThrough, edgeUrl, logPath } from './addresses.ts';
import { processesOfLab } from './control/lab-processes.ts';
import { isAlive } from './control/process-table.ts';
import { labDown } from './lab-down.ts';
import { labStatus } from './status/lab-status.ts';
import { askLoki, askPrometheus } from './testing/ask.ts';
import { buy, sale } from './testing/buy.ts';
import { eventually } from './testing/eventually.ts';
import { listenersOf } from './testing/listeners.ts';
import { type SharedLab, sharedLab } from './testing/shared-lab.ts';
import { isFree } from './up/free-ports.ts';
import { portsOf } from './up/other-labs.ts';
import { poolSize } from './wiring/pgbouncer.ts';

const level = levelByNumber(2);
let lab: SharedLab;
let shop: string;
beforeAll(async () => {
  lab = await sharedLab(level.number);
  shop = edgeUrl(lab.state, 'client-1:edge-1');
});

/** Runs SQL as the shop and closes its connection. */
async function sql(url: string, text: string, values: readonly unknown[] = []): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

const throughThePool = () => databaseUrlThrough(lab.state, 'api-1:pgbouncer-1');
const upAtTheEdge = async (): Promise<readonly string[]> => {
  const up = await askPrometheus(lab.state, 'haproxy_server_status{proxy="shop",state="UP"} == 1');
  return up.map(({ labels }) => labels['server'] ?? '').toSorted();
};

/** Prometheus answers a query with one series. */
const untilTold = (query: string): Promise<boolean> =>
  eventually(query, async () => {
    expect(await askPrometheus(lab.state, query)).toHaveLength(1);
    return true;
  });

describe('the lab of level 2', () => {
  it('sells through the edge, and the edge’s log line is found by the trace', async () => {
    const bought = await sale(shop);
    const lines = await eventually('the line of the edge and that of an API', async () => {
      const found = await askLoki(lab.state, `{level="2"} | trace_id="${bought.traceId}"`);
      const services = new Set(found.map(({ labels }) => labels['service_name']));
      return services.has('haproxy') && services.has('shop') ? found : undefined;
    });
    const line = lines.find(({ labels }) => labels['service_name'] === 'haproxy');
    expect(line?.labels).toMatchObject({ node: 'edge-1', status: '201', severity_text: 'INFO' });
    expect(line?.text).not.toContain('c-1');
  });

  it('listens on 127.0.0.1 only, below 32768, and on no port but its own', () => {
    const listeners = listenersOf(processesOfLab(lab.state).map(({ pid }) => pid));
    const own = portsOf(lab.state);
    expect(listeners.map(({ port }) => port)).toEqual(
      expect.arrayContaining(Object.values(lab.state.nodes['edge-1'] ?? {})),
    );
    expect(listeners.map(({ port }) => port)).toContain(lab.state.nodes['pgbouncer-1']?.['sql']);
    for (const listener of listeners) {
      expect(listener, JSON.stringify(listener)).toMatchObject({ address: '0100007F' });
      expect(own, JSON.stringify(listener)).toContain(listener.port);
    }
  });

  it('is scraped at every target, under the labels of its level', async () => {
    const targets = level.edges.filter(({ from, to }) => from === 'prometheus-1' && to !== 'client-1');
    const expected = [...new Set(['prometheus-1', ...targets.map(({ to }) => to)])].toSorted();
    const up = await eventually('every target but the client is up', async () => {
      const found = await askPrometheus(lab.state, 'up{job!="client",job!="probe"} == 1');
      const instances = found.map(({ labels }) => labels['instance'] ?? '').toSorted();
      return isDeepStrictEqual(instances, expected) ? found : undefined;
    });
    for (const { labels } of up) expect(labels).toMatchObject({ service: 'shop-l2', level: '2' });
    expect(
      up.flatMap(({ labels: { job, instance, node } }) => (node ? [[job, instance, node]] : [])),
    ).toEqual(
      expect.arrayContaining([
        ['edge', 'edge-1', 'edge-1'],
        ['postgres', 'pg-exporter-1', 'pg-1'],
        ['pgbouncer', 'pgbouncer-exporter-1', 'pgbouncer-1'],
      ]),
    );
    await untilTold('pg_up + on() pgbouncer_up == 2');
  });

  it('tells the pressure on memory and on the one disk that it is on', async () => {
    await untilTold('node_filesystem_avail_bytes / node_filesystem_size_bytes > 0');
    await untilTold('node_memory_MemAvailable_bytes > 0');
    if (existsSync('/proc/pressure/memory')) await untilTold('node_pressure_memory_waiting_seconds_total');
  });

  it('counts the shop’s statements', async () => {
    await sale(shop);
    const seen = await sql(
      databaseUrl(lab.state),
      "SELECT queryid::text, calls FROM pg_stat_statements WHERE query ILIKE '%insert into customer_order%'",
    );
    expect(seen.length).toBeGreaterThan(0);
    await eventually('the exporter tells them', async () => {
      const told = await askPrometheus(
        lab.state,
        'pg_stat_statements_calls_total{node="pg-1",datname="shop"}',
      );
      return told.length > 5 ? true : undefined;
    });
  });

  it('logs the plan of a slow statement, and not the values bound to it', async () => {
    const bound = `card-${crypto.randomUUID()}`;
    // The workers of the shop may have all of the pool for a moment.
    await eventually('a server of the pool', () =>
      sql(throughThePool(), 'SELECT pg_sleep(0.4), $1::text AS slow_one', [bound]),
    );
    const [line] = await eventually('the plan is in Loki', async () => {
      const found = await askLoki(lab.state, '{service_name="postgres"} |= "plan:" |= "slow_one"');
      return found.length > 0 ? found : undefined;
    });
    expect(line?.text).toMatch(/Query Text: SELECT pg_sleep/);
    expect(line?.text).toMatch(/actual rows=1/);
    expect(line?.text).not.toContain(bound);
    expect(await askLoki(lab.state, `{service_name="postgres"} |= "${bound}"`)).toEqual([]);
  });

  it('shows that the pool has run dry, and tells the client that waits', async () => {
    const holders: pg.Client[] = [];
    // The workers of the shop hold some for a moment: whoever waited too long for one was hung up on, and dials again.
    const hold = () =>
      eventually('a server of its own', async () => {
        const client = new pg.Client({ connectionString: throughThePool() });
        client.on('error', () => {});
        try {
          await client.connect();
          await client.query('BEGIN');
          await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        } catch (error) {
          client.end().catch(() => {});
          throw error;
        }
        holders.push(client);
        return true;
      });
    try {
      await Promise.all(Array.from({ length: poolSize }, hold));
      await expect(sql(throughThePool(), 'SELECT 1')).rejects.toThrow(/query_wait_timeout/);
      await eventually('Prometheus has seen it', async () => {
        const waiting = await askPrometheus(
          lab.state,
          'pgbouncer_pools_server_active_connections{database="shop"}',
        );
        return waiting[0]?.value === poolSize ? true : undefined;
      });
    } finally {
      await Promise.allSettled(holders.map((holder) => holder.end()));
    }
  });
});

describe('at level 2', () => {
  it('the edge answers reads without a gap while an API is killed, and sells again when it knows', async () => {
    const answers: string[] = [];
    const log = () => readFileSync(logPath(lab.state, 'edge-1'), 'utf8');
    const logged = log().length;
    const reading = new AbortController();
    const reads = (async () => {
      while (!reading.signal.aborted) {
        const answer = await request(`${shop}/products?limit=1`).then(
          async ({ statusCode, body }) => `${statusCode} ${await body.text()}`,
          (error: Error) => error.message,
        );
        // A machine that was too slow is no gap: the API said so itself, or the edge waited for it. Busy it is, too, where the pool,
        // of which the test before broke every connection, takes its time to log in again.
        if (!/^504 |"(database-unavailable|busy)"/.test(answer)) answers.push(answer);
        await pause(20);
      }
    })();
    try {
      await eventually('reads are under way', async () => (answers.length > 5 ? true : undefined));
      await lab.control.apply({ kind: 'node-kill', node: 'api-1' });
      await eventually('the edge knows', async () =>
        (await upAtTheEdge()).join() === 'api-2' ? true : undefined,
      );
      for (let orders = 0; orders < 3; orders++) await sale(shop);
      await lab.control.undo({ kind: 'node-start', node: 'api-1' });
      await eventually('both are back', async () => ((await upAtTheEdge()).length === 2 ? true : undefined));
    } finally {
      reading.abort();
      await reads;
      await lab.control.healAll();
    }
    // `--`: an API's own words; `sH`: it was waited for in vain.
    const failed = log()
      .slice(logged)
      .split('\n')
      .filter((line) => /"GET","path":"\/products","status":"5.*"ended":"(?!--|sH)/.test(line));
    expect(failed).toEqual([]);
    expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([]);
  });

  it.each(['edge-1', 'pgbouncer-1', 'pg-1'])('the shop sells again after kill -9 of %s', async (node) => {
    await lab.control.apply({ kind: 'node-kill', node });
    try {
      await expect(buy(shop)).rejects.toThrow();
    } finally {
      await lab.control.undo({ kind: 'node-start', node });
    }
    await sale(shop);
    await eventually('every node is ready', async () => {
      for (const one of (await labStatus(lab.state)).nodes) expect(one.ready, one.node).toBe(true);
      return true;
    });
  });

  it('nothing is left after the end', async () => {
    const processes = processesOfLab(lab.state);
    expect(processes.length).toBeGreaterThan(15);
    await labDown({ level: level.number });
    expect(processes.filter(isAlive)).toEqual([]);
    expect(existsSync(lab.state.home)).toBe(false);
    for (const port of portsOf(lab.state)) expect(await isFree(port), `port ${port}`).toBe(true);
  });
});
