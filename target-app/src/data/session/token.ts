import { z } from 'zod';

/** A place in the history of one shard: whoever has come to it has all that was written before. */
export interface Position {
  /** PostgreSQL's; a promotion begins a new one. */
  readonly timeline: number;
  /** Bytes of WAL. */
  readonly lsn: bigint;
}

/** How far a customer's requests have written and seen; what they read next must have all of that. */
export interface Token extends Position {
  readonly shard: string;
  /** Seen on a replica: there a commit shows before its primary acknowledges it. */
  readonly seen: boolean;
}

/** Answered to a customer, who sends it with the next request. */
export const tokenHeader = 'X-Consistency-Token';

/** `s1.3.0/16B3748`, with `~` behind it where it was seen on a replica. */
export const tokenSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,32}\.[1-9][0-9]{0,8}\.[0-9A-F]{1,8}\/[0-9A-F]{1,8}~?$/, 'must be as it was answered');

/** @param text as {@link tokenSchema} has it. */
export function parseToken(text: string): Token {
  const [shard = '', timeline, lsn = ''] = text.split('.');
  return { shard, timeline: Number(timeline), lsn: parseLsn(lsn.replace('~', '')), seen: lsn.endsWith('~') };
}

export function formatToken({ shard, timeline, lsn, seen }: Token): string {
  const half = (value: bigint) => value.toString(16).toUpperCase();
  return `${shard}.${timeline}.${half(lsn >> 32n)}/${half(lsn & 0xffffffffn)}${seen ? '~' : ''}`;
}

/** @param text PostgreSQL's `pg_lsn`. */
export function parseLsn(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/**
 * Pure: of two tokens of one shard the one that asks for more. What was only seen stays so: a commit that was acknowledged can
 * lie before it, though its token, which may reach further than the commit, does not.
 */
export function laterToken(a: Token, b: Token): Token {
  return { ...(covers(a, b) ? a : b), seen: a.seen || b.seen };
}

/**
 * Pure: whether who stands there has all that the token asks for. A later timeline has every acknowledged write of those
 * before it, wherever they part.
 */
export function covers(position: Position, token: Position): boolean {
  if (position.timeline !== token.timeline) return position.timeline > token.timeline;
  return position.lsn >= token.lsn;
}
