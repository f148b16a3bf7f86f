import { describeHalt, haltOrder } from '../halt/halt-order.ts';
import { watchLaunchers } from './launchers.ts';
import type { Stop } from './stop.ts';

const haltEveryMs = 250;

/**
 * Turns Ctrl-C, SIGTERM, a closed terminal, a vanished npx or pnpm and `pnpm chaos halt` into a stop. Of the last the guardian
 * tells, too, but a run that still gets its components has none.
 * @returns what ends the watch.
 */
export function watchInterrupts(stop: Stop): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const handlers = signals.map((name) => {
    const handler = (): void => stop.interrupt(`got ${name}`);
    process.on(name, handler);
    return { name, handler };
  });
  // Whoever read our output may be gone first; a run must not die of that with its faults in.
  const ignore = (): void => {};
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  const endWatch = watchLaunchers(() => stop.ask('the command that started this run is gone'));
  const halts = setInterval(() => {
    const order = haltOrder();
    if (order !== undefined) stop.ask(describeHalt(order));
  }, haltEveryMs);
  return () => {
    endWatch();
    clearInterval(halts);
    for (const { name, handler } of handlers) process.off(name, handler);
  };
}
