import { z } from 'zod';

const matcherSchema = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  /** Older Alertmanagers know no other. */
  isEqual: z.boolean().default(true),
});

/** A silence as Alertmanager 0.28 tells it (its API v2). */
export const silenceSchema = z.object({
  id: z.string(),
  status: z.object({ state: z.enum(['pending', 'active', 'expired']) }),
  /** All of them must match. */
  matchers: z.array(matcherSchema),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  /** Whose it is. */
  createdBy: z.string(),
  /** Why. */
  comment: z.string(),
});

export type Silence = Readonly<z.infer<typeof silenceSchema>>;
export type SilenceMatcher = Silence['matchers'][number];

/** What Alertmanager is asked to make. */
export type SilenceDraft = Omit<Silence, 'id' | 'status'>;

/** Pure: does it hold back an alert with these labels? A label that an alert does not have is empty to it. */
export function isSilencedBy(
  { matchers }: Pick<Silence, 'matchers'>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return matchers.every(({ name, value, isRegex, isEqual }) => {
    const label = labels[name] ?? '';
    return (isRegex ? new RegExp(`^(?:${value})$`).test(label) : label === value) === isEqual;
  });
}

/** Pure: what it is about, in the form of PromQL: `{alertname="CheckoutAvailability", severity="page"}`. */
export function matchersText({ matchers }: Pick<Silence, 'matchers'>): string {
  const sign = ({ isRegex, isEqual }: SilenceMatcher): string =>
    isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=';
  return `{${matchers.map((one) => `${one.name}${sign(one)}${JSON.stringify(one.value)}`).join(', ')}}`;
}
