import { FiredrillError } from '@firedrill/errors';
import { isSealed } from '../control/sealed.ts';
import { dockerLogs } from '../docker-logs.ts';
import { requireLab } from '../find-lab.ts';
import { labLogs } from '../lab-logs.ts';

export async function logsCommand(
  node: string,
  options: { readonly level: number; readonly follow?: true },
): Promise<void> {
  const state = await requireLab(options.level);
  // What is no node tells what is done to the nodes.
  if (isSealed(state.home) && !(node in state.probes)) {
    throw new FiredrillError('lab-busy', `a drill is under way: the log of ${node} is sealed until its end`, {
      fix: `use one of ${Object.keys(state.probes).toSorted().join(', ')}`,
    });
  }
  if (state.docker !== undefined) return dockerLogs(state.docker, node, options.follow === true);
  await labLogs(state, node, {
    follow: options.follow === true,
    write: (text) => process.stdout.write(text),
  });
}
