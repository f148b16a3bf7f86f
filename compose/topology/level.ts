import type { Bypass, Edge } from './edge.ts';
import type { Node } from './node.ts';

export interface Level {
  readonly number: number;
  /** One line: what this level adds. */
  readonly title: string;
  /** The service label of its SLIs and rules, e.g. `shop-l1`. */
  readonly service: string;
  /** The declared load, requests per second. */
  readonly seedRps: number;
  /** The load that is really sent here, requests per second; the factor seedRps / labRps stands beside every number. */
  readonly labRps: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** None by default; a lab test looks for those that are not named here. */
  readonly bypasses?: readonly Bypass[];
  /** Networks that nobody enters or leaves but by a stated crossing. Their nodes are of the shop; who watches is outside. */
  readonly privateNetworks?: readonly PrivateNetwork[];
}

export interface PrivateNetwork {
  readonly name: string;
  readonly nodes: readonly string[];
  /** Names of the edges of the shop that lead out of it. */
  readonly crossings: readonly string[];
}
