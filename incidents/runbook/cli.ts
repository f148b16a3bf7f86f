import { runMain } from '@firedrill/errors';
import { runRunbookCommand } from './command-line.ts';

await runMain(() => runRunbookCommand(process.argv.slice(2)));
