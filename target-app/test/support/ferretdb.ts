import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startChildProgram } from './child-program.ts';
import { ferretdbBinary } from './component-binaries.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** A real FerretDB: MongoDB's wire protocol on SQLite, or on a PostgreSQL. */
export interface Ferretdb {
  /** `mongodb://…/<database>` */
  url(database: string): string;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

/** @param postgresUrl keeps its documents there; by default in files of its own. */
export async function startFerretdb(folder: string, postgresUrl?: string): Promise<Ferretdb> {
  const port = await freePort();
  const files = await mkdtemp(join(folder, 'ferretdb-'));
  const program = startChildProgram(ferretdbBinary(), [
    `--listen-addr=127.0.0.1:${port}`,
    '--log-level=warn',
    ...(postgresUrl === undefined
      ? ['--handler=sqlite', `--sqlite-url=file:${files}/?_pragma=synchronous(normal)`]
      : ['--handler=postgresql', `--postgresql-url=${postgresUrl}`]),
  ]);
  const url = (database: string) => `mongodb://127.0.0.1:${port}/${database}`;
  await eventually(async () => {
    if (program.ended) return;
    const client = new MongoClient(url('test'), { directConnection: true, serverSelectionTimeoutMS: 1000 });
    await client
      .db()
      .command({ ping: 1 })
      .finally(() => client.close());
  }, 'FerretDB to answer');
  if (program.ended) throw new Error(`FerretDB ended: ${program.output()}`);
  return { url, signal: (signal) => program.signal(signal), kill: () => program.kill() };
}
