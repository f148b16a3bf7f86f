import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { FiredrillError } from '@firedrill/errors';
import { listTree, type Manifest, manifestName } from './bundle-manifest.ts';
import { componentFolder } from './cache-layout.ts';
import type { Component } from './component.ts';
import { components } from './components.ts';
import { exists } from './exists.ts';
import { hashingStream } from './hashing-stream.ts';
import { openPlace, type Place, type PlaceOptions } from './place.ts';
import { recipeKey } from './recipe.ts';
import { stage } from './staging.ts';

export interface PackedCache {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly components: readonly string[];
  /** In the table, but not in this cache: on PATH, of a higher level, or never asked for. */
  readonly absent: readonly string[];
}

export interface PackOptions extends PlaceOptions {
  /** Default: the whole table but Go, which only builds. */
  readonly components?: readonly Component[];
}

/** Writes what the cache holds as one `.tar.zst` file, and its hash beside it as `sha256sum` does. */
export async function packCache(outFile: string, options: PackOptions = {}): Promise<PackedCache> {
  const place = await openPlace(options);
  const table = options.components ?? components.filter(({ name }) => name !== 'go');
  const held = await Promise.all(table.map((component) => describe(component, place)));
  const present = held.filter((one) => one !== undefined);
  if (present.length === 0) {
    throw new FiredrillError('component-unavailable', `there is nothing to pack in ${place.root}`, {
      fix: 'run `pnpm lab up` first',
    });
  }
  const manifest: Manifest = { format: 1, platform: place.platform.tag, components: present };
  const file = resolve(outFile);
  const sha256 = await write(manifest, place.root, file);
  const { size } = await stat(file);
  const names = present.map(({ name }) => name);
  return {
    file,
    sha256,
    bytes: size,
    components: names,
    absent: table.map(({ name }) => name).filter((name) => !names.includes(name)),
  };
}

async function describe(
  component: Component,
  { root, platform }: Place,
): Promise<Manifest['components'][number] | undefined> {
  const folder = componentFolder(component, recipeKey(component, platform.tag));
  if (!(await exists(join(root, folder)))) return undefined;
  return { name: component.name, folder, files: [...(await listTree(join(root, folder)))] };
}

async function write(manifest: Manifest, root: string, file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  return stage(file, async (folder) => {
    await writeFile(join(folder, manifestName), JSON.stringify(manifest));
    const folders = manifest.components.map((component) => component.folder);
    const { hashing, digest } = hashingStream();
    const unfinished = join(folder, 'cache');
    const args = [
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--mtime=@0',
      '--sort=name',
      '-cf',
      '-',
      '-C',
      folder,
      manifestName,
      '-C',
      root,
      ...folders,
    ];
    const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((done, fail) => tar.on('error', fail).on('close', done));
    const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 6 } });
    const [code] = await Promise.all([
      ended,
      pipeline(tar.stdout, zstd, hashing, createWriteStream(unfinished)),
    ]);
    if (code !== 0)
      throw new FiredrillError('component-unavailable', `tar ended with ${code} while it packed ${root}`);
    const sha256 = digest();
    await writeFile(`${file}.sha256`, `${sha256}  ${basename(file)}\n`);
    await rename(unfinished, file);
    return sha256;
  });
}
