/** The provider gave no answer. Whether it did what was asked is not known: ask again with the same key, or void it. */
export class PaymentUnavailable extends Error {
  override readonly name = 'PaymentUnavailable';
  /** `unauthorized`: the shop's own API key is not taken, so whatever else is asked is refused alike. */
  readonly reason: 'timeout' | 'connection' | 'refused' | 'unauthorized';

  constructor(reason: PaymentUnavailable['reason'], cause?: unknown) {
    super(`the payment provider is not available (${reason})`, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
