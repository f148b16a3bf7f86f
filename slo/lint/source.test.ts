import { describe, expect, it } from 'vitest';
import { yamlSource } from './source.ts';

const text = `version: 1
slos:
  - name: checkout
    objective: 99
    alerting: { labels: { level: "1" } }
  - objective: 98
`;
const at = (...path: (string | number)[]) => {
  const { line, column, field } = yamlSource(text, 'f').finding('r', { path, problem: 'p', fix: 'x' });
  return [line, column, field];
};

describe('a field stands', () => {
  it.each([
    ['a scalar at its value', ['slos', 0, 'objective'], [4, 16, 'slos.checkout.objective']],
    ['a map at its key', ['slos', 0, 'alerting'], [5, 5, 'slos.checkout.alerting']],
    ['an item without a name by its number', ['slos', 1, 'objective'], [6, 16, 'slos.1.objective']],
    [
      'what is missing at what should hold it',
      ['slos', 0, 'alerting', 'labels', 'service'],
      [5, 17, 'slos.checkout.alerting.labels.service'],
    ],
    ['the document at its beginning', [], [1, 1, 'document']],
  ] as const)('%s', (_name, path, place) => {
    expect(at(...path)).toEqual(place);
  });
});

it.each([
  ['a: [', 1],
  ['a: 1\na: 2\n', 2],
  ['a: 1\n---\nb: 2\n', 2],
  ['a: *nowhere\n', 1],
])('says in one line what is no YAML: %j', (broken, line) => {
  const { data, broken: findings } = yamlSource(broken, 'f');
  expect(data).toBeUndefined();
  expect(findings[0]).toMatchObject({ rule: 'yaml', file: 'f', line });
  expect(findings[0]!.problem).not.toContain('\n');
});

it('survives a billion laughs', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
${'bcdefghi'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
  .join('\n')}
`;
  expect(yamlSource(bomb, 'f').broken).toMatchObject([{ rule: 'yaml' }]);
});
