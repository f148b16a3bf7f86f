import { levels } from '@firedrill/topology';
import { labDown } from '../lab-down.ts';
import { testScope } from './shared-lab.ts';

/** Before the lab project's tests: what a killed test run left is removed. After them: the shared lab. */
export default async function setup(): Promise<() => Promise<void>> {
  process.env.FIREDRILL_LAB_SCOPE = testScope;
  await downAll();
  return downAll;
}

async function downAll(): Promise<void> {
  for (const level of levels) await labDown({ level: level.number });
}
