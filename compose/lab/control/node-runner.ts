import type { Carrier } from './control.ts';
import type { ProcessReport } from './process-compose.ts';

/** Who runs the nodes of a lab: process-compose, or an engine of Docker. What happens to a whole node is asked of it. */
export interface NodeRunner {
  /** Whether it lives and is not held: without it no node comes back. */
  isThere(): Promise<boolean>;
  answers(): Promise<boolean>;
  /** Makes it answer again where it does not. @throws {FiredrillError} `heal-failed` */
  revive(): Promise<void>;
  process(name: string): Promise<ProcessReport>;
  /** Starts a node that has ended; whether it becomes ready is another question. */
  start(name: string): Promise<void>;
  /** SIGKILL to every process of a node. @returns whether they are gone. */
  kill(name: string): Promise<boolean>;
  /** Lets no process of a node run. @throws {FiredrillError} `control-failed` */
  hold(name: string): Promise<void>;
  /** Lets them run again; idempotent. @throws {FiredrillError} `heal-failed` */
  letRun(names: readonly string[]): Promise<void>;
  /** The nodes that it holds in a way that the process table does not show. */
  held(): Promise<readonly string[]>;
  /** Brings the last that a node wrote to where the lab's logs are, if it is not there anyway. */
  bringLog(name: string): Promise<void>;
  /** Those without whom no edge stands and no node comes back, as far as they live. */
  carriers(): readonly Carrier[];
  /** Ends all of the lab and removes its folder; idempotent. @throws {FiredrillError} `heal-failed` */
  stopLab(): Promise<void>;
}
