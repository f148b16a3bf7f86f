import { FiredrillError } from '@firedrill/errors';
import type { ServerReading } from '../replication/read-server.ts';
import { describeAhead, whoIsAhead } from './ahead.ts';
import { BetterStandby } from './better-standby.ts';
import type { Pending } from './pending.ts';
import type { PromotionStep } from './step.ts';

/** All that a promotion is decided by. */
export interface Situation {
  readonly level: number;
  /** The server that shall take the writes. */
  readonly target: string;
  /** As lab.json says. */
  readonly primary: string;
  /** Every PostgreSQL of the level; `undefined`: it does not answer. */
  readonly servers: ReadonlyMap<string, ServerReading | undefined>;
  readonly pools: readonly string[];
  readonly hasStandbys: boolean;
  /** A promotion that was begun and not ended. */
  readonly pending: Pending | undefined;
  /** What only another standby has may be lost. */
  readonly force: boolean;
}

export interface PromotionPlan {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly PromotionStep[];
}

const refused = (message: string, fix?: string): FiredrillError =>
  new FiredrillError('promotion-refused', message, fix === undefined ? {} : { fix });

/**
 * Pure: what must be done so that `target` takes the writes and nobody else does.
 * @throws {FiredrillError} `usage` for a node or a level that cannot be meant, `promotion-refused` for a server that cannot,
 * or that has less than another standby ({@link BetterStandby}).
 */
export function planPromotion(situation: Situation): PromotionPlan {
  const { target, primary, servers, pools, pending } = situation;
  requirePromotable(situation);
  const from = pending?.from ?? primary;
  const others = [...servers].filter(([node]) => node !== target);
  // A standby cannot take a write, whatever it was before. Anybody else might.
  const suspects = new Set([primary, from, pending?.to]);
  const fenced = others.filter(
    ([node, reading]) => reading?.role === 'primary' || (reading === undefined && suspects.has(node)),
  );
  const followers = others.filter((other) => !fenced.includes(other)).map(([node]) => node);
  const stopped = new Set([...(pending?.lived ?? []), ...fenced.map(([node]) => node)]);
  return {
    from,
    to: target,
    steps: [
      ...fenced.map(
        ([node, reading]): PromotionStep => ({
          kind: 'fence',
          node,
          upstream: target,
          manner: reading === undefined ? 'kill' : 'shut down',
        }),
      ),
      { kind: 'catch-up', node: target },
      { kind: 'keep-wal', node: target, followers: others.map(([node]) => node) },
      { kind: 'promote', node: target },
      ...pools.map((pool): PromotionStep => ({ kind: 'point-pool', pool, node: target })),
      ...followers.map((node): PromotionStep => ({ kind: 'follow', node, upstream: target })),
      { kind: 'record', from, to: target },
      ...others
        .filter(([node]) => stopped.has(node))
        .map(([node]): PromotionStep => ({ kind: 'start-again', node })),
    ],
  };
}

function requirePromotable(situation: Situation): void {
  const { level, target, primary, servers, hasStandbys, pending } = situation;
  if (!hasStandbys) {
    throw new FiredrillError('usage', `level ${level} has no standbys`, {
      where: '--level',
      fix: 'use a level whose servers follow each other (3)',
    });
  }
  if (!servers.has(target)) {
    throw new FiredrillError('usage', `unknown server ${target}`, {
      fix: `use one of ${[...servers.keys()].join(', ')}`,
    });
  }
  const reading = servers.get(target);
  const half = pending !== undefined && pending.to !== target ? pending.to : undefined;
  if (half !== undefined && (pending?.promotedAt !== undefined || servers.get(half)?.role === 'primary')) {
    throw refused(`the promotion of ${half} was interrupted`, `run \`pnpm lab promote ${half}\` first`);
  }
  if (pending === undefined && target === primary) throw refused(`${target} is the primary already`);
  if (reading === undefined)
    throw refused(`${target} does not answer`, 'promote another standby or start this one');
  if (reading.role === 'standby' && reading.replayPaused) {
    throw refused(`${target} does not replay: it is paused`, 'run SELECT pg_wal_replay_resume() there');
  }
  if (reading.role === 'primary' && pending?.to !== target) {
    throw refused(`${target} is no standby`, 'run `pnpm lab down` and `pnpm lab up`');
  }
  requireMost(situation, reading);
}

/**
 * What a standby alone has is thrown away when another one is promoted. One that streams from a primary that answers gets the
 * rest from its shutdown; a promotion that was begun has chosen already.
 */
function requireMost({ target, servers, pending, force }: Situation, reading: ServerReading): void {
  if (force || reading.role === 'primary' || pending?.to === target) return;
  if (reading.streamsFrom !== undefined && servers.get(reading.streamsFrom)?.role === 'primary') return;
  const [best] = whoIsAhead(reading, servers);
  if (best !== undefined) throw new BetterStandby(target, best.node, describeAhead(best));
}
