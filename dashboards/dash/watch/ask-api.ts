import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';

/** What hangs must not hold the page up: the next second asks again. */
const deadlineMs = 3000;

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
/** Prometheus' and Loki's answers to a query. */
export const resultSchema = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: sample })) }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ metric: labels, values: z.array(sample) })),
  }),
  z.object({
    resultType: z.literal('streams'),
    result: z.array(z.object({ stream: labels, values: z.array(z.tuple([z.string(), z.string()])) })),
  }),
]);
export type QueryResult = z.infer<typeof resultSchema>;

/**
 * A GET that answers JSON of a shape.
 * @param who as a user knows it: `Prometheus`. @throws {FiredrillError} `control-failed`
 */
export async function askJson<Shape>(
  who: string,
  url: string,
  shape: z.ZodType<Shape>,
  words: Readonly<Record<string, string>> = {},
): Promise<Shape> {
  let answer: unknown;
  let status: number;
  try {
    const response = await fetch(`${url}?${new URLSearchParams(words)}`, {
      signal: AbortSignal.timeout(deadlineMs),
    });
    status = response.status;
    const text = await response.text();
    answer = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { error: text.trim() };
  } catch (cause) {
    throw new FiredrillError('control-failed', `${who} does not answer`, { where: url, cause });
  }
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const { error = 'an answer of another shape' } = (answer ?? {}) as { error?: string };
  throw new FiredrillError('control-failed', `${who} refused (${status}): ${error}`, { where: url });
}

/** The `data` of an answer of Prometheus' or Loki's API. @throws {FiredrillError} `control-failed` */
export async function askData<Shape>(
  who: string,
  url: string,
  shape: z.ZodType<Shape>,
  words: Readonly<Record<string, string>> = {},
): Promise<Shape> {
  const { data } = await askJson(who, url, z.object({ status: z.literal('success'), data: shape }), words);
  return data;
}
