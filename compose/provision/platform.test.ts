import { expect, it } from 'vitest';
import { detectPlatform } from './platform.ts';

it.each([
  [
    { os: 'linux', arch: 'x64', glibc: true },
    { tag: 'linux-x64', native: 'full' },
  ],
  [
    { os: 'linux', arch: 'arm64', glibc: true },
    { tag: 'linux-arm64', native: 'full' },
  ],
  [
    { os: 'darwin', arch: 'arm64', glibc: false },
    { tag: 'darwin-arm64', native: 'path' },
  ],
])('%j', (machine, platform) => expect(detectPlatform(machine)).toEqual(platform));

it.each([
  [{ os: 'linux', arch: 'x64', glibc: false }, 'linux-x64 with musl'],
  [{ os: 'linux', arch: 'riscv64', glibc: true }, 'linux-riscv64'],
  [{ os: 'win32', arch: 'x64', glibc: false }, 'win32-x64'],
])('%j is refused with exit 69', (machine, named) => {
  expect(() => detectPlatform(machine)).toThrow(
    expect.objectContaining({
      code: 'platform-unsupported',
      exitCode: 69,
      message: expect.stringContaining(named),
    }),
  );
});
