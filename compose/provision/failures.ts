import { FiredrillError } from '@firedrill/errors';
import type { Component } from './component.ts';
import { unavailable } from './supply.ts';

/** Names what went wrong with one component, whatever was thrown. */
export function failureOf(
  component: Component,
  cause: unknown,
  signal: AbortSignal | undefined,
): FiredrillError {
  if (cause instanceof FiredrillError) return cause;
  if (signal?.aborted) return new FiredrillError('aborted', `${component.name} was stopped`, { cause });
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC') {
    return new FiredrillError('disk-full', `the disk became full while ${component.name} was made`, {
      where: component.name,
      fix: 'free some space, or point FIREDRILL_CACHE at a larger disk',
      cause,
    });
  }
  return unavailable(component, cause instanceof Error ? cause.message : String(cause));
}

/** One error for all that failed, each with its own reason and its own way out. Without Go every build fails by the same error: it is said once. */
export function combined(failed: readonly FiredrillError[]): FiredrillError | undefined {
  const errors = [...new Set(failed)];
  const [first] = errors;
  if (first === undefined || errors.length === 1) return first;
  const join = (pick: (error: FiredrillError) => string | undefined): string =>
    errors.map(pick).filter(Boolean).join('; ');
  return new FiredrillError(
    first.code,
    join(({ message }) => message),
    { where: join(({ where }) => where), fix: join(({ fix }) => fix) },
  );
}
