import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { windowedQueries } from './windowed-queries.ts';

it('finds a query whose window is fixed', () => {
  expect(specFlaws(windowedQueries)).toEqual([]);
  expect(specFlaws(windowedQueries, ['[{{.window}}]', '[5m]'])).toEqual([
    'slos.0.sli.events.error_query: has no [{{.window}}]: let Sloth fill in the window',
  ]);
});
