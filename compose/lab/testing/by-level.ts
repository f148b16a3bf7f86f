import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What needs no lab, or one of its own: beside a shared one that idles, on two cores, it would be slower. */
const withoutSharedLab =
  /\/(target-app|slo|alerts|compose\/provision|compose\/lab\/up|chaos\/checks|chaos\/engine|chaos\/suite|bin)\//;

/** Pure: the level of the shared lab that a test file uses, by its name: `…level-2….lab.test.ts`, else 1; 0 when none. */
export const levelOfFile = (path: string): number =>
  withoutSharedLab.test(path) ? 0 : Number(/level-(\d)/.exec(path)?.[1] ?? 1);

/** Level after level, else in Vitest's order: the shared lab is then started once for each level, and late. */
export class ByLevel extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => levelOfFile(one.moduleId) - levelOfFile(other.moduleId));
  }
}
