import type { FiredrillError } from '@firedrill/errors';
import type { ComponentName } from './component.ts';
import type { Origin } from './located.ts';

/** What happens to a component that was not there; a component that is there makes no event. */
export type ProvisionEvent =
  | {
      readonly type: 'planned';
      readonly name: ComponentName;
      readonly version: string;
      readonly how: Exclude<Origin, 'path' | 'bundle'>;
      readonly seconds: number;
    }
  | { readonly type: 'step'; readonly name: ComponentName; readonly text: string }
  | { readonly type: 'done'; readonly name: ComponentName; readonly origin: Origin; readonly seconds: number }
  | { readonly type: 'failed'; readonly name: ComponentName; readonly error: FiredrillError };
