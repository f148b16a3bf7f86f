import { requireLab } from '../find-lab.ts';
import { labStatus } from '../status/lab-status.ts';
import { statusTable } from '../status/status-table.ts';

export async function statusCommand(options: {
  readonly level: number;
  readonly json?: true;
}): Promise<void> {
  const status = await labStatus(await requireLab(options.level));
  process.stdout.write(`${options.json ? JSON.stringify(status, null, 2) : statusTable(status)}\n`);
}
