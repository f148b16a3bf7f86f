import type { JournalEntry } from './journal-lines.ts';

/** What a caller asks for; the journal's line is this with its result. */
export type PaymentOrder = Pick<
  JournalEntry,
  'operation' | 'key' | 'orderId' | 'requestedCents' | 'captureKey'
>;
export type PaymentLine = Omit<JournalEntry, 'sequence' | 'at'>;

/** Where a capture's key stands. A tombstone is final: no capture can follow under that key. */
export type CaptureState = 'accepted' | 'declined' | 'voided' | 'tombstoned';

export interface Capture {
  readonly key: string;
  readonly orderId: string;
  readonly cents: number;
  readonly state: CaptureState;
  readonly refundedCents: number;
}

export type Decision =
  /** New: write the line, then answer. */
  | { readonly kind: 'write'; readonly line: PaymentLine }
  /** Seen before under this key: the same answer, no second line. */
  | { readonly kind: 'repeat'; readonly result: JournalEntry['result'] }
  /** Nothing is written. */
  | { readonly kind: 'refuse'; readonly code: 'key-reused' | 'no-such-capture' | 'exceeds-capture' };

/** The provider's books: every answer follows from the journal's lines alone. */
export class Book {
  readonly #captures = new Map<string, Capture>();
  readonly #refunds = new Map<string, PaymentLine>();

  capture(key: string): Capture | undefined {
    return this.#captures.get(key);
  }

  decideCapture(order: PaymentOrder, declined: boolean): Decision {
    const known = this.#captures.get(order.key);
    if (known === undefined) {
      return this.#write(order, declined ? 'declined' : 'accepted', declined ? 0 : order.requestedCents);
    }
    if (known.state === 'tombstoned' || known.state === 'voided')
      return { kind: 'repeat', result: 'tombstoned' };
    if (known.orderId !== order.orderId) return { kind: 'refuse', code: 'key-reused' };
    if (known.state === 'accepted' && known.cents !== order.requestedCents) {
      return { kind: 'refuse', code: 'key-reused' };
    }
    return { kind: 'repeat', result: known.state };
  }

  /** Void gives a capture back; of a key never seen it leaves a tombstone, so a capture that is still under way fails. */
  decideVoid(order: PaymentOrder): Decision {
    const known = this.#captures.get(order.key);
    if (known === undefined) return this.#write(order, 'tombstoned', 0);
    if (known.orderId !== order.orderId) return { kind: 'refuse', code: 'key-reused' };
    if (known.state === 'accepted') return this.#write(order, 'accepted', known.cents - known.refundedCents);
    return { kind: 'repeat', result: known.state === 'voided' ? 'accepted' : known.state };
  }

  decideRefund(order: PaymentOrder): Decision {
    const before = this.#refunds.get(order.key);
    if (before !== undefined) {
      const same = before.captureKey === order.captureKey && before.requestedCents === order.requestedCents;
      return same ? { kind: 'repeat', result: before.result } : { kind: 'refuse', code: 'key-reused' };
    }
    const capture = this.#captures.get(order.captureKey ?? '');
    if (capture?.state !== 'accepted' || capture.orderId !== order.orderId) {
      return { kind: 'refuse', code: 'no-such-capture' };
    }
    if (capture.refundedCents + order.requestedCents > capture.cents) {
      return { kind: 'refuse', code: 'exceeds-capture' };
    }
    return this.#write(order, 'accepted', order.requestedCents);
  }

  /** Takes a line into the books: one that was just decided, or one read back from the journal. */
  apply(line: PaymentLine): void {
    const { key, orderId, cents, result } = line;
    if (line.operation === 'capture') {
      const state: CaptureState = result;
      this.#captures.set(key, { key, orderId, cents, state, refundedCents: 0 });
    } else if (line.operation === 'void') {
      const known = this.#captures.get(key) ?? { key, orderId, cents: 0, refundedCents: 0 };
      this.#captures.set(key, { ...known, state: result === 'accepted' ? 'voided' : 'tombstoned' });
    } else {
      this.#refunds.set(key, line);
      const capture = this.#captures.get(line.captureKey ?? '');
      if (capture !== undefined) {
        this.#captures.set(capture.key, { ...capture, refundedCents: capture.refundedCents + cents });
      }
    }
  }

  #write(order: PaymentOrder, result: JournalEntry['result'], cents: number): Decision {
    return { kind: 'write', line: { ...order, result, cents } };
  }
}
