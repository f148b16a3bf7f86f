import { Listr } from 'listr2';
import type { LabEvent } from './events.ts';
import { type LabUp, type LabUpOptions, labUp } from './lab-up.ts';
import { provideUntilInterrupted } from './provide.ts';

/** As {@link labUp}, telling on `stream` (default stderr) what it does: live lines on a terminal, plain ones elsewhere. */
export async function labUpWithProgress(
  options: LabUpOptions,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<LabUp> {
  const tell = (line: string) => stream.write(`${line}\n`);
  const board = stream.isTTY ? new Board() : undefined;
  const onEvent = (event: LabEvent): void => {
    options.onEvent?.(event);
    if (event.type === 'cleaned') tell(`took down the lab ${event.labId}: ${event.why}`);
    else if (event.type === 'image') tell(`${imageTitles[event.how]} ${event.image}`);
    else if (board !== undefined) board.show(event);
    else if (event.type === 'ready') tell(`${event.node} is ready after ${seconds(event.afterMs)} s`);
    else if (event.type === 'step' && event.step !== 'provision') tell(stepTitles[event.step]);
  };
  try {
    const up = await labUp({
      provide: provideUntilInterrupted(stream),
      ...options,
      onEvent,
    });
    await board?.end();
    return up;
  } catch (error) {
    await board?.fail();
    throw error;
  }
}

export const imageTitles = { pull: 'pulling', build: 'building' } as const;

const stepTitles = {
  reserve: 'reserving ports',
  prepare: 'preparing the data folders',
  start: 'starting the nodes',
  'check-edges': 'checking every edge',
  'first-scrape': 'waiting for the first scrape',
} as const;

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** One live line per process, from the moment that its readiness is waited for. */
class Board {
  readonly #waiting = new Map<string, PromiseWithResolvers<number>>();
  #finished: Promise<unknown> = Promise.resolve();

  show(event: LabEvent): void {
    if (event.type === 'waiting') this.#start(event.nodes);
    if (event.type !== 'ready') return;
    this.#waiting.get(event.node)?.resolve(event.afterMs);
    this.#waiting.delete(event.node);
  }

  async end(): Promise<void> {
    await this.#finished;
  }

  async fail(): Promise<void> {
    for (const ready of this.#waiting.values()) ready.reject(new Error('not ready'));
    await this.#finished;
  }

  #start(nodes: readonly string[]): void {
    const tasks = nodes.map((node) => {
      const ready = Promise.withResolvers<number>();
      this.#waiting.set(node, ready);
      return {
        title: node,
        task: async (_context: unknown, task: { title: string }) => {
          task.title = `${node} is ready after ${seconds(await ready.promise)} s`;
        },
      };
    });
    this.#finished = new Listr(tasks, { concurrent: true, exitOnError: false }).run().catch(() => {});
  }
}
