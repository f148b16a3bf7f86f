import { FiredrillError } from '@firedrill/errors';

/** A change that is not acknowledged by then may still happen later. */
export const callDeadlineMs = 1000;

/** Thrown when a call to a part of the lab outlived its deadline: its effect is unknown. */
export class LateCall extends FiredrillError {}

/** Settles with `work`, or rejects after `ms`; the work itself goes on, so its effect is then unknown. */
export async function withDeadline<T>(what: string, work: Promise<T>, ms = callDeadlineMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new LateCall('control-failed', `${what} did not answer within ${ms} ms`)),
      ms,
    );
  });
  work.catch(() => {}); // when it loses the race nobody else listens to it
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
