import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { PromoteOptions } from '../promote/promote-options.ts';
import type { SwitchStep } from '../promote/step.ts';
import { asSuperuser } from '../replication/admin-connection.ts';
import { serversOf } from '../replication/servers.ts';
import type { LabState, Promotion } from '../state.ts';
import { type ClusterReading, readCluster } from './cluster.ts';
import { readPromotions } from './history.ts';
import { changeAgreement, postSwitchover } from './patroni-api.ts';
import { planSwitchover } from './plan-switchover.ts';

/** Patroni answers when the candidate leads, or when it gave up. */
const switchMs = 60_000;

/** The first durable write needs a standby beside the new leader. */
const writeMs = 30_000;

/** Patroni names a synchronous standby in one of its next rounds. */
const confirmMs = 30_000;

/** Soon after a change it may drop the one it has named for another: while it does, nobody is named for two seconds. */
const steadyMs = 2000;

const historyMs = 15_000;

/** How long somebody may take to tell who leads, ms. */
const patienceMs = 6000;
const pollMs = 200;

const failed = (level: number, message: string, cause?: unknown): FiredrillError =>
  new FiredrillError('control-failed', message, { fix: `see \`pnpm lab status --level ${level}\``, cause });

/**
 * A planned change of the leader, through Patroni: the old one shuts down with all its WAL handed over, so nothing is lost.
 * @throws {FiredrillError} as {@link planSwitchover}; `control-failed` when Patroni did not do it.
 */
export async function switchOver(
  state: LabState,
  target: string,
  { force = false, onStep = () => {} }: PromoteOptions = {},
): Promise<Promotion> {
  const { level } = state;
  const cluster = await patientCluster(state);
  const plan = planSwitchover({ level, target, servers: serversOf(state), cluster, force });
  const behind = cluster?.members.find(({ name }) => name === target)?.lagBytes ?? 0;
  onStep({ type: 'lag', text: `${target} streams from ${plan.leader} and is ${behind} B behind` });
  const carryOut = async (step: SwitchStep, work: () => Promise<string>): Promise<void> => {
    onStep({ type: 'begins', step });
    const from = performance.now();
    const detail = await work();
    onStep({ type: 'done', step, detail, tookMs: Math.round(performance.now() - from) });
  };
  let manyConfirm = plan.confirmFirst;
  // Two that confirm cost every commit the slower of them.
  const letOneConfirm = async (): Promise<void> => {
    if (manyConfirm) await oneConfirms(state);
    manyConfirm = false;
  };
  try {
    if (plan.confirmFirst) {
      await carryOut({ kind: 'confirm', node: target }, () => confirm(state, plan.leader, target));
    }
    await carryOut({ kind: 'switch-over', from: plan.leader, to: target }, async () => {
      const { ok, text } = await postSwitchover(state, plan.leader, target, switchMs);
      if (!ok) throw failed(level, `Patroni did not switch to ${target}: ${text}`);
      await takesWrites(state, target);
      const { timeline } = await inHistory(state, target);
      await letOneConfirm();
      const succeeded = await hasSuccessor(state);
      return succeeded ? `timeline ${timeline}` : `timeline ${timeline}; nobody could take over from it yet`;
    });
  } finally {
    await letOneConfirm();
  }
  return inHistory(state, target);
}

/** On a machine that stalls nobody answers within the second that a look takes: not for that is a promotion refused. */
async function patientCluster(state: LabState): Promise<ClusterReading | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const cluster = await readCluster(state);
    if (cluster !== undefined || performance.now() > until) return cluster;
    await pause(pollMs);
  }
}

/** The new leader writes its history down in one of its next rounds. */
async function inHistory(state: LabState, target: string): Promise<Promotion> {
  const until = performance.now() + historyMs;
  for (;;) {
    const last = (await readPromotions(state))?.at(-1);
    if (last?.to === target) return last;
    if (performance.now() > until)
      throw failed(state.level, `Patroni's history does not tell of ${target} yet`);
    await pause(pollMs);
  }
}

/** Has both standbys confirm every commit, until the target does. */
async function confirm(state: LabState, leader: string, target: string): Promise<string> {
  await changeAgreement(state, leader, { synchronous_node_count: serversOf(state).length - 1 });
  if (await confirms(state, (name) => name === target)) return 'it has every acknowledged write';
  throw failed(state.level, `${target} was not made synchronous within ${confirmMs / 1000} s`);
}

/**
 * A new leader takes the confirmation of any standby at first. Until it has written down of whom, nobody may take its place: a leader
 * that is lost then is not replaced before it is back.
 */
const hasSuccessor = (state: LabState): Promise<boolean> => confirms(state, () => true, steadyMs);

/** Waits until Patroni has named one of those who are meant as who confirms the commits, the same for so long. */
async function confirms(state: LabState, isMeant: (node: string) => boolean, forMs = 0): Promise<boolean> {
  const until = performance.now() + confirmMs;
  let named: string | undefined;
  let since = 0;
  while (performance.now() < until) {
    const members = (await readCluster(state))?.members ?? [];
    const now = members.find(({ name, role }) => role === 'synchronous' && isMeant(name))?.name;
    if (now !== named) since = performance.now();
    named = now;
    if (named !== undefined && performance.now() - since >= forMs) return true;
    await pause(pollMs);
  }
  return false;
}

async function oneConfirms(state: LabState): Promise<void> {
  for (const node of serversOf(state)) {
    try {
      return await changeAgreement(state, node, { synchronous_node_count: null });
    } catch {
      // The next one may answer; else the next heal takes it back.
    }
  }
}

/** Until a transaction is durable on it and on its standby. */
async function takesWrites(state: LabState, node: string): Promise<void> {
  const sql = "SELECT pg_logical_emit_message(true, 'firedrill', 'promoted')";
  const until = performance.now() + writeMs;
  for (;;) {
    try {
      await asSuperuser(state, node, (client) => client.query(sql), writeMs);
      return;
    } catch (cause) {
      if (performance.now() > until) throw failed(state.level, `${node} leads and takes no write`, cause);
      await pause(100);
    }
  }
}
