import { describe, expect, it } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { edgeReading, isRestored, requireEdge, wantedProxies } from './edges.ts';
import { proxyNameOf } from './toxiproxy.ts';

const state = plainState();
const edge = 'api-1:pg-1';
const good = Object.fromEntries(
  wantedProxies(state).map(({ name, ...rest }) => [name, { ...rest, toxics: [] }]),
);
const toxic = {
  name: 't',
  type: 'latency',
  stream: 'upstream',
  toxicity: 1,
  attributes: { latency: 1 },
} as const;
const proxy = good[edge];
if (proxy === undefined) throw new Error('the plain state lost its edge');

describe('an edge', () => {
  it('is restored only when it is whole', () => {
    expect(isRestored(state, edge, good)).toBe(true);
    expect(isRestored(state, edge, {})).toBe(false);
    expect(isRestored(state, edge, { [edge]: { ...proxy, enabled: false } })).toBe(false);
    expect(isRestored(state, edge, { [edge]: { ...proxy, toxics: [toxic] } })).toBe(false);
    expect(isRestored(state, edge, { [edge]: { ...proxy, upstream: '127.0.0.1:1' } })).toBe(false);
  });

  it('reads as missing when Toxiproxy does not know it or does not answer', () => {
    expect(edgeReading(edge, {}).state).toBe('missing');
    expect(edgeReading(edge, undefined).state).toBe('missing');
    expect(edgeReading(edge, { [edge]: { ...proxy, enabled: false, toxics: [toxic] } })).toEqual({
      edge,
      state: 'disabled',
      toxics: [toxic],
    });
  });

  it('that is not there is refused with those that are', () => {
    expect(() => requireEdge(state, 'a:b')).toThrow(expect.objectContaining({ code: 'fault-refused' }));
  });

  it('has a name that is one segment of a path', () => {
    expect(proxyNameOf('api-1:pg-1/sql')).toBe('api-1:pg-1_sql');
  });
});
