import { formatToken, laterToken, parseToken, tokenHeader } from '../src/data/session/token.ts';

/** What a browser keeps of each answer, per customer, and sends with the customer's next request. */
export const session = {
  /** Of answers and requests, in lower case. */
  header: tokenHeader.toLowerCase(),
  /** Of two tokens the one to keep: answers do not come in the order in which they were made. */
  later: (a: string, b: string): string => formatToken(laterToken(parseToken(a), parseToken(b))),
} as const;
