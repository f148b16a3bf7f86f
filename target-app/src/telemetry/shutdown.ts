const tasks: (() => Promise<void>)[] = [];

/** Registers what must be sent before the process ends. */
export function whenShuttingDown(task: () => Promise<void>): void {
  tasks.push(task);
}

/** Sends what is left of the telemetry, but waits no longer than a second for it. */
export async function shutDownTelemetry(): Promise<void> {
  const sent = Promise.allSettled(tasks.map((task) => task()));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, 1000);
  await Promise.race([sent, late]);
  clearTimeout(timer);
}
