import { styleText } from 'node:util';

/** How words are set off on a terminal; as they are where there is none. */
export interface Style {
  strong(text: string): string;
  code(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  quiet(text: string): string;
}

const same = (text: string): string => text;
export const plain: Style = { strong: same, code: same, good: same, bad: same, quiet: same };

/** Colours where the stream takes them. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  if (stream.isTTY !== true) return plain;
  const as = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { stream });
  return { strong: as('bold'), code: as('cyan'), good: as('green'), bad: as('red'), quiet: as('dim') };
}
