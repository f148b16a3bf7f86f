import type { Action, Undo } from '@firedrill/lab/control';
import type { Level } from '@firedrill/topology';
import type { z } from 'zod';
import type { PlannedFault, WitnessReading } from '../journal/event.ts';
import type { GaugeName } from '../witness/gauges.ts';
import type { Judgement } from '../witness/judgement.ts';

/** A way along an edge: `there` from its source to the accepting node, `back` from there to the source. */
export type Way = 'there' | 'back';

/** Names of edges and nodes that a fault is put on. */
export interface FaultTarget {
  readonly edges: readonly string[];
  readonly nodes: readonly string[];
  /** Edge → the only way that is meant; both ways of every edge when absent. */
  readonly ways?: Readonly<Record<string, Way>>;
  /** The edges are all that cross between two sides, used or not. */
  readonly partition?: true;
}

/** An effect never travels without what undoes it. */
export interface Effect {
  /** After the fault's start, where it comes later than that, ms. */
  readonly atMs?: number;
  readonly action: Action;
  readonly undo: Undo;
}

/** The step of a plan that a fault is compiled for. */
export interface FaultStep {
  /** Unique in the plan; in the name of whatever it leaves on a shared part. */
  readonly id: string;
  /** The run's. */
  readonly seed: number;
  /** How long the fault stays in. */
  readonly durationMs: number;
}

/** A fault as data: what to do, how to take it back, what the witness must see. */
export interface CompiledFault {
  readonly effects: readonly Effect[];
  /** One line with parameters and units: `latency 200 ms ± 20 ms, both ways`. */
  readonly label: string;
  readonly expect: PlannedFault['expect'];
  /** Edges that it reaches beside those it is put on; none by default. */
  readonly reach?: readonly string[];
}

/** One thing that breaks. Pure: nothing here touches a lab. */
export interface Fault<P = unknown> {
  /** The file's name. */
  readonly name: string;
  /** One line for `pnpm chaos list`. */
  readonly summary: string;
  /** Plot colour, `#rrggbb`. */
  readonly colour: string;
  /** Parameters; each field's description carries its unit. */
  readonly params: z.ZodType<P>;
  /** @throws {FiredrillError} `fault-refused` when the topology has no such edge or node. */
  compile(params: P, topology: Level, target: FaultTarget, step: FaultStep): CompiledFault;
  /** What the witness reads on its nodes beside round trips. */
  readonly gauge?: GaugeName;
  /** The witness asks the other end of its edges to hang up, too. */
  readonly asksToHangUp?: true;
  /** Did it bite? From the readings of this fault alone. */
  judge(expect: PlannedFault['expect'], readings: readonly WitnessReading[]): Judgement;
}
