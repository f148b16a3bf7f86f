import { blocks } from '../markdown.ts';
import type { Section } from './section.ts';

/** The commands that do this again. */
export const reproduce: Section = ({ run }) => {
  const { experiment, variant, level, seed, clock } = run.plan;
  const options = [
    ...(variant === undefined ? [] : [`--variant ${variant}`]),
    `--level ${level}`,
    `--seed ${seed}`,
    `--clock ${clock}`,
  ];
  const [commit, dirty] = run.commit?.split('-') ?? [];
  const at =
    commit === undefined
      ? []
      : [`git checkout ${commit}${dirty === undefined ? '' : ' # and what was not committed then'}`];
  return blocks(
    '## Do it again',
    ['```sh', ...at, `npx --yes pnpm@12.21.0 chaos ${experiment} ${options.join(' ')}`, '```'].join('\n'),
    `The seed makes the same requests at the same moments. \`npx --yes pnpm@12.21.0 report ${run.id}\` makes this report again from the run's folder.`,
  );
};
