import { createHash, timingSafeEqual } from 'node:crypto';

/** What is looked at before anything is answered. */
export interface Knock {
  readonly method: string;
  /** The `Host` header. */
  readonly host: string | undefined;
  readonly cookie: string | undefined;
  /** `?token=` of the address. */
  readonly token: string | null;
  /** `Sec-Fetch-Site`: what a browser says of the page that asks. */
  readonly site: string | undefined;
}

export interface Lock {
  readonly token: string;
  readonly port: number;
}

export interface Refusal {
  readonly status: 403 | 405 | 421;
  readonly text: string;
}

/** A browser keeps cookies by host and not by port: two of these pages must not take each other's. */
export const cookieName = (port: number): string => `firedrill-dash-${port}`;

/** Pure: why a request is not answered; `undefined`: it is. */
export function refusalOf(knock: Knock, { token, port }: Lock): Refusal | undefined {
  // A name that somebody made point at 127.0.0.1 must not open what is here.
  if (knock.host !== `127.0.0.1:${port}` && knock.host !== `localhost:${port}`) {
    return { status: 421, text: `this is only at http://127.0.0.1:${port}` };
  }
  if (knock.method !== 'GET') return { status: 405, text: 'there is nothing here but to look: GET' };
  const shown = knock.token ?? cookieOf(knock.cookie, cookieName(port)) ?? '';
  if (!isSame(shown, token)) {
    return {
      status: 403,
      text: 'wrong token: open the address that `pnpm dash` printed; each start of it has another one',
    };
  }
  // By the token it may be opened from anywhere; by the cookie only from its own page, which another port's is not.
  if (knock.token === null && knock.site !== undefined && !ownSites.includes(knock.site)) {
    return { status: 403, text: 'another site may not ask this' };
  }
  return undefined;
}

/** `none`: somebody typed it. */
const ownSites: readonly string[] = ['same-origin', 'none'];

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In the same time, however much of it is right. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
