import { doctor, doctorTable } from '@firedrill/provision';
import { levelByNumber } from '@firedrill/topology';
import { componentsOf } from '../wiring/wire-level.ts';

export async function doctorCommand(options: {
  readonly level: number;
  readonly json?: true;
}): Promise<void> {
  const entries = await doctor(componentsOf(levelByNumber(options.level)));
  process.stdout.write(`${options.json ? JSON.stringify(entries, null, 2) : doctorTable(entries)}\n`);
}
