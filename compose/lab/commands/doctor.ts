import { doctor, doctorTable } from '@firedrill/provision';
import { componentsWanted } from './components-wanted.ts';

export async function doctorCommand(options: {
  readonly level: number;
  readonly json?: true;
}): Promise<void> {
  const entries = await doctor(componentsWanted(options.level));
  process.stdout.write(`${options.json ? JSON.stringify(entries, null, 2) : doctorTable(entries)}\n`);
}
