import { FiredrillError } from '@firedrill/errors';
import type { Component, ComponentName } from './component.ts';

/** Where a component's files come from. */
export type Origin = 'path' | 'wheel' | 'python' | 'go' | 'deb' | 'bundle';

/** A component that is there and can be started. */
export interface ProvisionedComponent {
  readonly name: ComponentName;
  readonly version: string;
  readonly origin: Origin;
  /** The folder of its files (PostgreSQL: the one with `bin`, `share`, `lib`). */
  readonly home: string;
  /** The absolute path of one of its executables. */
  readonly bin: (executable: string) => string;
}

/** Binds the paths of a component's executables. */
export function provisioned(
  component: Component,
  found: Pick<ProvisionedComponent, 'version' | 'origin' | 'home'>,
  files: ReadonlyMap<string, string>,
): ProvisionedComponent {
  return {
    name: component.name,
    ...found,
    bin: (executable) => {
      const file = files.get(executable);
      if (file !== undefined) return file;
      throw new FiredrillError('internal', `${component.name} has no executable ${executable}`, {
        fix: `use one of ${component.executables.join(', ')}`,
      });
    },
  };
}
