import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { type LabState, nodeUrl, pullLever } from '@firedrill/lab';
import { readLabState, thisCheckout } from '@firedrill/lab/control';
import type { Answer, AnswerRow } from '@firedrill/runbooks';
import { request } from 'undici';
import { z } from 'zod';
import type { Hands } from './hands.ts';

const queryMs = 5000;
const commandMs = 30_000;
/** Of what a command prints: the end, where the newest stands. */
const keptCharacters = 20_000;

const vectorSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

const streamsSchema = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.string(), z.string()])) })) }),
});

const logLines = ['loki-1', '/loki/api/v1/query_range'] as const;
const paths = { promql: ['prometheus-1', '/api/v1/query'], logql: ['loki-1', '/loki/api/v1/query'] } as const;

const none = (error: unknown): Answer => ({
  kind: 'none',
  why: error instanceof Error ? error.message : String(error),
});

/** Those of an operator before a running lab. */
export function labHands(given: LabState): Hands {
  // A promotion changes it.
  const lab = (): LabState => readLabState(given.home) ?? given;
  return {
    level: given.level,
    addressOf: (node, port) =>
      given.nodes[node]?.[port] === undefined ? undefined : new URL(nodeUrl(given, node, port)).host,
    query: async (language, query) => {
      const lines = language === 'logql' && query.startsWith('{');
      const [node, path] = lines ? logLines : paths[language];
      const parameters = lines ? { query, since: '15m', limit: '20' } : { query };
      try {
        const { body } = await request(`${nodeUrl(given, node)}${path}`, {
          query: parameters,
          signal: AbortSignal.timeout(queryMs),
        });
        const answer = await body.json();
        if (lines) return { kind: 'text', text: linesOf(streamsSchema.parse(answer)) };
        return { kind: 'rows', rows: vectorSchema.parse(answer).data.result.map(rowOf) };
      } catch (error) {
        return none(error);
      }
    },
    look: (script, words) => run([join(thisCheckout, 'bin', `${script}.mjs`), ...words]),
    get: async (url) => {
      try {
        const { body } = await request(url, { signal: AbortSignal.timeout(queryMs) });
        return { kind: 'text', text: (await body.text()).slice(-keptCharacters) };
      } catch (error) {
        return none(error);
      }
    },
    pull: async (lever, onStep) => {
      try {
        return { how: 'done', text: await pullLever(lab(), lever, onStep) };
      } catch (error) {
        if (!(error instanceof FiredrillError)) throw error;
        return { how: error.exitCode === 64 ? 'refused' : 'failed', text: error.toLine() };
      }
    },
  };
}

/** Oldest first. */
const linesOf = ({ data }: z.infer<typeof streamsSchema>): string =>
  data.result
    .flatMap(({ values }) => values)
    .toSorted(([a], [b]) => Number(BigInt(a) - BigInt(b)))
    .map(([, line]) => line)
    .join('\n');

const rowOf = ({ metric, value }: z.infer<typeof vectorSchema>['data']['result'][number]): AnswerRow => {
  const { __name__: _name, ...labels } = metric;
  return { labels, value: Number(value[1]) };
};

/** A script of this checkout, as a user runs it. */
function run(words: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text = (text + chunk).slice(-keptCharacters);
      });
    }
    const timer = setTimeout(() => child.kill(), commandMs);
    child.once('error', (error) => resolve(none(error)));
    child.once('close', () => {
      clearTimeout(timer);
      resolve({ kind: 'text', text });
    });
  });
}
