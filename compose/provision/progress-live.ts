import {
  DefaultRenderer,
  Listr,
  ListrLogger,
  type ListrTask,
  type ListrTaskWrapper,
  ProcessOutput,
} from 'listr2';
import type { ComponentName } from './component.ts';
import type { ProvisionEvent } from './events.ts';
import { type Board, doneLine, type Planned, planLine } from './progress-lines.ts';

type Task = Pick<ListrTaskWrapper<unknown, never, never>, 'title'>;

/** One component's line: what it is, how long it has been at it, what it does now. */
class Line {
  #plan: string;
  readonly #end = Promise.withResolvers<void>();
  #task: Task | undefined;
  #text = 'in the queue';
  #since: number | undefined;

  constructor(planned: Planned) {
    this.#plan = planLine(planned);
    // Listr sees the failure too, but only once it has started the line.
    this.#end.promise.catch(() => undefined);
  }

  get title(): string {
    return this.#plan;
  }

  readonly replan = (planned: Planned): void => {
    this.#plan = planLine(planned);
    this.step('in the queue');
  };

  readonly run = (_: unknown, task: Task): Promise<void> => {
    this.#task = task;
    this.draw();
    return this.#end.promise;
  };

  readonly step = (text: string): void => {
    this.#since ??= Date.now();
    this.#text = text;
    this.draw();
  };

  readonly draw = (): void => {
    if (this.#task === undefined) return;
    const elapsed = this.#since === undefined ? '' : ` ${Math.round((Date.now() - this.#since) / 1000)} s`;
    this.#task.title = `${this.#plan}${elapsed}: ${this.#text}`;
  };

  readonly finish = (text: string): void => {
    if (this.#task !== undefined) this.#task.title = `${this.#plan}: ${text}`;
    this.#end.resolve();
  };

  readonly fail = (error: Error): void => this.#end.reject(error);
}

/** Listr asks only whether stdout is a terminal; ours is stderr, and has been asked. */
class TerminalRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** Live lines on a terminal. */
export class LiveBoard implements Board {
  readonly #stream: NodeJS.WriteStream;
  readonly #lines = new Map<ComponentName, Line>();
  #running: Promise<unknown> | undefined;
  #clock: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  readonly show = (event: ProvisionEvent): void => {
    const line = this.#lines.get(event.name);
    if (event.type === 'planned') {
      if (line === undefined) this.#lines.set(event.name, new Line(event));
      else line.replan(event);
      return;
    }
    this.#running ??= this.#start();
    if (event.type === 'step') line?.step(event.text);
    else if (event.type === 'done') line?.finish(doneLine(event));
    else line?.fail(event.error);
  };

  readonly close = async (): Promise<void> => {
    clearInterval(this.#clock);
    for (const line of this.#lines.values()) line.fail(new Error('not done'));
    await this.#running;
  };

  #start(): Promise<unknown> {
    const lines = [...this.#lines.values()];
    this.#clock = setInterval(() => {
      for (const line of lines) line.draw();
    }, 1000);
    this.#clock.unref();
    const tasks: ListrTask[] = lines.map((line) => ({ title: line.title, task: line.run }));
    const processOutput = new ProcessOutput(this.#stream, this.#stream);
    const list = new Listr(tasks, {
      renderer: TerminalRenderer,
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger({ processOutput }), collapseErrors: false },
    });
    return list.run();
  }
}
