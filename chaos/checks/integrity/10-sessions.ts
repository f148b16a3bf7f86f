import type { StateMachine } from '../../target.ts';
import type { Attempt } from './attempt.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';
import type { KeyHistory, OrderBooks } from './joined.ts';
import type { OrderRead } from './order-reads.ts';
import { windowOfTime } from './promotions.ts';

/** Levels whose reads may come from a replica that is behind, as long as the answer names it. */
const levelsWithStaleReads: readonly number[] = [3];

/**
 * 10. A customer is shown their own orders at least as they were last told of them, and never an earlier state after a later
 * one. A shop that cannot answers 503.
 */
export const sessions: Invariant = (input) => {
  const { books, states, losses, level } = input;
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  const leadsTo = reachable(states);
  let examined = 0;
  for (const known of books.lookedAt) {
    const { id: order, told, reads } = known;
    if (told === undefined) continue;
    const own = reads.filter((read) => read.customer === told.customer);
    examined += own.length;
    // What was lost with a promotion need not be there after, though it was shown before.
    if (losses.orders.has(order) || losses.cancels.has(order)) continue;
    if (known.asksBack.some((key) => losses.keys.has(key))) continue;
    for (const [read, fact] of contradictions(own, writesTold(known, told))) {
      const stale = read.status !== undefined && leadsTo(read.status, fact.status);
      const byReplica = stale && read.readFrom !== undefined && levelsWithStaleReads.includes(level);
      // What was learnt from a primary that is gone may have to happen once more.
      const admissible = byReplica || windowOfTime(losses.windows, fact.at) !== undefined;
      (admissible ? admitted : violations).push({
        order,
        message: `order ${order}: ${describe(read, fact)}`,
      });
    }
  }
  return {
    invariant: 10,
    promise: 'each customer sees their own writes, and of no order an earlier state after a later one',
    examined,
    violations,
    unresolved: [],
    admitted,
  };

  /** Each read that shows less than its customer had been told or shown before asking, with the latest such fact. */
  function* contradictions(
    reads: readonly OrderRead[],
    told: readonly Known[],
  ): Iterable<[OrderRead, Known]> {
    const facts = [...told];
    for (const { status, at } of reads) if (status !== undefined) facts.push({ status, at });
    facts.sort((a, b) => a.at - b.at);
    const known = new Map<string, Known>();
    let next = 0;
    for (const read of reads) {
      for (; next < facts.length && facts[next]!.at <= read.sentAt; next++) {
        const fact = facts[next]!;
        if (!known.has(fact.status)) known.set(fact.status, fact);
      }
      const against = [...known.values()].findLast((fact) => !mayFollow(fact.status, read.status));
      if (against !== undefined) yield [read, against];
    }
  }

  function mayFollow(known: string, shown: string | undefined): boolean {
    return shown !== undefined && (shown === known || leadsTo(known, shown));
  }
};

/** What a customer knew of an order, and since when. */
interface Known {
  readonly status: string;
  readonly at: number;
}

function describe(read: OrderRead, known: Known): string {
  const from = read.readFrom === undefined ? '' : ` by ${read.readFrom}`;
  const behind = read.stalenessMs === undefined ? '' : `, ${read.stalenessMs} ms behind by its own word`;
  const what = read.status === undefined ? 'told that it is not there' : `shown ${read.status}`;
  const after = Math.round(read.sentAt - known.at);
  return `request ${read.id} was ${what}${from}${behind}, ${after} ms after it was known as ${known.status}`;
}

/** The states in which the answers of writes named the order. */
function writesTold({ cancels, asksBack }: OrderBooks, checkout: KeyHistory): readonly Known[] {
  const writes = [checkout, ...cancels, ...asksBack];
  return writes.flatMap(({ acknowledged }): Known[] => {
    const status = acknowledged === undefined ? undefined : statusIn(acknowledged);
    return status === undefined ? [] : [{ status, at: acknowledged!.at }];
  });
}

/** A return's answer has a status of its own, and the order's beside it. */
function statusIn({ response }: Attempt): string | undefined {
  if (typeof response !== 'object' || response === null) return undefined;
  const { status, orderStatus = status } = response as {
    readonly status?: unknown;
    readonly orderStatus?: unknown;
  };
  return typeof orderStatus === 'string' ? orderStatus : undefined;
}

/** Whether a path of the state machine leads from one state to another. */
function reachable(states: StateMachine): (from: string, to: string) => boolean {
  const reach = new Map<string, ReadonlySet<string>>();
  return (from, to) => {
    let found = reach.get(from);
    if (found === undefined) {
      const all = new Set<string>();
      const queue = [from];
      for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
        for (const following of states.next[state] ?? []) {
          if (all.has(following)) continue;
          all.add(following);
          queue.push(following);
        }
      }
      found = all;
      reach.set(from, found);
    }
    return found.has(to);
  };
}
