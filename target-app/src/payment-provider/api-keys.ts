import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const fileSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/** What is known of a key, never the key itself. */
export interface KeyReading {
  readonly id: string;
  /** Requests that came with it since the provider was started, and the last one's time, ISO 8601. */
  readonly requests: number;
  readonly lastUsedAt: string | null;
}

interface Kept {
  readonly digest: string;
  expired: boolean;
  requests: number;
  lastUsedAt: string | null;
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The id of the key that the provider is started with. */
const first = 'first';

/** The API keys of the provider's customer. Several are good at a time, so that one can take another's place without a gap. */
export class ApiKeys {
  readonly #path: string | undefined;
  readonly #keys: Map<string, Kept>;
  #refused = 0;

  private constructor(path: string | undefined, digests: Readonly<Record<string, string>>) {
    this.#path = path;
    this.#keys = new Map(
      Object.entries(digests).map(([id, digest]) => [
        id,
        { digest, expired: false, requests: 0, lastUsedAt: null },
      ]),
    );
  }

  /** Those of the file, where there is one; otherwise the first key alone. Only digests are kept. */
  static open(path: string | undefined, firstKey: string): ApiKeys {
    return new ApiKeys(
      path,
      (path === undefined ? undefined : readKeys(path)) ?? { [first]: digestOf(firstKey) },
    );
  }

  get readings(): readonly KeyReading[] {
    return [...this.#keys].map(([id, { requests, lastUsedAt }]) => ({ id, requests, lastUsedAt }));
  }

  accepts(key: string): boolean {
    const given = Buffer.from(digestOf(key));
    const found = [...this.#keys.values()].find(({ digest }) => timingSafeEqual(Buffer.from(digest), given));
    if (found === undefined) return false;
    if (found.expired) {
      this.#refused += 1;
      return false;
    }
    found.requests += 1;
    found.lastUsedAt = new Date().toISOString();
    return true;
  }

  /** Keys that are past their time, and requests that came with one since. */
  get expiry(): { readonly expired: number; readonly refused: number } {
    return { expired: [...this.#keys.values()].filter((key) => key.expired).length, refused: this.#refused };
  }

  /** The time of every key of now is up, or none's. Only in memory: a restart forgets it. */
  setExpired(expired: boolean): void {
    this.#refused = 0;
    for (const key of this.#keys.values()) key.expired = expired;
  }

  /** Idempotent: the same id again has the key of the last time. */
  issue(id: string, key: string): void {
    this.#keys.set(id, { digest: digestOf(key), expired: false, requests: 0, lastUsedAt: null });
    this.#write();
  }

  revoke(id: string): 'revoked' | 'unknown' | 'last' {
    if (!this.#keys.has(id)) return 'unknown';
    if (this.#keys.size === 1) return 'last';
    this.#keys.delete(id);
    this.#write();
    return 'revoked';
  }

  /** Whole or not at all, before anybody is told. */
  #write(): void {
    if (this.#path === undefined) return;
    const digests = Object.fromEntries([...this.#keys].map(([id, { digest }]) => [id, digest]));
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(digests)}\n`, { mode: 0o600, flush: true });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readKeys(path: string): Readonly<Record<string, string>> | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
