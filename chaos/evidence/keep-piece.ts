import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabState } from '@firedrill/lab';
import type { Piece } from './piece.ts';

/** Writes a piece into the run's evidence, whole or not at all, without any secret of the lab. */
export async function keepPiece(runDir: string, lab: LabState, piece: Piece): Promise<void> {
  const folder = join(runDir, 'evidence');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${piece.piece}.json`);
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${withoutSecrets(JSON.stringify(piece, undefined, 1), lab)}\n`);
  await rename(temporary, path);
}

function withoutSecrets(text: string, { secrets }: LabState): string {
  return Object.values(secrets).reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
