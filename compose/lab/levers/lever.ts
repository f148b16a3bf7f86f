import { z } from 'zod';

const onOff = z.enum(['on', 'off']);
const node = z.string();

/**
 * What an operator can do to a running shop: the closed vocabulary of runbooks, drills and journals. None of them is a fault, and
 * no heal takes one back.
 */
export const levers = {
  /** A standby takes the writes. */
  promote: z.strictObject({ lever: z.literal('promote'), node }),
  /** A process is ended in order, where it runs, and started. */
  restart: z.strictObject({ lever: z.literal('restart'), node }),
  /** The edge sends an API nothing new; what it has under way ends. */
  drain: z.strictObject({ lever: z.literal('drain'), node }),
  undrain: z.strictObject({ lever: z.literal('undrain'), node }),
  deploy: z.strictObject({ lever: z.literal('deploy'), release: z.string() }),
  /** The release before the one that runs. */
  rollback: z.strictObject({ lever: z.literal('rollback') }),
  /** Customers read on and change nothing. */
  'read-only': z.strictObject({ lever: z.literal('read-only'), to: onOff }),
  /** Checkouts are accepted now and paid later. */
  'payment-fallback': z.strictObject({ lever: z.literal('payment-fallback'), to: onOff }),
  /** This share of all requests is turned away, who looks around before who buys; 0 is off. */
  'shed-load': z.strictObject({ lever: z.literal('shed-load'), share: z.number().min(0).max(1) }),
  /** Another key takes the place of the one that the shop pays with. */
  rotate: z.strictObject({ lever: z.literal('rotate'), credential: z.literal('payment-key') }),
} as const;

/** Each lever with more fields beside its own: still closed data. */
export function leverWith<S extends z.ZodRawShape>(shape: S) {
  return z.discriminatedUnion('lever', [
    levers.promote.extend(shape),
    levers.restart.extend(shape),
    levers.drain.extend(shape),
    levers.undrain.extend(shape),
    levers.deploy.extend(shape),
    levers.rollback.extend(shape),
    levers['read-only'].extend(shape),
    levers['payment-fallback'].extend(shape),
    levers['shed-load'].extend(shape),
    levers.rotate.extend(shape),
  ]);
}

export const leverSchema = leverWith({});

export type LeverName = keyof typeof levers;
export type Lever = Readonly<z.infer<(typeof levers)[LeverName]>>;

export const leverNames = Object.keys(levers) as readonly LeverName[];

const argumentsOf = (name: LeverName): readonly string[] =>
  Object.keys(levers[name].shape).filter((field) => field !== 'lever');

/** Pure: a lever as it is typed after `pnpm lab`: `read-only on`. Fields beside its own are left out. */
export function wordsOf(lever: Lever): string {
  const values: Readonly<Record<string, string | number>> = lever;
  const given = argumentsOf(lever.lever).map((field) => (values[field] === 0 ? 'off' : values[field]));
  return [lever.lever, ...given].join(' ');
}

/** Pure: a lever alone, without fields beside its own. */
export function leverAlone(lever: Lever): Lever {
  const values: Readonly<Record<string, string | number>> = lever;
  const own = ['lever', ...argumentsOf(lever.lever)].map((field) => [field, values[field]]);
  return leverSchema.parse(Object.fromEntries(own));
}

/** Pure: the lever of such words; `undefined` when they are none. */
export function leverOf(words: string): Lever | undefined {
  const [name = '', ...given] = words.trim().split(/\s+/);
  if (!Object.hasOwn(levers, name)) return undefined;
  const fields = argumentsOf(name as LeverName);
  if (given.length !== fields.length) return undefined;
  const values = fields.map((field, index) => [field, argumentOf(field, given[index] ?? '')]);
  return leverSchema.safeParse({ lever: name, ...Object.fromEntries(values) }).data;
}

const argumentOf = (field: string, word: string): string | number =>
  field === 'share' ? (word === 'off' ? 0 : Number(word)) : word;

/** Pure: what takes a lever back; `undefined` where nothing is to be taken back, or a person must choose. */
export function undoOfLever(lever: Lever): Lever | undefined {
  switch (lever.lever) {
    case 'drain':
      return { lever: 'undrain', node: lever.node };
    case 'deploy':
      return { lever: 'rollback' };
    case 'read-only':
    case 'payment-fallback':
      return lever.to === 'on' ? { ...lever, to: 'off' } : undefined;
    case 'shed-load':
      return lever.share > 0 ? { lever: 'shed-load', share: 0 } : undefined;
    case 'promote':
    case 'restart':
    case 'undrain':
    case 'rollback':
    case 'rotate':
      return undefined;
  }
}
