import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Counts what ran and says why a test was skipped; ends with `N passed, N failed, N skipped` alone on a line. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests: TestCase[] = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    for (const test of tests) {
      const result = test.result();
      if (result.state === 'skipped') {
        process.stdout.write(
          `skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${result.note ?? 'no reason given'}\n`,
        );
      }
    }
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    process.stdout.write(
      `${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped\n`,
    );
  }
}
