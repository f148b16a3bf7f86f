import { expect, it } from 'vitest';
import { profileSummary } from './profile-summary.ts';

it('adds up the busy time by part', () => {
  const node = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url } });
  const summary = profileSummary({
    nodes: [
      node(1, '(idle)', ''),
      node(2, '(program)', ''),
      node(3, 'query', 'file:///x/node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js'),
      node(4, 'emit', 'node:events'),
      node(5, 'reserve', 'file:///x/target-app/src/order/reserve.ts'),
      node(6, 'start', 'file:///x/node_modules/@opentelemetry/api/build/index.js'),
    ],
    samples: [1, 2, 3, 3, 4, 5, 6],
    timeDeltas: [1000, 30, 20, 20, 10, 10, 10],
  });
  expect(summary).toEqual({
    pg: 0.4,
    'system calls and native code': 0.3,
    'node:events': 0.1,
    'the shop': 0.1,
    '@opentelemetry/api': 0.1,
  });
});
