import { sourcesFolder } from './container-context.ts';
import type { ContainerConfig } from './rendered-file.ts';
import type { Service } from './service.ts';

/** From compose/level-N. */
const toCheckout = '../..';

/**
 * Pure: a service whose files name sources of this checkout (Prometheus its rules) finds them below {@link sourcesFolder},
 * mounted one by one: a container sees nothing of the checkout that it has no use for.
 */
export function withSources(service: Service, checkout: string): Service {
  const named = new RegExp(`${checkout.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(/[\\w./-]+)`, 'g');
  const texts = service.configs.map(({ file }) => file?.content ?? '');
  const paths = new Set(texts.flatMap((text) => [...text.matchAll(named)].map(([, path = '']) => path)));
  if (paths.size === 0) return service;
  const sources = [...paths].map(
    (path): ContainerConfig => ({
      name: `${service.name}.${path.split('/').at(-1)}`,
      target: sourcesFolder + path,
      definition: { file: toCheckout + path },
    }),
  );
  const own = service.configs.map(({ file, ...config }) =>
    file === undefined
      ? config
      : { ...config, file: { ...file, content: file.content.replaceAll(checkout, sourcesFolder) } },
  );
  const configs = [...own, ...sources];
  const mounts = configs.map(({ name, target }) => ({ source: name, target }));
  return { ...service, configs, definition: { ...service.definition, configs: mounts } };
}
