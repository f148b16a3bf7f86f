import { expect, it } from 'vitest';
import { normal, plansOf } from './statement-figures.ts';

it('reads what was scanned from a log of auto_explain', () => {
  const explained = {
    'Query Text': 'SELECT *\n FROM a WHERE b = $1',
    Plan: {
      'Node Type': 'Limit',
      Plans: [
        {
          'Node Type': 'Sort',
          Plans: [
            {
              'Node Type': 'Bitmap Heap Scan',
              'Relation Name': 'a',
              Plans: [{ 'Node Type': 'Bitmap Index Scan', 'Index Name': 'a_b' }],
            },
          ],
        },
      ],
    },
  };
  const log = [
    JSON.stringify({ message: 'checkpoint starting' }),
    JSON.stringify({ message: `duration: 1.5 ms  plan:\n${JSON.stringify(explained)}` }),
  ].join('\n');
  expect(plansOf(log).get(normal('SELECT * FROM a WHERE b = $7'))).toEqual([
    'Sort',
    'Bitmap Heap Scan a',
    'Bitmap Index Scan a_b',
  ]);
});
