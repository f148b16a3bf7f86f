import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';

/** One file of `evidence/`: a question that was asked, and its whole answer. */
export const pieceSchema = z.strictObject({
  /** The file's name without `.json`. */
  piece: z.string(),
  /** What it shows, in words. */
  what: z.string(),
  /** Who was asked: a node's name, or a file of the lab. */
  source: z.string(),
  /** The request's path and query; never a host, a port or a secret. */
  request: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  /** HTTP status, where it was asked by HTTP. */
  status: z.number().int().optional(),
  /** The raw answer: parsed when it was JSON, else text. */
  answer: z.unknown(),
  /** Why there is no answer. */
  problem: z.string().optional(),
});

export type Piece = Readonly<z.infer<typeof pieceSchema>>;

/**
 * The evidence of a run by the name of its piece, in the order of the names; empty when none was collected.
 * @param except a file beside the pieces that is none
 */
export async function readPieces(runDir: string, except?: string): Promise<ReadonlyMap<string, Piece>> {
  const folder = join(runDir, 'evidence');
  const names = await readdir(folder).catch(() => []);
  const pieces = new Map<string, Piece>();
  for (const name of names.filter((file) => file.endsWith('.json') && file !== except).sort()) {
    const where = join('evidence', name);
    const parsed = pieceSchema.safeParse(parseJson(await readFile(join(folder, name), 'utf8'), where));
    if (!parsed.success) {
      throw new FiredrillError('invalid-data', 'a piece of evidence does not have its shape', { where });
    }
    pieces.set(parsed.data.piece, parsed.data);
  }
  return pieces;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FiredrillError('invalid-data', 'a piece of evidence is not JSON', { where, cause });
  }
}
