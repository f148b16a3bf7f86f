import type { ProvisionEvent } from './events.ts';

/** Shows what a provision does. */
export interface Board {
  readonly show: (event: ProvisionEvent) => void;
  readonly close: () => Promise<void>;
}

export type Planned = Extract<ProvisionEvent, { readonly type: 'planned' }>;

const verbs = {
  wheel: 'download',
  python: 'download',
  go: 'build',
  deb: 'download',
  bundle: 'unpack',
} as const;

/** `loki 3.7.8 (build, about 350 s)` */
export function planLine({ name, version, how, seconds }: Planned): string {
  return `${name} ${version} (${verbs[how]}, about ${seconds} s)`;
}

/** `ready after 34 s, from go` */
export function doneLine({ seconds, origin }: Extract<ProvisionEvent, { readonly type: 'done' }>): string {
  return `ready after ${Math.ceil(seconds)} s, from ${origin}`;
}
