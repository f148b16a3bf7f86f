import { fail } from './fail.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { kill } from './kill.ts';
import { starve } from './starve.ts';
import { testNodeFault } from './testing/node-fault.ts';

const node = (name: string): FaultTarget => ({ edges: [], nodes: [name] });

testNodeFault({ fault: kill as Fault, params: {}, target: node('payment-1'), level: 1 });
testNodeFault({
  fault: starve as Fault,
  params: { share: 0.2, periodMs: 500 },
  target: node('api-1'),
  level: 1,
});
testNodeFault({ fault: fail as Fault, params: { ratio: 0.5 }, target: node('payment-1'), level: 1 });
