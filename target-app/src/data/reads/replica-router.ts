import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnRead } from '../../telemetry/replica-metrics.ts';
import type { Database, Queries } from '../database.ts';
import { DatabaseUnavailable } from '../database-errors.ts';
import type { Deadline } from '../deadline.ts';
import { acknowledgeSeen, mustCover } from '../session/position.ts';
import { currentSession, type Session } from '../session/session.ts';
import { planRead, primary } from './plan-read.ts';
import { policyOf, type ReadPolicy } from './read-policies.ts';
import type { ReadResult, ReadRouter } from './read-router.ts';
import { stalenessSince, type WatchedServer } from './watched-server.ts';

/** A server for reads. Its pool's deadline is the share of a request's time that it may cost. */
export interface Replica {
  readonly server: WatchedServer;
  readonly database: Database;
}

export interface ReplicaRouterOptions {
  readonly primary: Database;
  /** Says whether the primary answers, so that who can do without does not wait for it. */
  readonly primaryServer: WatchedServer;
  readonly replicas: readonly Replica[];
  /** A replica further behind serves no read while the primary answers, milliseconds. */
  readonly limitMs: number;
  readonly onRead: (from: string) => void;
  /** Of a read that must show what its customer wrote and saw. */
  readonly onOwnRead: (how: OwnRead) => void;
}

/** Where the primary does not answer, a replica that is behind a session is asked again for so long, and so often. */
const waitMs = 300;
const pauseMs = 25;

interface Reading<T> {
  readonly policy: ReadPolicy;
  readonly deadline: Deadline;
  readonly work: (queries: Queries) => Promise<T>;
  /** Whose writes it must show. */
  readonly session: Session | undefined;
}

/** Reads from replicas where the read's policy allows, and falls back to the primary, or from it, when they fail. */
export function replicaRouter(options: ReplicaRouterOptions): ReadRouter {
  const byName = new Map(options.replicas.map((replica) => [replica.server.name, replica]));
  let turn = 0;

  async function readPrimary<T>({ deadline, work, session }: Reading<T>): Promise<ReadResult<T>> {
    try {
      if (session === undefined) return told(await options.primary.read(deadline, work), primary, 0);
      await acknowledgeSeen(session, options.primary, deadline);
      const first = mustCover(session, 'primary');
      return told(await options.primary.transaction(deadline, work, first), primary, 0);
    } catch (error) {
      options.primaryServer.blame(error);
      throw error;
    }
  }

  async function readReplica<T>(
    { server, database }: Replica,
    { deadline, work, session }: Reading<T>,
  ): Promise<ReadResult<T>> {
    const { completeUntil } = server;
    try {
      const value = await (session === undefined
        ? database.read(deadline, work)
        : database.transaction(deadline, work, mustCover(session, 'replica')));
      return told(value, server.name, stalenessSince(completeUntil));
    } catch (error) {
      server.blame(error);
      throw error;
    }
  }

  function told<T>(value: T, from: string, stalenessMs: number): ReadResult<T> {
    const headers = { 'X-Read-From': from, 'X-Staleness-Ms': String(Math.ceil(stalenessMs)) };
    return { value, headers };
  }

  function plan(policy: ReadPolicy): readonly string[] {
    turn += 1;
    return planRead(policy, {
      servers: options.replicas.map((replica) => replica.server.view()),
      primaryAnswers: options.primaryServer.answers && !options.primaryServer.inRecovery,
      limitMs: options.limitMs,
      turn,
    });
  }

  async function readAt<T>(names: readonly string[], reading: Reading<T>): Promise<ReadResult<T>> {
    let failure: unknown;
    for (const name of names) {
      const replica = byName.get(name);
      try {
        const result = await (replica === undefined ? readPrimary(reading) : readReplica(replica, reading));
        const missed = result.value === undefined && replica !== undefined;
        if (missed && reading.policy.onMiss === 'ask-primary') continue;
        options.onRead(name);
        return result;
      } catch (error) {
        // A replica's failure is nobody's answer: it may be behind the schema, or have cancelled the read.
        if (replica === undefined || failure === undefined) failure = error;
      }
    }
    throw failure;
  }

  /** Own writes are shown, or nothing is: by a replica that has them, by the primary, or after a moment by a replica. */
  async function readOwn<T>(reading: Reading<T>): Promise<ReadResult<T>> {
    const { policy } = reading;
    // However old: what counts is what its customer knows.
    const names = plan(policy.from === 'replica' ? { from: 'any-replica' } : policy);
    try {
      const result = await readAt(names, reading);
      options.onOwnRead(result.headers['X-Read-From'] === primary ? 'primary' : 'replica');
      return result;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      const late = await waitFor(
        names.filter((name) => name !== primary),
        reading,
      );
      options.onOwnRead(late === undefined ? 'refused' : 'waited');
      if (late === undefined) throw error;
      return late;
    }
  }

  async function waitFor<T>(
    replicas: readonly string[],
    reading: Reading<T>,
  ): Promise<ReadResult<T> | undefined> {
    const until = performance.now() + Math.min(waitMs, reading.deadline.left);
    while (replicas.length > 0 && performance.now() < until) {
      await sleep(pauseMs);
      try {
        return await readAt(replicas, reading);
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
      }
    }
    return undefined;
  }

  return {
    read: (operation, deadline, work) => {
      const policy = policyOf(operation);
      const session = policy.own === true ? currentSession() : undefined;
      const reading = { policy, deadline, work, session };
      return session === undefined ? readAt(plan(policy), reading) : readOwn(reading);
    },
  };
}
