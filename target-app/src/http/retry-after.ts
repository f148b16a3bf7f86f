import type { ProblemCode } from './problems.ts';

/** What an operator has switched on stays for a while; everything else may be over in a moment. */
const longer: Readonly<Partial<Record<ProblemCode, number>>> = { 'read-only': 30, 'shed-load': 10 };

/** What a 503 says of when to come again, seconds. */
export const retryAfterSeconds = (code: ProblemCode): number => longer[code] ?? 1;
