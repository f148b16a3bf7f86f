import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  clientBucketSeconds as bounds,
  clientOutcomes,
  formatLe,
  type SloEvent,
  trafficShare,
} from '@firedrill/slo';

type Outcome = (typeof clientOutcomes)[number];

/**
 * Makes the load client's metrics at an exact rate with an exact error ratio, so that what the alerting pipeline adds can be
 * told from what chance adds. It stands only in front of Prometheus: everything behind it is real.
 */
export class ClientStandIn {
  readonly #counts = new Map<string, { requests: number; buckets: number[] }>();
  readonly #due = new Map<string, number>();
  readonly #owed = new Map<string, number>();
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  /** Every checkout with its time. */
  readonly checkouts: SloEvent[] = [];
  /** Of all operations, a second. */
  rps: number;
  /** Of all operations, 0 to 1. */
  errorRatio = 0;
  scrapes = 0;

  constructor(rps: number) {
    this.rps = rps;
    for (const operation of Object.keys(trafficShare)) {
      for (const outcome of clientOutcomes) {
        this.#counts.set(`${operation} ${outcome}`, { requests: 0, buckets: bounds.map(() => 0) });
      }
    }
    this.#server = createServer((_request, response) => {
      this.scrapes++;
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(this.#text());
    });
    let beforeMs = Date.now();
    this.#timer = setInterval(() => {
      const nowMs = Date.now();
      for (const [operation, share] of Object.entries(trafficShare))
        this.#advance(operation, share * this.rps, nowMs - beforeMs, nowMs);
      beforeMs = nowMs;
    }, 20);
  }

  /** @param port any free one by default. */
  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #advance(operation: string, perSecond: number, elapsedMs: number, nowMs: number): void {
    let due = (this.#due.get(operation) ?? 0) + (perSecond * elapsedMs) / 1000;
    for (; due >= 1; due--) {
      const owed = (this.#owed.get(operation) ?? 0) + this.errorRatio;
      const outcome: Outcome = owed >= 1 - 1e-9 ? 'bad' : 'good';
      this.#owed.set(operation, outcome === 'bad' ? owed - 1 : this.errorRatio === 0 ? 0 : owed);
      const count = this.#counts.get(`${operation} ${outcome}`)!;
      count.requests++;
      count.buckets = count.buckets.map((value, index) => value + (bounds[index]! >= 0.025 ? 1 : 0));
      if (operation === 'checkout') this.checkouts.push({ timeMs: nowMs, outcome });
    }
    this.#due.set(operation, due);
  }

  #text(): string {
    let requests = '# TYPE client_requests_total counter\n';
    let durations = '# TYPE client_request_duration_seconds histogram\n';
    for (const [key, count] of this.#counts) {
      const [operation, outcome] = key.split(' ');
      const labels = `operation="${operation}",outcome="${outcome}"`;
      requests += `client_requests_total{${labels}} ${count.requests}\n`;
      for (const [index, bound] of bounds.entries()) {
        durations += `client_request_duration_seconds_bucket{${labels},le="${formatLe(bound)}"} ${count.buckets[index]}\n`;
      }
      durations += `client_request_duration_seconds_bucket{${labels},le="+Inf"} ${count.requests}\n`;
      durations += `client_request_duration_seconds_sum{${labels}} ${count.requests * 0.02}\n`;
      durations += `client_request_duration_seconds_count{${labels}} ${count.requests}\n`;
    }
    return requests + durations;
  }
}
