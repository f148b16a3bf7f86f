import type { ComponentName } from './component.ts';
import type { ProvisionEvent } from './events.ts';
import { type Board, doneLine, planLine } from './progress-lines.ts';

/** One line per event for logs; the many small steps of a build only once per kind. */
export class PlainBoard implements Board {
  readonly #stream: Pick<NodeJS.WritableStream, 'write'>;
  readonly #lastStep = new Map<ComponentName, string>();

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
        return this.#step(event.name, event.text);
    }
  }

  #step(name: ComponentName, text: string): string | undefined {
    const kind = text.replace(/^(downloading|compiling) \S*\/.*$/, '$1');
    if (kind !== text || this.#lastStep.get(name) === kind) return undefined;
    this.#lastStep.set(name, kind);
    return `${name}: ${text}`;
  }
}
