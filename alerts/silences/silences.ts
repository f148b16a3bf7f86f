import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { type Silence, type SilenceDraft, silenceSchema } from './silence.ts';

const deadlineMs = 5000;

/** The silences of one Alertmanager, by its API. */
export class Silences {
  readonly #url: string;

  constructor(alertmanagerUrl: string) {
    this.#url = `${alertmanagerUrl}/api/v2`;
  }

  /** Those that were, are and will be, as long as Alertmanager remembers them; the newest end first. */
  async list(): Promise<readonly Silence[]> {
    const all = await this.#ask('GET', '/silences', z.array(silenceSchema));
    return all.toSorted((a, b) => Date.parse(b.endsAt) - Date.parse(a.endsAt));
  }

  /** @returns its id. */
  async create(draft: SilenceDraft): Promise<string> {
    return (await this.#ask('POST', '/silences', z.object({ silenceID: z.string() }), draft)).silenceID;
  }

  async expire(id: string): Promise<void> {
    await this.#ask('DELETE', `/silence/${encodeURIComponent(id)}`, z.unknown());
  }

  async #ask<Answer>(
    method: string,
    path: string,
    shape: z.ZodType<Answer>,
    body?: unknown,
  ): Promise<Answer> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#url}${path}`, {
        method,
        signal: AbortSignal.timeout(deadlineMs),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      text = await response.text();
    } catch (cause) {
      throw new FiredrillError('control-failed', 'Alertmanager does not answer', {
        where: this.#url,
        fix: 'see `pnpm lab status`; nothing was changed, or not for certain',
        cause,
      });
    }
    const parsed = shape.safeParse(jsonOf(text));
    if (response.ok && parsed.success) return parsed.data;
    const said = response.ok ? 'an answer of another shape' : `${response.status} ${text.trim()}`;
    throw new FiredrillError('control-failed', `Alertmanager refused: ${said}`, { where: this.#url });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
