import { Book, type Capture, type Decision } from './book.ts';
import type { Journal } from './journal.ts';
import type { JournalEntry } from './journal-lines.ts';

export type ProviderAnswer =
  | { readonly kind: 'done'; readonly result: JournalEntry['result'] }
  | { readonly kind: 'refused'; readonly code: 'key-reused' | 'no-such-capture' | 'exceeds-capture' };

/** Card tokens that the issuing bank refuses, as a payment sandbox has them. */
const declinedTokens: ReadonlySet<string> = new Set([
  'tok_declined',
  'tok_insufficient_funds',
  'tok_expired_card',
]);

/** Books and journal together: decided in memory at once, answered only when the line is on disk. */
export class Provider {
  readonly #book = new Book();
  readonly #journal: Journal;
  /** The last line under way for each key: a repeat must not be answered before the first is on disk. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const entry of journal.entries) this.#book.apply(entry);
  }

  get entries(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  async lookUp(key: string): Promise<Capture | undefined> {
    await this.#underWay.get(key);
    return this.#book.capture(key);
  }

  capture(request: { key: string; orderId: string; cents: number; token: string }): Promise<ProviderAnswer> {
    const { key, orderId, cents } = request;
    const order = { operation: 'capture', key, orderId, requestedCents: cents } as const;
    return this.#settle(key, this.#book.decideCapture(order, declinedTokens.has(request.token)));
  }

  void(request: { key: string; orderId: string }): Promise<ProviderAnswer> {
    return this.#settle(
      request.key,
      this.#book.decideVoid({ operation: 'void', requestedCents: 0, ...request }),
    );
  }

  refund(request: {
    key: string;
    captureKey: string;
    orderId: string;
    cents: number;
  }): Promise<ProviderAnswer> {
    const { cents, ...rest } = request;
    return this.#settle(
      request.key,
      this.#book.decideRefund({ operation: 'refund', requestedCents: cents, ...rest }),
    );
  }

  async #settle(key: string, decision: Decision): Promise<ProviderAnswer> {
    if (decision.kind === 'refuse') return { kind: 'refused', code: decision.code };
    if (decision.kind === 'repeat') {
      await this.#underWay.get(key);
      return { kind: 'done', result: decision.result };
    }
    this.#book.apply(decision.line);
    const written = this.#journal.append(decision.line);
    this.#underWay.set(key, written);
    await written;
    if (this.#underWay.get(key) === written) this.#underWay.delete(key);
    return { kind: 'done', result: decision.line.result };
  }
}
