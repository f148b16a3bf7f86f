import { clockText, printable } from '../text/incident-line.ts';
import type { Change } from './changes.ts';
import { labStates, type ScreenSize, screenLines, type Watched } from './screen.ts';

/** Where the watch is shown. */
export interface Display {
  /** @param rings somebody must be called now */
  show(watched: Watched, changes: readonly Change[], rings: boolean): void;
  end(): void;
}

const bell = '\u0007';
/** Another screen, so that what stood there comes back; the cursor is hidden. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';

/** A terminal that does not know its size says 0. */
const sizeOf = ({ columns, rows }: NodeJS.WriteStream): ScreenSize => ({
  columns: columns > 0 ? columns : 80,
  rows: rows > 0 ? rows : 24,
});

/** A terminal: drawn anew each time. */
export function screenDisplay(stream: NodeJS.WriteStream): Display {
  stream.write(enter);
  return {
    show(watched, _changes, rings) {
      const lines = screenLines(watched, sizeOf(stream)).map((line) => `${line}\u001b[K\n`);
      stream.write(`\u001b[H${lines.join('')}\u001b[J${rings ? bell : ''}`);
    },
    end() {
      stream.write(leave);
    },
  };
}

/** Everything else: a line for each change, of incidents and of what can be heard. */
export function lineDisplay(write: (text: string) => void): Display {
  let said: readonly string[] = [];
  return {
    show(watched, changes) {
      const now = [...labStates(watched), ...watched.problems];
      for (const line of now.filter((one) => !said.includes(one))) write(`${printable(line)}\n`);
      said = now;
      for (const { at, incident, text } of changes)
        write(`${clockText(at)}  ${incident}  ${printable(text)}\n`);
    },
    end() {},
  };
}

/** For a program: a JSON line for each change. */
export function jsonDisplay(write: (text: string) => void): Display {
  return {
    show(_watched, changes) {
      for (const change of changes) write(`${JSON.stringify(change)}\n`);
    },
    end() {},
  };
}
