import type { FeedStore } from '@firedrill/topology';
import type { LabState } from '../state.ts';
import { topologyOf } from '../topology-of.ts';
import { planPorts, portCount } from '../up/plan-ports.ts';
import { loopbackHosts } from '../wiring/hosts.ts';
import type { WiringContext } from '../wiring/wiring.ts';

/** The state of a lab that never ran: the same on every machine, for tests of what is pure. */
export function plainState(level = 1, feed?: FeedStore): LabState {
  const topology = topologyOf({ level, feed });
  const { nodes, edges, toxiproxyPort } = planPorts(
    topology,
    Array.from({ length: portCount(topology) }, (_, index) => 20_000 + index),
  );
  return {
    labId: '00000000-l1',
    level,
    runtime: 'native',
    clock: 'drill',
    ...(feed === undefined ? {} : { feed }),
    home: '/lab',
    checkout: '/checkout',
    scope: '',
    startedAt: '2026-01-01T00:00:00.000Z',
    bootId: 'boot',
    nodes,
    edges,
    primary: 'pg-1',
    promotions: [],
    toxiproxyPort,
    probes: {},
    processComposeSocket: '/lab/pc.sock',
    secrets: {
      postgresPassword: 'pg-secret',
      exporterPassword: 'exporter-secret',
      receiverToken: 'receiver-secret',
      paymentToken: 'payment-secret',
      adminToken: 'admin-secret',
      patroniPassword: 'patroni-secret',
    },
  };
}

export function plainContext(level = 1, feed?: FeedStore): WiringContext {
  return {
    level: topologyOf({ level, feed }),
    state: plainState(level, feed),
    hosts: loopbackHosts,
    binary: (component, executable) => `/components/${component}/${executable}`,
    nodeJs: '/node',
    notAsRoot: [],
    mountPoint: '/',
    now: Date.UTC(2026, 0, 1),
  };
}
