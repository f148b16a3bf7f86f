import { FiredrillError } from '@firedrill/errors';

/** Pure: why a start failed, and that what it began could not be removed; the first is what somebody looks for. */
export function alsoLeft(failure: unknown, cleanup: unknown): unknown {
  if (!(failure instanceof FiredrillError)) return failure;
  const why = cleanup instanceof Error ? cleanup.message : String(cleanup);
  return new FiredrillError(failure.code, `${failure.message}; what it began is left: ${why}`, {
    ...(failure.where === undefined ? {} : { where: failure.where }),
    fix: 'run `pnpm lab down`',
    cause: failure,
  });
}
