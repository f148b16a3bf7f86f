import { join } from 'node:path';

/** Where a guardian keeps its things, below the lab's home. The socket's name is short: a unix socket's path has 108 bytes. */
export const guardianPaths = (home: string) =>
  ({
    folder: join(home, 'guardian'),
    socket: join(home, 'guardian', 'sock'),
    intents: join(home, 'guardian', 'intents.jsonl'),
    owner: join(home, 'guardian', 'owner.json'),
  }) as const;
