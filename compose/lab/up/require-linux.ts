import { FiredrillError } from '@firedrill/errors';

/** @throws {FiredrillError} `platform-unsupported`: a lab's processes are found in /proc and nowhere else. */
export function requireLinux(platform: NodeJS.Platform = process.platform): void {
  if (platform === 'linux') return;
  throw new FiredrillError('platform-unsupported', `the native lab does not run on ${platform}`, {
    fix: 'run it on Linux, in a virtual machine or a container',
  });
}
