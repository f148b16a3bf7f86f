import { FiredrillError } from './firedrill-error.ts';

const longest = 500;

/** What a person typed as one line of text, trimmed. @throws {FiredrillError} `usage`, naming where it was typed. */
export function requireLine(where: string, text: string, fix: string): string {
  const line = text.trim();
  if (line === '') throw new FiredrillError('usage', 'it is empty', { where, fix });
  if (line.length <= longest && !/\p{Cc}/u.test(line)) return line;
  throw new FiredrillError('usage', `it is not one line of at most ${longest} characters`, { where, fix });
}
