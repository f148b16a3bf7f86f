import { FiredrillError } from '@firedrill/errors';

/** The machine, as far as it decides which builds run on it. */
export interface Platform {
  /** `linux-x64`, `darwin-arm64` …: part of every recipe's key. */
  readonly tag: string;
  /** `full`: components can be downloaded and built. `path`: only those on PATH can be used. */
  readonly native: 'full' | 'path';
}

interface Machine {
  readonly os: string;
  readonly arch: string;
  readonly glibc: boolean;
}

function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { os: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime !== undefined };
}

let detected: Platform | undefined;

/** What this machine can do; one line and exit 69 where the native lab cannot run at all. */
export function detectPlatform(machine?: Machine): Platform {
  if (machine !== undefined) return classify(machine);
  detected ??= classify(thisMachine());
  return detected;
}

function classify({ os, arch, glibc }: Machine): Platform {
  const tag = `${os}-${arch}`;
  if (os === 'darwin') return { tag, native: 'path' };
  if (os === 'linux' && glibc && (arch === 'x64' || arch === 'arm64')) return { tag, native: 'full' };
  const name = os === 'linux' && !glibc ? `${tag} with musl` : tag;
  throw new FiredrillError('platform-unsupported', `the native lab does not run on ${name}`, {
    fix: 'use Linux with glibc on x64 or arm64, or macOS with the components on PATH',
  });
}
