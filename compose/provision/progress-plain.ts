import type { ProvisionEvent } from './events.ts';
import { type Board, doneLine, planLine } from './progress-lines.ts';

/** One line per event for logs, without the many small steps of a build. */
export class PlainBoard implements Board {
  readonly #stream: Pick<NodeJS.WritableStream, 'write'>;

  constructor(stream: Pick<NodeJS.WritableStream, 'write'>) {
    this.#stream = stream;
  }

  readonly show = (event: ProvisionEvent): void => {
    const text = this.#text(event);
    if (text !== undefined) this.#stream.write(`set-up: ${text}\n`);
  };

  readonly close = (): Promise<void> => Promise.resolve();

  #text(event: ProvisionEvent): string | undefined {
    switch (event.type) {
      case 'planned':
        return planLine(event);
      case 'done':
        return `${event.name}: ${doneLine(event)}`;
      case 'failed':
        return `${event.name}: failed: ${event.error.message}`;
      case 'step':
        return event.fine ? undefined : `${event.name}: ${event.text}`;
    }
  }
}
