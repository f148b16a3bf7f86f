import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { FiredrillError, runMain } from '@firedrill/errors';
import { targetByName } from '../targets/target-by-name.ts';
import { LoadRun } from './load-run.ts';
import { type LoadEvent, loadCommandSchema, loadConfigSchema } from './protocol.ts';

/**
 * The load client's process: its configuration is the first line on stdin, a command each line after it, an event each line on
 * stdout. It ends on `quit`, or when stdin closes because its parent is gone.
 */
async function main(): Promise<number> {
  // Ctrl-C reaches the whole terminal group: the parent decides what becomes of the load.
  process.on('SIGINT', () => {});
  process.stdout.on('error', () => {});
  preferPunctuality();

  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) return 0;
  const config = parse(first.value, loadConfigSchema);
  const run = await LoadRun.open(config, targetByName(config.targetName), emit);

  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  // A command runs beside the reading, so that a parent's death is seen during a long stop or settle.
  const during = (work: Promise<void>): void => void work.catch((error: unknown) => failed.reject(error));
  process.on('uncaughtException', (error) => failed.reject(error));

  try {
    for (;;) {
      const line = await Promise.race([lines.next(), failed.promise]);
      if (line.done === true) return 0;
      const command = parse(line.value, loadCommandSchema);
      const { cmd } = command;
      if (command.cmd === 'faults') run.tellFaults(command.in);
      if (command.cmd === 'detected') run.tellDetection(command.seconds);
      if (cmd === 'start') during(run.start());
      if (cmd === 'stop') during(run.stop().then((stopped) => emit({ type: 'stopped', ...stopped })));
      if (cmd === 'settle') during(run.settle().then((settled) => emit({ type: 'settled', ...settled })));
      if (cmd === 'quit') {
        await Promise.race([run.stop(), failed.promise]);
        return 0;
      }
    }
  } finally {
    await run.close();
  }
}

/** On a busy machine what measures goes before what is measured, where the user may say so (root, as in many containers). */
function preferPunctuality(): void {
  try {
    setPriority(-5);
  } catch {
    // Late arrivals are counted either way.
  }
}

/** A parent that does not read (stopped, swapped out) must not hold the load up: progress it would miss anyway is left out. */
function emit(event: LoadEvent): void {
  if (event.type === 'progress' && process.stdout.writableLength > 0) return;
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function parse<T>(line: string, schema: { parse(value: unknown): T }): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new FiredrillError('invalid-data', 'the load client cannot read a line of its stdin', {
      where: line.slice(0, 200),
      fix: 'send what chaos/load/protocol.ts says',
      cause,
    });
  }
}

await runMain(main);
process.exit();
