import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import type { CounterSample } from '../budget/counter-growth.ts';

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
const vector = z.array(z.object({ metric: labels, value: sample }));
const matrix = z.array(z.object({ metric: labels, values: z.array(sample) }));
const alerts = z.object({ alerts: z.array(z.object({ labels, state: z.string() })) });

export interface LabelledSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface LabelledAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: string;
}

/** A busy Prometheus reads half a day in a second or two; one that is gone must not hold the command up. */
const deadlineMs = 30_000;

/** What a Prometheus is asked for a status. */
export class Prometheus {
  readonly #url: string;
  readonly #level: number;

  constructor({ prometheusUrl, level }: { readonly prometheusUrl: string; readonly level: number }) {
    this.#url = prometheusUrl;
    this.#level = level;
  }

  async instant(query: string, atSeconds: number): Promise<readonly LabelledSample[]> {
    const { result } = await this.#query(query, atSeconds, z.object({ result: vector }));
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** The samples as they were scraped in (at − range, at], by series. */
  async raw(
    selector: string,
    atSeconds: number,
    rangeSeconds: number,
  ): Promise<ReadonlyMap<string, readonly CounterSample[]>> {
    const query = `${selector}[${Math.round(rangeSeconds * 1000)}ms]`;
    const { result } = await this.#query(query, atSeconds, z.object({ result: matrix }));
    return new Map(
      result.map(({ metric, values }) => [
        JSON.stringify(Object.entries(metric).toSorted()),
        values.map(([seconds, value]) => ({ seconds, value: Number(value) })),
      ]),
    );
  }

  async alerts(): Promise<readonly LabelledAlert[]> {
    return (await this.#get('/api/v1/alerts', {}, alerts)).alerts;
  }

  #query<Result>(query: string, atSeconds: number, shape: z.ZodType<Result>): Promise<Result> {
    return this.#get('/api/v1/query', { query, time: atSeconds.toFixed(3) }, shape);
  }

  async #get<Result>(
    path: string,
    words: Readonly<Record<string, string>>,
    shape: z.ZodType<Result>,
  ): Promise<Result> {
    let answer: unknown;
    try {
      const url = `${this.#url}${path}?${new URLSearchParams(words)}`;
      const response = await fetch(url, { signal: AbortSignal.timeout(deadlineMs) });
      answer = await response.json();
    } catch (cause) {
      throw new FiredrillError('control-failed', 'Prometheus does not answer', {
        where: this.#url,
        fix: `see \`pnpm lab status --level ${this.#level}\`; without it nothing is known about the objectives`,
        cause,
      });
    }
    const parsed = z.object({ status: z.literal('success'), data: shape }).safeParse(answer);
    if (parsed.success) return parsed.data.data;
    const { error = 'an answer of another shape' } = (answer ?? {}) as { error?: string };
    throw new FiredrillError('control-failed', `Prometheus refused: ${error}`, { where: this.#url });
  }
}
