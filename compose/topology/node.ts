/** What a node runs. The lab has one wiring per kind (`compose/lab/wiring/<kind>.ts`). */
export type NodeKind =
  | 'postgres'
  | 'patroni'
  | 'etcd'
  | 'database-router'
  | 'pgbouncer'
  | 'haproxy'
  | 'shop-api'
  | 'payment-provider'
  | 'document-store'
  | 'load-client'
  | 'prometheus'
  | 'alertmanager'
  | 'receiver'
  | 'loki'
  | 'collector'
  | 'jaeger'
  | 'blackbox'
  | 'postgres-exporter'
  | 'pgbouncer-exporter'
  | 'node-exporter';

/** One process (native) or container (docker) of a level. */
export interface Node {
  /** Unique in its level: `api-1`, `pg-1`. */
  readonly name: string;
  readonly kind: NodeKind;
  /** Named listeners, each on a port of its own, e.g. `['http']` or `['otlp-grpc', 'otlp-http']`. */
  readonly ports: readonly string[];
  /** `user`: part of the shop. `monitoring`: watches it. `observer`: stands for the users and the judges, never broken. */
  readonly role: 'user' | 'monitoring' | 'observer';
  /** A PostgreSQL that starts as the standby of this node. */
  readonly follows?: string;
}
