import { formatDuration } from '@firedrill/slo';
import type { Plan } from '../../journal/event.ts';
import { blocks } from '../markdown.ts';
import type { Section } from './section.ts';

/** The commands that do this again. */
export const reproduce: Section = ({ run }) => {
  const { level, seed, clock } = run.plan;
  const options = [...what(run.plan), `--level ${level}`, `--seed ${seed}`, `--clock ${clock}`];
  const [commit, dirty] = run.commit?.split('-') ?? [];
  const at =
    commit === undefined
      ? []
      : [`git checkout ${commit}${dirty === undefined ? '' : ' # and what was not committed then'}`];
  return blocks(
    '## Do it again',
    ['```sh', ...at, `npx --yes pnpm@12.21.0 chaos ${options.join(' ')}`, '```'].join('\n'),
    `The seed makes the same requests at the same moments. \`npx --yes pnpm@12.21.0 report ${run.id}\` makes this report again from the run's folder.`,
  );
};

/** The word that chooses what is run, and the flags that belong to it. */
function what({ experiment, variant, faults, loadMs }: Plan): readonly string[] {
  if (faults.length === 0) {
    const traffic = variant === undefined ? [] : [`--traffic ${variant}`];
    return [experiment, `--for ${formatDuration(loadMs / 1000)}`, ...traffic];
  }
  return [experiment, ...(variant === undefined ? [] : [`--variant ${variant}`])];
}
