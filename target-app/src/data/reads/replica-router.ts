import type { Database, Queries } from '../database.ts';
import type { Deadline } from '../deadline.ts';
import { planRead, primary } from './plan-read.ts';
import { policyOf } from './read-policies.ts';
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
}

type Work<T> = (queries: Queries) => Promise<T>;

/** Reads from replicas where the read's policy allows, and falls back to the primary, or from it, when they fail. */
export function replicaRouter(options: ReplicaRouterOptions): ReadRouter {
  const byName = new Map(options.replicas.map((replica) => [replica.server.name, replica]));
  let turn = 0;

  async function readPrimary<T>(deadline: Deadline, work: Work<T>): Promise<ReadResult<T>> {
    try {
      const value = await options.primary.read(deadline, work);
      return told(value, primary, 0);
    } catch (error) {
      options.primaryServer.blame(error);
      throw error;
    }
  }

  async function readReplica<T>(replica: Replica, deadline: Deadline, work: Work<T>): Promise<ReadResult<T>> {
    const { server, database } = replica;
    const { completeUntil } = server;
    try {
      const value = await database.read(deadline, work);
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

  return {
    read: async <T>(operation: Parameters<ReadRouter['read']>[0], deadline: Deadline, work: Work<T>) => {
      const policy = policyOf(operation);
      turn += 1;
      const plan = planRead(policy, {
        servers: options.replicas.map((replica) => replica.server.view()),
        primaryAnswers: options.primaryServer.answers && !options.primaryServer.inRecovery,
        limitMs: options.limitMs,
        turn,
      });
      let failure: unknown;
      for (const name of plan) {
        const replica = byName.get(name);
        try {
          const result = await (replica === undefined
            ? readPrimary(deadline, work)
            : readReplica(replica, deadline, work));
          if (result.value === undefined && replica !== undefined && policy.onMiss === 'ask-primary')
            continue;
          options.onRead(name);
          return result;
        } catch (error) {
          // A replica's failure is nobody's answer: it may be behind the schema, or have cancelled the read.
          if (replica === undefined || failure === undefined) failure = error;
        }
      }
      throw failure;
    },
  };
}
