import type { FiredrillError } from '@firedrill/errors';
import type { ComponentName } from './component.ts';
import type { Origin } from './located.ts';

/** What happens to a component that was not there; one that is there makes no event. `planned` comes first, and again when the packed cache does not hold the component. */
export type ProvisionEvent =
  | {
      readonly type: 'planned';
      readonly name: ComponentName;
      readonly version: string;
      readonly how: Exclude<Origin, 'path'>;
      readonly seconds: number;
    }
  | {
      readonly type: 'step';
      readonly name: ComponentName;
      readonly text: string;
      /** One of very many, such as a package that is compiled: for a live line, not for a log. */
      readonly fine: boolean;
    }
  | { readonly type: 'done'; readonly name: ComponentName; readonly origin: Origin; readonly seconds: number }
  | { readonly type: 'failed'; readonly name: ComponentName; readonly error: FiredrillError };
