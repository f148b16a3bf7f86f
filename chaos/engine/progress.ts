/** Where a person sees how the run goes: always stderr, so that stdout stays for the verdict. */
export interface Progress {
  /** A new phase: its line stays. */
  phase(name: string, text: string): void;
  /** A live figure of this phase; replaces the last one on a terminal. */
  figure(text: string): void;
  /** A line that must not be lost. */
  note(text: string): void;
  end(): void;
}

const notATerminalEveryMs = 10_000;

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const live = stream.isTTY === true;
  const started = performance.now();
  let shown = false;
  let current = '';
  let lastPlain = 0;
  const clock = (): string => `${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s`;
  const clear = (): void => {
    if (live && shown) stream.write('\r\u001b[2K');
    shown = false;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${clock()}  ${text}\n`);
  };
  return {
    phase(name, text) {
      current = name;
      lastPlain = performance.now();
      line(`${name.padEnd(8)} ${text}`);
    },
    figure(text) {
      const whole = `${clock()}  ${current.padEnd(8)} ${text}`;
      if (live) {
        clear();
        stream.write(whole.slice(0, Math.max(20, (stream.columns ?? 120) - 1)));
        shown = true;
      } else if (performance.now() - lastPlain >= notATerminalEveryMs) {
        lastPlain = performance.now();
        stream.write(`${whole}\n`);
      }
    },
    note: line,
    end: clear,
  };
}
