import { request } from 'undici';
import { nodeUrl } from '../addresses.ts';
import type { LabState } from '../state.ts';

/** Of one question, ms: whoever polls asks again, and a test says what was missing before its own time is up. */
export const answerMs = 20_000;

/** A GET whose answer is JSON. @throws on any status but 200. */
export async function getJson(
  url: string,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { statusCode, body } = await request(url, { query, headers, signal: AbortSignal.timeout(answerMs) });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${statusCode} ${text}`);
  return JSON.parse(text);
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What Prometheus answers to an instant query now. */
export async function askPrometheus(state: LabState, query: string): Promise<readonly Sample[]> {
  const answer = await getJson(`${nodeUrl(state, 'prometheus-1')}/api/v1/query`, { query });
  const { data } = answer as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

export interface LogLine {
  readonly labels: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The lines that Loki has of the last hour. */
export async function askLoki(state: LabState, query: string): Promise<readonly LogLine[]> {
  const url = `${nodeUrl(state, 'loki-1')}/loki/api/v1/query_range`;
  const { data } = (await getJson(url, { query, since: '1h' })) as {
    data: { result: { stream: Record<string, string>; values: [string, string][] }[] };
  };
  return data.result.flatMap(({ stream, values }) => values.map(([, text]) => ({ labels: stream, text })));
}
