import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a guardian keeps its things, below the lab's home. The socket's name is short: a unix socket's path has 108 bytes. */
export const guardianPaths = (home: string) =>
  ({
    folder: join(home, 'guardian'),
    socket: join(home, 'guardian', 'sock'),
    intents: join(home, 'guardian', 'intents.jsonl'),
    owner: join(home, 'guardian', 'owner.json'),
  }) as const;

const identitySchema = z.object({ pid: z.number(), startTime: z.string() });

const ownerSchema = z.object({
  run: z.string(),
  /** Does the lab go with the run? */
  ownsLab: z.boolean(),
  /** A drill's: what is broken, and how, is told to nobody until its end. */
  sealed: z.boolean().default(false),
  /** The boot in which the two identities mean something. */
  bootId: z.string(),
  runner: identitySchema,
  guardian: identitySchema,
});

/** `<home>/guardian/owner.json`: whose lab this is, for whoever comes after runner and guardian are dead. */
export type Owner = Readonly<z.infer<typeof ownerSchema>>;

/** `undefined` when there is none, or it is torn. */
export function readOwner(home: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(readFileSync(guardianPaths(home).owner, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
