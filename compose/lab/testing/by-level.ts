import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Pure: the level whose lab a test file uses, by its name: `…level-2….lab.test.ts`, else 1. */
export const levelOfFile = (path: string): number => Number(/level-(\d)/.exec(path)?.[1] ?? 1);

/** Level after level, else in Vitest's order: the shared lab is then started once for each level. */
export class ByLevel extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => levelOfFile(one.moduleId) - levelOfFile(other.moduleId));
  }
}
