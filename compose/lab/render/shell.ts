/** One word of a POSIX shell command. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export const shellCommand = (argv: readonly string[]): string => argv.map(shellWord).join(' ');
