import type { StateMachine } from '../../target.ts';
import { reviewIdIn } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { type Books, dueCents, isKnown, isToldToStand, netCents, standsAsTold } from './books.ts';
import type { Finding } from './finding.ts';
import { acknowledgedIn, type History, unknownIn } from './history.ts';
import type { KeyHistory, Money, OrderBooks } from './joined.ts';
import {
  lossWindows,
  type Promotion,
  type Window,
  windowOf,
  windowOfRefusal,
  windowOfTime,
  windowOfUnknown,
} from './promotions.ts';

/**
 * What promotions took with them although it was acknowledged, within what the level promises. Each is told once here; the
 * invariants leave it out of their violations and count it as admitted.
 */
export interface Losses {
  readonly windows: readonly Window[];
  /** Orders whose checkout was acknowledged, and which are gone or are no longer paid. */
  readonly orders: ReadonlySet<string>;
  /** Orders whose acknowledged cancellation did not last. */
  readonly cancels: ReadonlySet<string>;
  /** Keys of acknowledged returns and reviews that are gone, and of refusals whose order was carried out after all. */
  readonly keys: ReadonlySet<KeyHistory>;
  /** Orders whose money went back while the database that knew why was lost. */
  readonly refunds: ReadonlySet<string>;
  /** Orders that the database never heard of again, but the provider did: charged and given back. */
  readonly charges: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

interface Sources {
  readonly history: History;
  readonly books: Books;
  readonly states: StateMachine;
  readonly level: number;
  readonly promotions: readonly Promotion[];
}

/** Pure and linear. Without a promotion, or at a level that promises to lose nothing, there are none. */
export function lossesOf(sources: Sources): Losses {
  const { history, books, states } = sources;
  const windows = lossWindows(sources.level, sources.promotions);
  const orders = new Set<string>();
  const cancels = new Set<string>();
  const keys = new Set<KeyHistory>();
  const refunds = new Set<string>();
  const charges = new Set<string>();
  const findings: Finding[] = [];
  if (windows.length === 0) return { windows, orders, cancels, keys, refunds, charges, findings };

  const tell = (what: string, window: Window, about: Omit<Finding, 'message'>): void => {
    findings.push({ ...about, message: `${what}; lost by the promotion of ${window.to}` });
  };
  /** Checkouts whose fate nobody learnt: any of them may have been charged under an order that is gone. */
  let neverHeardOf = 0;

  for (const checkout of history.checkouts) {
    if (windowOfUnknown(windows, checkout) !== undefined) neverHeardOf += 1;
    const [known] = checkout.orders;
    const order = known?.order;
    const paid = order !== undefined && states.paid.includes(order.status);
    const { acknowledged } = checkout;
    const told = acknowledged?.answer;
    if (acknowledged === undefined) {
      const window = windowOfRefusal(windows, checkout);
      if (window === undefined || checkout.unknown || !paid) continue;
      keys.add(checkout);
      tell(`order ${order.id} was refused and is ${order.status}`, window, { order: order.id });
      continue;
    }
    const window = windowOf(windows, checkout);
    if (told === undefined || window === undefined || !isToldToStand(told.status, states)) continue;
    if (known !== undefined && (standsAsTold(told.status, known, states) || mayBeCancelled(known))) continue;
    orders.add(told.orderId);
    const what = order === undefined ? 'is gone' : `is ${order.status}`;
    tell(
      `order ${told.orderId}, acknowledged as ${told.status} at ${timeOf(acknowledged)}, ${what}`,
      window,
      {
        order: told.orderId,
        key: checkout.key,
      },
    );
  }

  for (const { id, order, cancels: asked } of books.cancelled) {
    const acknowledged = asked.find((key) => key.acknowledged !== undefined);
    const window = acknowledged === undefined ? undefined : windowOf(windows, acknowledged);
    if (window === undefined || order === undefined || !states.paid.includes(order.status)) continue;
    cancels.add(id);
    tell(`the cancellation of order ${id}, acknowledged at ${timeOf(acknowledged?.acknowledged)}`, window, {
      order: id,
    });
  }

  for (const { id, asksBack, returns } of books.broughtBack) {
    for (const key of asksBack) {
      const window = windowOf(windows, key);
      if (key.acknowledged === undefined || window === undefined) continue;
      if (returns.some((row) => row.key === key.key)) continue;
      keys.add(key);
      tell(`a return of order ${id}, acknowledged at ${timeOf(key.acknowledged)}`, window, {
        order: id,
        key: key.key,
      });
    }
  }

  for (const [name, attempts] of history.reviews) {
    for (const key of attempts) {
      const window = windowOf(windows, key);
      const { acknowledged } = key;
      if (acknowledged === undefined || window === undefined) continue;
      if (books.reviews.get(name)?.some((row) => row.id === reviewIdIn(acknowledged))) continue;
      keys.add(key);
      tell(`a review by ${key.customer}, acknowledged at ${timeOf(acknowledged)}`, window, { key: key.key });
    }
  }

  for (const known of books.byOrder.values()) {
    const { id, money } = known;
    if (money === undefined) continue;
    if (isKnown(known)) {
      const window = explained(money, dueCents(known, states) - netCents(money));
      if (window === undefined) continue;
      refunds.add(id);
      tell(`order ${id} is ${known.order.status}, why its money went back is forgotten`, window, {
        order: id,
      });
      continue;
    }
    const window = windowOfTime(windows, Date.parse(money.capturedAt ?? ''));
    if (money.captures === 0 || netCents(money) !== 0 || window === undefined) continue;
    if (orders.has(id)) charges.add(id);
    else if (neverHeardOf > 0) {
      neverHeardOf -= 1;
      charges.add(id);
      tell(`order ${id}, of which no client ever heard, was charged and the money given back`, window, {
        order: id,
      });
    }
  }
  return { windows, orders, cancels, keys, refunds, charges, findings };

  /** What the database forgot is always the latest: does it make up for what the provider holds too little? */
  function explained({ givenBack }: Money, missingCents: number): Window | undefined {
    if (missingCents <= 0) return undefined;
    let cents = 0;
    const latestFirst = givenBack
      .map((line) => ({ cents: line.cents, at: Date.parse(line.at) }))
      .sort((a, b) => b.at - a.at);
    for (const line of latestFirst) {
      const window = windowOfTime(windows, line.at);
      cents += line.cents;
      if (window === undefined || cents === missingCents) return window;
    }
    return undefined;
  }
}

function mayBeCancelled({ cancels }: OrderBooks): boolean {
  return acknowledgedIn(cancels) || unknownIn(cancels);
}

function timeOf(attempt: Attempt | undefined): string {
  return attempt === undefined ? 'no time' : new Date(attempt.at).toISOString();
}
