import { spawnSync } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import { diskHolderFile } from '../wiring/own-disk.ts';

const withinMs = 3000;
const secondLookMs = 150;

/** A node's data as this process reaches it: behind the process that holds its disk, where it has one of its own. */
export function dataFolderOf(state: Pick<LabState, 'home' | 'disks'>, node: string): string {
  const folder = join(state.home, node, 'data');
  return state.disks?.[node] === undefined ? folder : join('/proc', holderOf(state, node), 'root', folder);
}

const holderOf = ({ home }: Pick<LabState, 'home'>, node: string): string =>
  readFileSync(join(home, node, diskHolderFile), 'utf8').trim();

export interface DiskReading {
  readonly bytes: number;
  readonly freeBytes: number;
}

/** `undefined` when the node has no disk of its own, or it is gone. */
export function readDisk(state: LabState, node: string): DiskReading | undefined {
  if (state.disks?.[node] === undefined) return undefined;
  try {
    const { bsize, blocks, bavail } = statfsSync(dataFolderOf(state, node));
    return { bytes: bsize * blocks, freeBytes: bsize * bavail };
  } catch {
    return undefined;
  }
}

/** Whether a node's own disk is smaller than the lab gave it. */
export function isSqueezed(state: LabState, node: string): boolean {
  const wanted = state.disks?.[node];
  return wanted !== undefined && (readDisk(state, node)?.bytes ?? 0) < wanted.bytes;
}

/** Leaves so much room on the node's own disk, by making it smaller. @throws {FiredrillError} `fault-refused`, `control-failed` */
export async function fillDisk(state: LabState, node: string, leaveBytes: number): Promise<void> {
  if (state.disks?.[node] === undefined) {
    throw new FiredrillError('fault-refused', `${node} has no disk of its own in this lab`, {
      fix: 'run `pnpm lab down`: a run that needs one starts its lab with it',
    });
  }
  const until = performance.now() + withinMs;
  let said = '';
  while (performance.now() < until) {
    const { bytes, freeBytes } = requireDisk(state, node);
    if (freeBytes <= leaveBytes) return;
    // The node writes meanwhile: what it took in between is more than the disk may then hold.
    said = resize(state, node, bytes - freeBytes + leaveBytes);
  }
  throw new FiredrillError('control-failed', `the disk of ${node} does not get smaller: ${said}`);
}

/** Gives a disk its size again and reads it back twice; idempotent. @throws {FiredrillError} `heal-failed` */
export async function freeDisk(state: LabState, node: string): Promise<void> {
  const wanted = state.disks?.[node];
  if (wanted === undefined) return;
  const until = performance.now() + withinMs;
  let said = '';
  for (let whole = 0; whole < 2; ) {
    const squeezed = isSqueezed(state, node);
    if (squeezed) said = resize(state, node, wanted.bytes);
    whole = squeezed ? 0 : whole + 1;
    if (whole === 1) await pause(secondLookMs);
    if (squeezed && performance.now() > until) {
      throw new FiredrillError('heal-failed', `the disk of ${node} does not get its size again: ${said}`, {
        fix: 'run `pnpm lab down`',
      });
    }
  }
}

function requireDisk(state: LabState, node: string): DiskReading {
  const reading = readDisk(state, node);
  if (reading !== undefined) return reading;
  throw new FiredrillError('control-failed', `the disk of ${node} is gone`);
}

/** @returns what the command said when it failed. */
function resize(state: LabState, node: string, bytes: number): string {
  const enter = ['--user', '--mount', '--preserve-credentials', '--target', holderOf(state, node)];
  // With the source named, mount(8) does not repeat the options that the mount has: their user ids are this side's.
  const remount = ['mount', '-o', `remount,size=${bytes}`, 'disk', join(state.home, node, 'data')];
  const { error, stderr } = spawnSync('nsenter', [...enter, ...remount], { encoding: 'utf8' });
  return error?.message ?? stderr.trim().split('\n')[0] ?? '';
}
