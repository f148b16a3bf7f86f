import { basename } from 'node:path';

/** Where Sloth is had: a program on this machine, or its image. */
export type SlothOrigin =
  | { readonly kind: 'native'; readonly path: string }
  | { readonly kind: 'docker'; readonly image: string; readonly user: string };

export interface SlothInput {
  /** Holds all that Sloth reads and writes: the container sees nothing else. */
  readonly folder: string;
  readonly period: string;
}

/** The files of {@link SlothInput.folder}. */
export const slothFiles = { spec: 'spec.yaml', windows: 'windows', output: 'rules.yaml' } as const;

/**
 * By default Sloth takes the period's ratio as the mean of short ratios: unweighted, so a quiet hour counts like a busy
 * one, and one idle moment (0/0) makes all of it NaN. Switched off, it is errors ÷ events over the period.
 */
const exactPeriodPlugin = JSON.stringify({
  id: 'sloth.dev/core/sli_rules/v1',
  priority: 50,
  config: { disableOptimized: true },
});

interface SlothWords {
  readonly spec: string;
  readonly windows: string;
  readonly period: string;
  /** Default: stdout. */
  readonly output?: string;
}

/** Pure: what Sloth is told. */
export const slothWords = ({ spec, windows, period, output }: SlothWords): readonly string[] => [
  ...['generate', '--no-color'],
  ...['-i', spec],
  ...(output === undefined ? [] : ['-o', output]),
  ...['--slo-period-windows-path', windows],
  ...['--default-slo-period', period],
  ...['-s', exactPeriodPlugin],
];

/** Pure: the words that make the rules, the same whether Sloth is a program or a container. */
export function slothCommand(
  origin: SlothOrigin,
  { folder, period }: SlothInput,
): readonly [string, ...string[]] {
  const at = origin.kind === 'native' ? folder : `/${basename(folder)}`;
  const words = slothWords({
    spec: `${at}/${slothFiles.spec}`,
    output: `${at}/${slothFiles.output}`,
    windows: `${at}/${slothFiles.windows}`,
    period,
  });
  if (origin.kind === 'native') return [origin.path, ...words];
  const container = ['--rm', '--network', 'none', '--user', origin.user, '--volume', `${folder}:${at}`];
  return ['docker', 'run', ...container, origin.image, ...words];
}
