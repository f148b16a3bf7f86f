import { componentByName } from '@firedrill/provision';
import { slothWords } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { common, type Service } from './service.ts';

const folder = '/slo';

/**
 * Pure: what Sloth makes of the level's objectives, on stdout: `docker compose run --rm sloth`. Prometheus loads what `pnpm slo generate`
 * has made of the same words, with two steps more; Sloth's own is here to compare with.
 */
export function slothService(level: Level): Service {
  const mount = (path: string) => ({
    type: 'bind',
    source: `../../slo/${path}`,
    target: `${folder}/${path}`,
    read_only: true,
  });
  return {
    name: 'sloth',
    published: false,
    configs: [],
    volumes: [],
    definition: {
      image: componentByName('sloth').image,
      ...common,
      profiles: ['slo'],
      read_only: true,
      cap_drop: ['ALL'],
      entrypoint: ['/usr/local/bin/sloth'],
      command: slothWords({
        spec: `${folder}/specs/level-${level.number}.yaml`,
        windows: `${folder}/windows/drill`,
        period: '12h',
      }),
      network_mode: 'none',
      mem_limit: '256m',
      volumes: [mount(`specs/level-${level.number}.yaml`), mount('windows/drill')],
    },
  };
}
