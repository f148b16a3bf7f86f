import { FiredrillError } from '@firedrill/errors';
import type { Component, ComponentName } from './component.ts';
import { builtComponents } from './components-built.ts';
import { packagedComponents } from './components-packaged.ts';

/** Every pinned component: the one table that both runtimes, doctor and the cache bundle read. */
export const components: readonly Component[] = [...packagedComponents, ...builtComponents];

/** The component of that name, or one line that lists what there is. */
export function componentByName(name: ComponentName): Component {
  const component = components.find((one) => one.name === name);
  if (component !== undefined) return component;
  throw new FiredrillError('usage', `unknown component ${name}`, {
    fix: `use one of ${components.map((one) => one.name).join(', ')}`,
  });
}
