import { setTimeout as sleep } from 'node:timers/promises';
import { type LabState, releaseOn } from '@firedrill/lab';
import {
  createControl,
  isAlive,
  type ProcessIdentity,
  processEntry,
  processesOfNode,
  processFinder,
  readDisk,
  readNodeLog,
  type Setting,
} from '@firedrill/lab/control';
import { releases } from '@firedrill/lab/levers';

/**
 * Reads figures of a node until it is told to stop, or without a signal for a moment; never rejects, and gives none when
 * there was nothing to read.
 */
export type Gauge = (node: string, signal?: AbortSignal) => Promise<Readonly<Record<string, number>>>;

export type GaugeName = 'disk' | 'failure' | 'expiry' | 'release' | 'held' | 'lives';

const settingEveryMs = 400;
const lifeLookEveryMs = 100;
const lookEveryMs = 1000;
/** Without a signal. */
const momentMs = 500;
/** No divisor of a usual period, or the samples would fall on the same part of each. */
const sampleEveryMs = 37;

/** Reads again and again while a fault is in, and keeps the latest: what was read after the end may be of the heal already. */
const latestOf =
  (read: (node: string) => Promise<Readonly<Record<string, number>>>): Gauge =>
  async (node, signal) => {
    let latest: Readonly<Record<string, number>> = {};
    do {
      const figures = await read(node).catch(() => undefined);
      if (figures !== undefined && signal?.aborted !== true) latest = figures;
      if (signal === undefined) return latest;
      await sleep(settingEveryMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted);
    return latest;
  };

/** What a node itself says of a setting. Reading only: what changes the lab is the guardian's. */
const setting = (lab: LabState, name: Setting, fields: readonly string[]): Gauge =>
  latestOf(async (node) => {
    const read = await createControl(lab).readSetting(node, name);
    return Object.fromEntries(fields.map((field) => [field, read[field] ?? 0]));
  });

/** Which of the releases an API says that it runs, by its place in the list. */
const release = (lab: LabState): Gauge =>
  latestOf(async (node) => {
    const runs = await releaseOn(lab, node);
    return runs === undefined ? {} : { release: releases.findIndex(({ name }) => name === runs) };
  });

/** The share of samples that found a process of the node held by SIGSTOP. */
const held =
  (lab: LabState): Gauge =>
  async (node, signal = AbortSignal.timeout(momentMs)) => {
    let samples = 0;
    let stopped = 0;
    let lookedAt = Number.NEGATIVE_INFINITY;
    let pids: readonly number[] = [];
    do {
      if (performance.now() - lookedAt > lookEveryMs) {
        pids = processesOfNode(lab, node).map(({ pid }) => pid);
        lookedAt = performance.now();
      }
      samples += 1;
      if (pids.some((pid) => processEntry(pid)?.stopped)) stopped += 1;
      await sleep(sampleEveryMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted);
    return { heldShare: stopped / samples };
  };

/**
 * How many lives of a node were seen one after the other, and the share of samples in which it had one. A life begins with the
 * node's oldest process.
 */
const lives =
  (lab: LabState): Gauge =>
  async (node, signal = AbortSignal.timeout(momentMs)) => {
    const find = processFinder(lab, node);
    const seen = new Set<string>();
    let samples = 0;
    let up = 0;
    let now: ProcessIdentity | undefined;
    let lookedAt = Number.NEGATIVE_INFINITY;
    do {
      if ((now === undefined || !isAlive(now)) && performance.now() - lookedAt > lifeLookEveryMs) {
        now = find();
        lookedAt = performance.now();
      }
      samples += 1;
      if (now !== undefined && isAlive(now)) {
        up += 1;
        seen.add(`${now.pid} ${now.startTime}`);
      }
      await sleep(sampleEveryMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted);
    return { lives: seen.size, upShare: up / samples };
  };

/** What is free on a node's own disk, and how often the node has meanwhile written to its log that it had no room. */
const disk =
  (lab: LabState): Gauge =>
  async (node, signal = AbortSignal.timeout(momentMs)) => {
    const refusals = () => (readNodeLog(lab, node).match(/No space left on device/g) ?? []).length;
    const before = refusals();
    let least: number | undefined;
    do {
      const freeBytes = readDisk(lab, node)?.freeBytes;
      if (freeBytes !== undefined && !signal.aborted) least = Math.min(least ?? freeBytes, freeBytes);
      await sleep(settingEveryMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted);
    return least === undefined ? {} : { freeBytes: least, refused: refusals() - before };
  };

/** The gauges of one lab, by name. */
export const gaugesOf = (lab: LabState): Readonly<Record<GaugeName, Gauge>> => ({
  disk: disk(lab),
  lives: lives(lab),
  /** The share that is meant, captures asked for and turned away. */
  failure: setting(lab, 'failure', ['ratio', 'asked', 'failed']),
  expiry: setting(lab, 'expiry', ['expired', 'refused']),
  release: release(lab),
  held: held(lab),
});
