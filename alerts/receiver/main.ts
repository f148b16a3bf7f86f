import { runMain } from '@firedrill/errors';
import { runReceiver } from './run-receiver.ts';

await runMain(() => runReceiver(process.env));
