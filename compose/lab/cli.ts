import { runMain } from '@firedrill/errors';
import { runLabCommand } from './command-line.ts';

await runMain(() => runLabCommand(process.argv.slice(2)));
