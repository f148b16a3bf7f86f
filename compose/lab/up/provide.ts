import { provisionWithProgress } from '@firedrill/provision';
import { componentsOf } from '../wiring/wire-level.ts';
import type { LabUpOptions } from './lab-up.ts';

export type Provide = NonNullable<LabUpOptions['provide']>;

/**
 * What a level needs, with a line on `stream` (default stderr) for each component that has to be made: from a cold cache that
 * takes many minutes. Silent when all is there. `signal` stops it, and the builds it started.
 */
export function provideWithProgress(signal: AbortSignal, stream?: NodeJS.WriteStream): Provide {
  return (level) =>
    provisionWithProgress(componentsOf(level), { signal, ...(stream === undefined ? {} : { stream }) });
}

/** The same, stopped by Ctrl-C or SIGTERM. Once all is there a signal does again what it always does. */
export function provideUntilInterrupted(stream?: NodeJS.WriteStream): Provide {
  return async (level) => {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.on(signal, onSignal);
    try {
      return await provideWithProgress(stop.signal, stream)(level);
    } finally {
      for (const signal of signals) process.off(signal, onSignal);
    }
  };
}
