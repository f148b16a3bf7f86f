import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { DebSource } from './component.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

/** Private lists and archives: apt’s own belong to root. */
function aptOptions(folder: string): readonly string[] {
  return [
    '-o',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    '-o',
    `Dir::Cache=${join(folder, 'archives')}`,
    '-q',
  ];
}

/** The folders in an unpacked tree that hold shared libraries, relative to it. */
async function libraryFolders(files: string): Promise<readonly string[]> {
  const entries = await readdir(files, { recursive: true, withFileTypes: true });
  const libraries = entries.filter((entry) => /\.so(\.|$)/.test(entry.name));
  return [...new Set(libraries.map((entry) => relative(files, entry.parentPath)))].sort();
}

/** A script that gives a program its libraries from wherever the tree lies, and `exec`s, so that the pid is the program’s. */
function wrapper(file: string, libraries: readonly string[]): string {
  const path = libraries.map((folder) => `$files/${folder}`).join(':');
  return `#!/bin/sh
files=$(dirname "$(dirname "$(readlink -f "$0")")")/files
LD_LIBRARY_PATH="${path}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$files/${file}" "$@"
`;
}

/** Downloads Debian archives as any user and unpacks them; a wrapper in `bin/` gives each program its libraries. */
export async function supplyDeb(source: DebSource, job: Job): Promise<void> {
  const apt = aptOptions(job.folder);
  const archives = join(job.folder, 'archives');
  await mkdir(join(job.folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(archives, 'archives', 'partial'), { recursive: true });
  job.say('reading Debian’s package lists');
  const update = await runForJob(job, 'apt-get', [...apt, 'update']);
  if (!update.ok) throw unavailable(job.component, 'apt-get update failed', update);
  job.say('downloading Debian archives');
  const download = await runForJob(job, 'apt-get', [...apt, 'download', ...source.packages], {
    cwd: archives,
  });
  if (!download.ok) throw unavailable(job.component, 'apt-get download failed', download);
  for (const name of (await readdir(archives)).filter((file) => file.endsWith('.deb'))) {
    const unpack = await runForJob(job, 'dpkg', ['-x', join(archives, name), join(job.out, 'files')]);
    if (!unpack.ok) throw unavailable(job.component, `dpkg -x ${name} failed`, unpack);
  }
  await mkdir(join(job.out, 'bin'), { recursive: true });
  const libraries = await libraryFolders(join(job.out, 'files'));
  for (const [executable, file] of Object.entries(source.files)) {
    await writeFile(join(job.out, 'bin', executable), wrapper(file, libraries));
    await chmod(join(job.out, 'bin', executable), 0o755);
  }
}
