import type { ComponentName } from './component.ts';
import type { ProvisionEvent } from './events.ts';
import type { Board } from './progress-lines.ts';
import { LiveBoard } from './progress-live.ts';
import { PlainBoard } from './progress-plain.ts';
import { type Provisioned, type ProvisionOptions, provision } from './provision.ts';

export interface ProgressOptions extends ProvisionOptions {
  /** Default: stderr, so that stdout stays free for `--json`. */
  readonly stream?: NodeJS.WriteStream;
}

/** As {@link provision}, with a live line per missing component; plain lines where the stream is no terminal. Silent when all is there. */
export async function provisionWithProgress(
  names: readonly ComponentName[],
  { stream = process.stderr, ...options }: ProgressOptions = {},
): Promise<Provisioned> {
  // A terminal that does not know its width (`script`, some CI) would get one letter per line.
  const board: Board = stream.isTTY && stream.columns > 0 ? new LiveBoard(stream) : new PlainBoard(stream);
  const onEvent = (event: ProvisionEvent): void => {
    board.show(event);
    options.onEvent?.(event);
  };
  try {
    return await provision(names, { ...options, onEvent });
  } finally {
    await board.close();
  }
}
