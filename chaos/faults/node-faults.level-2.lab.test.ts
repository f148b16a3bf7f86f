import type { Fault } from './fault.ts';
import { hog } from './hog.ts';
import { testNodeFault } from './testing/node-fault.ts';

testNodeFault({
  fault: hog as Fault,
  params: { connections: 12 },
  target: { edges: ['api-1:pgbouncer-1'], nodes: [] },
  level: 2,
});
