import { requireLab } from '../find-lab.ts';
import { labLogs } from '../lab-logs.ts';

export async function logsCommand(
  node: string,
  options: { readonly level: number; readonly follow?: true },
): Promise<void> {
  const state = await requireLab(options.level);
  await labLogs(state, node, {
    follow: options.follow === true,
    write: (text) => process.stdout.write(text),
  });
}
