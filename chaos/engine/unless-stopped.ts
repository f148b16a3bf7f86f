import { FiredrillError } from '@firedrill/errors';
import type { Stop } from './stop.ts';

/** Waits for `work`. @throws {FiredrillError} `aborted` at once when the run is stopped. */
export async function unlessStopped<T>(stop: Stop, work: Promise<T>): Promise<T> {
  const { signal } = stop;
  work.catch(() => {});
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const fail = (): void => aborted.reject(new FiredrillError('aborted', stop.reason ?? 'stopped'));
  if (signal.aborted) fail();
  signal.addEventListener('abort', fail, { once: true });
  try {
    return await Promise.race([aborted.promise, work]);
  } finally {
    signal.removeEventListener('abort', fail);
  }
}
