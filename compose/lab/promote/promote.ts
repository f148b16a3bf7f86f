import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { choosesPrimary, levelByNumber } from '@firedrill/topology';
import { readLabState } from '../control/lab-state-file.ts';
import { runnerOf } from '../control/runner-of.ts';
import { switchOver } from '../patroni/switch-over.ts';
import { readServer } from '../replication/read-server.ts';
import { hasStandbys, serversOf } from '../replication/servers.ts';
import type { LabState, Promotion } from '../state.ts';
import { BetterStandby } from './better-standby.ts';
import { carryOut } from './carry-out.ts';
import { describeLag } from './lag.ts';
import { onePromotion } from './one-promotion.ts';
import { forgetPending, readPending, writePending } from './pending.ts';
import { planPromotion, type Situation } from './plan.ts';
import type { PromoteOptions } from './promote-options.ts';
import type { PromoteParts } from './promote-parts.ts';

/** On who answers depends who is killed: a machine that is busy, or stalls for some seconds, must not look like a dead one. */
const patienceMs = 6000;

/** Standbys are not read at one instant: what one of them has on the way arrives within this. */
const arrivesMs = 1000;

/**
 * Makes a standby the primary: what an operator does when the primary is lost, by hand. The old primary is fenced
 * first, so that it takes nothing durable afterwards; an interrupted promotion is ended by the same call. Where the servers choose
 * their leader themselves it is a planned change, and theirs to do.
 * @throws {FiredrillError} `usage`, `promotion-refused` when it must not begin ({@link BetterStandby} when another standby has
 * more); `control-failed` when a step did not succeed: the same call goes on from there.
 */
export function promote(state: LabState, node: string, options: PromoteOptions = {}): Promise<Promotion> {
  const chosen = choosesPrimary(levelByNumber(state.level));
  return onePromotion(state.home, () => (chosen ? switchOver : promoteAlone)(state, node, options));
}

/** {@link promote} for who holds the right to it already. */
export async function promoteAlone(
  given: LabState,
  node: string,
  { force = false, onStep = () => {} }: PromoteOptions = {},
): Promise<Promotion> {
  const state = readLabState(given.home) ?? given;
  const { situation, plan } = await decide(state, node, force);
  const target = situation.servers.get(node);
  if (target !== undefined) {
    onStep({ type: 'lag', text: describeLag(target, situation.servers, Date.now()) });
  }
  // What it learnt of another target says nothing of this one.
  const pending = situation.pending?.to === node ? situation.pending : undefined;
  writePending(state.home, pending ?? { from: plan.from, to: node, lived: situation.pending?.lived ?? [] });
  const parts: PromoteParts = { state, runner: runnerOf(state) };
  for (const step of plan.steps) {
    onStep({ type: 'begins', step });
    const from = performance.now();
    const detail = await carryOut(parts, step);
    onStep({ type: 'done', step, detail, tookMs: Math.round(performance.now() - from) });
  }
  forgetPending(state.home);
  const promotion = readLabState(state.home)?.promotions.at(-1);
  if (promotion?.to === node) return promotion;
  throw new FiredrillError('internal', `lab.json does not tell of the promotion of ${node}`);
}

async function decide(state: LabState, node: string, force: boolean) {
  const until = performance.now() + arrivesMs;
  const situation = await situationOf(state, node, force);
  for (let now = situation; ; ) {
    try {
      return { situation: now, plan: planPromotion(now) };
    } catch (error) {
      if (!(error instanceof BetterStandby) || performance.now() > until) throw error;
    }
    await pause(100);
    const reading = await readServer(state, node);
    // Of the others the first reading stands: they may go on, but what they had then is what it must have.
    now = { ...situation, servers: new Map([...situation.servers, [node, reading]]) };
  }
}

async function situationOf(state: LabState, target: string, force: boolean): Promise<Situation> {
  const servers = serversOf(state);
  const readings = await Promise.all(servers.map((server) => readServer(state, server, patienceMs)));
  return {
    level: state.level,
    target,
    primary: state.primary,
    servers: new Map(servers.map((server, index) => [server, readings[index]])),
    pools: levelByNumber(state.level)
      .nodes.filter(({ kind, name }) => kind === 'pgbouncer' && name in state.nodes)
      .map(({ name }) => name),
    hasStandbys: hasStandbys(state),
    pending: readPending(state.home),
    force,
  };
}
