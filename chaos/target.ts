import type { Level } from '@firedrill/topology';

/** A request as data; the load client sends it, the ledger keeps it. */
export interface JourneyRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** For writes; the client sends it as Idempotency-Key and uses it again on a retry. */
  readonly key?: string;
}

/** What a journey may draw on. All randomness comes from `random`, so the same seed sends the same requests. */
export interface JourneyContext {
  readonly random: () => number;
  /** `c-<n>`; sent as X-Customer. */
  readonly customer: string;
  /** A key that is unique in the run and the same for the same seed. */
  readonly newKey: () => string;
  /** Acknowledged writes of this run, newest last, at most 1000. */
  readonly acknowledged: readonly {
    readonly operation: string;
    readonly customer: string;
    readonly response: unknown;
  }[];
}

/** One kind of request a user makes. */
export interface Journey {
  readonly operation: string;
  /** Share of the mix; shares are normalised. */
  readonly weight: number;
  readonly write: boolean;
  /** For reads: the ledger keeps the answer's body, for the checker to hold against what this customer knew. */
  readonly keepAnswer?: boolean;
  /** `undefined` when it cannot be made yet (nothing to cancel): the client takes `fallback` instead. */
  request(context: JourneyContext): (JourneyRequest & { readonly customer?: string }) | undefined;
  readonly fallback?: string;
}

/** What a browser keeps of a customer's last answer and sends with the next request; see `Target.session`. */
export interface SessionToken {
  /** Of answers and requests, in lower case. */
  readonly header: string;
  /** Of two the one to keep: answers do not come in the order in which they were made. */
  later(a: string, b: string): string;
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
  /** 1, 2, 3 … per order. */
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
  /** `null` while in flight. */
  readonly answerStatus: number | null;
}
/** From the payment provider's own fsynced journal: the independent witness of money. */
export interface AuditPayment {
  readonly key: string;
  readonly orderId: string;
  readonly operation: 'capture' | 'void' | 'refund';
  readonly result: 'accepted' | 'declined' | 'tombstoned';
  readonly cents: number;
  /** ISO 8601, the provider's clock. */
  readonly at: string;
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
/** All that the checker reads after heal, directly from the databases and the provider's journal. */
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

/** The order's state machine: from → the states that may follow; `null` is "not there yet". */
export interface StateMachine {
  readonly initial: readonly string[];
  readonly next: Readonly<Record<string, readonly string[]>>;
  /** States in which an order may rest after settle. */
  readonly terminal: readonly string[];
  /** States in which the money was taken and kept. */
  readonly paid: readonly string[];
  /**
   * States of which the customer was told although the money is still to be taken: only the bank's refusal or the customer may
   * end them unpaid.
   */
  readonly promised?: readonly string[];
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
  /** `postgres://…` straight to the databases, never through Toxiproxy. */
  readonly databaseUrls: readonly string[];
  /** The provider's journal file. */
  readonly paymentJournal: string;
}

/** A system under test: what its users do, how its books are read, what it runs on. */
export interface Target {
  readonly name: string;
  readonly journeys: readonly Journey[];
  /** Where it tells customers how far they have come. */
  readonly session?: SessionToken;
  readonly states: StateMachine;
  audit(source: AuditSource): Promise<AuditSnapshot>;
  /** The final answers among rows of its tables. */
  answersIn(
    rows: readonly { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[],
  ): readonly AuditAnswer[];
  topology(level: number): Level;
}
