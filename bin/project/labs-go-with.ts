import { labDown } from '@firedrill/lab';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A benchmark that is interrupted takes its labs with it: they are in a scope of its own, where no `pnpm lab down` looks for them. */
export function labsGoWith(levels: readonly number[]): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void Promise.all(levels.map((level) => labDown({ level }))).finally(() =>
        process.exit(exitCodes[signal]),
      );
    });
  }
}
