import type { Deadline } from '../data/deadline.ts';
import type { JournalEntry } from '../payment-provider/journal-lines.ts';
import type { CaptureState, PaymentResult } from './payment-schemas.ts';

export interface CaptureRequest {
  /** Committed to the shop's database before it is used here. */
  readonly key: string;
  readonly orderId: string;
  readonly cents: number;
  readonly token: string;
}

export interface RefundRequest {
  readonly key: string;
  readonly captureKey: string;
  readonly orderId: string;
  readonly cents: number;
}

/** The payment provider as the shop sees it. Every call is safe to repeat, and throws {PaymentUnavailable} unanswered. */
export interface PaymentClient {
  capture(request: CaptureRequest, deadline: Deadline): Promise<PaymentResult>;
  /** Afterwards no money is held under this key, now or later. */
  void(
    request: { readonly key: string; readonly orderId: string },
    deadline: Deadline,
  ): Promise<PaymentResult>;
  refund(request: RefundRequest, deadline: Deadline): Promise<PaymentResult>;
  /** `undefined`: the provider has not seen the key *yet*. A capture may still be on its way. */
  lookUp(key: string, deadline: Deadline): Promise<CaptureState | undefined>;
  /** The provider's lines behind a sequence number, oldest first, at most 1000. */
  journal(after: number, deadline: Deadline): Promise<readonly JournalEntry[]>;
  close(): Promise<void>;
}
