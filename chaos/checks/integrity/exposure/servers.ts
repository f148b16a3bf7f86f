import { listDivergence } from '@firedrill/lab';
import {
  eventually,
  nobodyWords,
  type Postgres,
  type PostgresServer,
  postgresBinaries,
  type ShopBench,
} from '@firedrill/target-app/testing';
import { type DivergenceRecord, recordOf } from '../../../evidence/divergences-piece.ts';
import { shop } from '../../../targets/shop.ts';

/** The shop's database servers, and what can happen to them. */
export interface Servers {
  /** The one that takes the writes. */
  readonly primary: PostgresServer;
  /** Waits until each standby shows all that the primary has. */
  caughtUp(): Promise<void>;
  /** The standbys go on receiving, but show nothing new until they are resumed. */
  pauseReplay(): Promise<void>;
  resumeReplay(): Promise<void>;
  /** From now on no standby receives anything. */
  cut(): Promise<void>;
  /** The primary dies; the standby that has most takes over, the others follow it, and the shop is led there. */
  failOver(): Promise<void>;
  /** What only primaries that died have. */
  readonly divergences: readonly DivergenceRecord[];
}

export function serversOn({ primary: first, standbys }: Postgres, bench: ShopBench): Servers {
  const { pathname, password } = new URL(bench.databaseUrl);
  let primary = first;
  const divergences: DivergenceRecord[] = [];
  const onStandbys = (sql: string) => Promise.all(standbys.map((standby) => standby.run('postgres', sql)));
  const conninfo = (port: number) => `host=127.0.0.1 port=${port} user=shop password=${password}`;
  const follow = async (standby: PostgresServer, port: number) => {
    await standby.run('postgres', `ALTER SYSTEM SET primary_conninfo = '${conninfo(port)}'`);
    await standby.run('postgres', 'SELECT pg_reload_conf()');
  };
  return {
    get primary() {
      return primary;
    },
    divergences,
    caughtUp: async () => {
      const [end] = await primary.run('postgres', 'SELECT pg_current_wal_flush_lsn() AS lsn');
      await eventually(async () => {
        const behind = await onStandbys(`SELECT 1 WHERE pg_last_wal_replay_lsn() < '${end?.['lsn']}'`);
        if (behind.flat().length > 0) throw new Error('a standby is behind');
      }, 'the standbys to catch up');
    },
    pauseReplay: async () => void (await onStandbys('SELECT pg_wal_replay_pause()')),
    resumeReplay: async () => void (await onStandbys('SELECT pg_wal_replay_resume()')),
    cut: async () => {
      for (const standby of standbys) await follow(standby, 1);
      await eventually(async () => {
        const receiving = await onStandbys('SELECT 1 FROM pg_stat_wal_receiver');
        if (receiving.flat().length > 0) throw new Error('a standby still receives');
      }, 'the standbys to be cut off');
    },
    failOver: async () => {
      const received = await onStandbys("SELECT pg_last_wal_receive_lsn() - '0/0' AS bytes");
      const most = received.map(([row]) => Number(row?.['bytes']));
      const index = most.indexOf(Math.max(...most));
      const promoted = standbys[index];
      if (promoted === undefined) throw new Error('there is nobody to take over');
      await primary.stop();
      await promoted.run('postgres', 'SELECT pg_promote()');
      // Until then its control file knows of no timeline of its own, and pg_rewind finds nothing to do.
      await promoted.run('postgres', 'CHECKPOINT');
      for (const standby of standbys) if (standby !== promoted) await follow(standby, promoted.port);
      await bench.front.leadTo(index + 1);
      const left = await listDivergence({
        node: 'pg-1',
        programs: postgresBinaries(),
        asUser: nobodyWords(),
        data: `${primary.folder}/data`,
        source: `${conninfo(promoted.port)} dbname=postgres`,
        database: pathname.slice(1),
      });
      if (left !== undefined) divergences.push(recordOf(left, shop));
      primary = promoted;
    },
  };
}
