/** The books of the shop as they stand, read from outside of it. */
export interface AuditSnapshot {
  readonly orders: readonly AuditOrder[];
  readonly transitions: readonly AuditTransition[];
  readonly events: readonly AuditEvent[];
  readonly stock: readonly AuditStock[];
  readonly keys: readonly AuditKey[];
  readonly payments: readonly AuditPayment[];
  readonly returns: readonly AuditReturn[];
  readonly projection: readonly AuditProjection[];
  readonly reviews: readonly AuditReview[];
}

export interface AuditOrder {
  readonly id: string;
  readonly customer: string;
  readonly key: string;
  readonly status: string;
  readonly totalCents: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitCents: number }[];
}

export interface AuditTransition {
  readonly orderId: string;
  readonly sequence: number;
  readonly from: string | null;
  readonly to: string;
}

export interface AuditEvent {
  readonly orderId: string;
  readonly sequence: number;
  readonly type: string;
  /** Of its payload, as what follows. */
  readonly customer: string;
  readonly status: string;
  readonly totalCents: number;
}

export interface AuditStock {
  readonly sku: string;
  readonly seeded: number;
  readonly available: number;
  readonly held: number;
}

export interface AuditKey {
  readonly customer: string;
  readonly key: string;
  readonly operation: string;
  readonly requestHash: string;
  readonly orderId: string | null;
  readonly answerStatus: number | null;
}

/** Goods that came back: one per key, counted from the moment at which it is written, before any money moves. */
export interface AuditReturn {
  readonly id: string;
  readonly orderId: string;
  readonly key: string;
  readonly status: 'refunding' | 'refunded';
  readonly cents: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** One row of the projection that the events feed. */
export interface AuditProjection {
  readonly orderId: string;
  readonly customer: string;
  readonly status: string;
  readonly totalCents: number;
  /** The last event that it has taken in. */
  readonly lastSequence: number;
}

/** An opinion; a customer has one of each article at most. */
export interface AuditReview {
  readonly id: string;
  readonly customer: string;
  readonly sku: string;
  readonly rating: number;
  readonly title: string;
  readonly text: string;
  /** Whether the customer has an order of the article that was ever paid, whatever became of it since. */
  readonly bought: boolean;
}

/**
 * One line of the provider's journal. `cents` is what the line moved: a declined or tombstoned operation moved 0, an
 * accepted void moved the whole capture back.
 */
export interface AuditPayment {
  readonly key: string;
  readonly orderId: string;
  readonly operation: 'capture' | 'void' | 'refund';
  readonly result: 'accepted' | 'declined' | 'tombstoned';
  readonly cents: number;
  /** ISO 8601, the provider's clock. */
  readonly at: string;
}

/** The final answer of a key, as it stands with it. */
export interface AuditAnswer {
  readonly customer: string;
  readonly key: string;
  readonly status: number;
  readonly body: unknown;
  readonly orderId: string | null;
}

export interface AuditSource {
  /** `postgres://…`, directly to the databases. */
  readonly databaseUrls: readonly string[];
  /** The payment provider's journal file. */
  readonly paymentJournal: string;
}
