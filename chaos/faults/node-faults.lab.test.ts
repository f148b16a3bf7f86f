import { badRelease } from './bad-release.ts';
import { expire } from './expire.ts';
import { fail } from './fail.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { kill } from './kill.ts';
import { pause } from './pause.ts';
import { restartLoop } from './restart-loop.ts';
import { starve } from './starve.ts';
import { testNodeFault } from './testing/node-fault.ts';

const node = (name: string): FaultTarget => ({ edges: [], nodes: [name] });

testNodeFault({ fault: kill as Fault, params: {}, target: node('payment-1'), level: 1 });
testNodeFault({ fault: pause as Fault, params: {}, target: node('payment-1'), level: 1 });
testNodeFault({
  fault: restartLoop as Fault,
  params: { downMs: 500, upMs: 2000, jitterMs: 0 },
  target: node('payment-1'),
  level: 1,
  duringMs: 12_000,
});
testNodeFault({
  fault: starve as Fault,
  params: { share: 0.2, periodMs: 500 },
  target: node('api-1'),
  level: 1,
});
testNodeFault({ fault: fail as Fault, params: { ratio: 0.5 }, target: node('payment-1'), level: 1 });
testNodeFault({ fault: expire as Fault, params: {}, target: node('payment-1'), level: 1 });
testNodeFault({
  fault: badRelease as Fault,
  // One that does no harm: what it would do to round trips is not asked here.
  params: { release: '2026.51' },
  target: node('api-1'),
  level: 1,
});
