import { sharedLab } from '@firedrill/lab/testing';
import { expect, test } from 'vitest';
import { healWithoutGuardian, recoverRuns } from './recover.ts';

test('a heal of a lab that nobody holds leaves nothing that the next command takes for what a dead run left', async () => {
  const { state } = await sharedLab(1);
  expect(await healWithoutGuardian(state.home)).toEqual([]);
  expect(await recoverRuns(state.home)).toBeUndefined();
});
