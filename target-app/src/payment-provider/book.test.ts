import { describe, expect, it } from 'vitest';
import { Book, type Decision, type PaymentOrder } from './book.ts';

const capture: PaymentOrder = { operation: 'capture', key: 'k1', orderId: 'o1', requestedCents: 500 };
const voiding: PaymentOrder = { operation: 'void', key: 'k1', orderId: 'o1', requestedCents: 0 };
const refund = (key: string, cents: number): PaymentOrder => ({
  operation: 'refund',
  key,
  captureKey: 'k1',
  orderId: 'o1',
  requestedCents: cents,
});

function take(book: Book, decision: Decision): Decision {
  if (decision.kind === 'write') book.apply(decision.line);
  return decision;
}

describe('a capture', () => {
  it('is taken once, however often it is asked for', () => {
    const book = new Book();
    expect(take(book, book.decideCapture(capture, false))).toMatchObject({
      kind: 'write',
      line: { cents: 500 },
    });
    expect(book.decideCapture(capture, false)).toEqual({ kind: 'repeat', result: 'accepted' });
  });

  it('stays declined under its key, even for a good card', () => {
    const book = new Book();
    take(book, book.decideCapture(capture, true));
    expect(book.decideCapture(capture, false)).toEqual({ kind: 'repeat', result: 'declined' });
  });

  it('refuses its key for another order or amount', () => {
    const book = new Book();
    take(book, book.decideCapture(capture, false));
    expect(book.decideCapture({ ...capture, orderId: 'o2' }, false).kind).toBe('refuse');
    expect(book.decideCapture({ ...capture, requestedCents: 501 }, false).kind).toBe('refuse');
  });
});

describe('a void', () => {
  it('of a key never seen leaves a tombstone that no capture passes', () => {
    const book = new Book();
    expect(take(book, book.decideVoid(voiding))).toMatchObject({ line: { result: 'tombstoned', cents: 0 } });
    expect(book.decideCapture(capture, false)).toEqual({ kind: 'repeat', result: 'tombstoned' });
  });

  it('gives a capture back, once', () => {
    const book = new Book();
    take(book, book.decideCapture(capture, false));
    expect(take(book, book.decideVoid(voiding))).toMatchObject({ line: { result: 'accepted', cents: 500 } });
    expect(book.decideVoid(voiding)).toEqual({ kind: 'repeat', result: 'accepted' });
    expect(book.decideCapture(capture, false)).toEqual({ kind: 'repeat', result: 'tombstoned' });
  });
});

describe('a refund', () => {
  it('happens once per key and never exceeds the capture', () => {
    const book = new Book();
    take(book, book.decideCapture(capture, false));
    expect(take(book, book.decideRefund(refund('r1', 300))).kind).toBe('write');
    expect(book.decideRefund(refund('r1', 300))).toEqual({ kind: 'repeat', result: 'accepted' });
    expect(book.decideRefund(refund('r1', 200))).toEqual({ kind: 'refuse', code: 'key-reused' });
    expect(book.decideRefund(refund('r2', 201))).toEqual({ kind: 'refuse', code: 'exceeds-capture' });
    expect(take(book, book.decideRefund(refund('r2', 200))).kind).toBe('write');
  });

  it('needs a capture that stands', () => {
    const book = new Book();
    expect(book.decideRefund(refund('r1', 1))).toEqual({ kind: 'refuse', code: 'no-such-capture' });
    take(book, book.decideCapture(capture, false));
    take(book, book.decideVoid(voiding));
    expect(book.decideRefund(refund('r1', 1))).toEqual({ kind: 'refuse', code: 'no-such-capture' });
  });
});
