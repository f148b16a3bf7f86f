import { describe, expect, it } from 'vitest';
import type { ServerReading } from '../replication/read-server.ts';
import type { Pending } from './pending.ts';
import { planPromotion, type Situation } from './plan.ts';
import { describeStep } from './step.ts';

const names = ['pg-1', 'pg-2', 'pg-3'];

const reading = (node: string, role: ServerReading['role']): ServerReading => ({
  node,
  role,
  timeline: 1,
  lsn: '0/3000000',
  position: 50_331_648,
  replayedLsn: '0/3000000',
  replayedPosition: 50_331_648,
  lastReplayedAt: undefined,
  streamsFrom: undefined,
  replayPaused: false,
});

type Role = ServerReading['role'] | 'silent';

const situation = (roles: readonly Role[], changes: Partial<Situation> = {}): Situation => ({
  level: 3,
  target: 'pg-2',
  primary: 'pg-1',
  servers: new Map(
    names.map((node, index) => {
      const role = roles[index] ?? 'silent';
      return [node, role === 'silent' ? undefined : reading(node, role)];
    }),
  ),
  pools: ['pgbouncer-1'],
  hasStandbys: true,
  pending: undefined,
  force: false,
  ...changes,
});

const steps = (given: Situation) => planPromotion(given).steps.map(describeStep);
const pendingTo = (to: string, facts: Partial<Pending> = {}): Pending => ({
  from: 'pg-1',
  to,
  lived: [],
  ...facts,
});

describe('planPromotion', () => {
  it('shuts a living primary down, and brings it back as a standby', () => {
    expect(steps(situation(['primary', 'standby', 'standby']))).toEqual([
      'fence pg-1 (shut down)',
      'pg-2 replays what it has',
      'pg-2 keeps WAL for pg-1, pg-3',
      'promote pg-2',
      'pgbouncer-1 → pg-2',
      'pg-3 follows pg-2',
      'pg-2 is the primary',
      'start pg-1 as a standby',
    ]);
  });

  it('kills a primary that does not answer, and leaves a standby that does not answer to its start', () => {
    expect(steps(situation(['silent', 'standby', 'silent']))).toEqual([
      'fence pg-1 (kill)',
      'pg-2 replays what it has',
      'pg-2 keeps WAL for pg-1, pg-3',
      'promote pg-2',
      'pgbouncer-1 → pg-2',
      'pg-3 follows pg-2',
      'pg-2 is the primary',
      'start pg-1 as a standby',
    ]);
  });

  it('goes on with its own promotion after a crash, though the target is the primary by now', () => {
    const plan = planPromotion(
      situation(['standby', 'primary', 'standby'], { pending: pendingTo('pg-2', { lived: ['pg-1'] }) }),
    );
    expect(plan.from).toBe('pg-1');
    expect(plan.steps.map(describeStep)).toEqual([
      'pg-2 replays what it has',
      'pg-2 keeps WAL for pg-1, pg-3',
      'promote pg-2',
      'pgbouncer-1 → pg-2',
      'pg-1 follows pg-2',
      'pg-3 follows pg-2',
      'pg-2 is the primary',
      'start pg-1 as a standby',
    ]);
  });

  it('takes another target when the first one was lost on the way, and fences that too', () => {
    const plan = planPromotion(
      situation(['silent', 'silent', 'standby'], { target: 'pg-3', pending: pendingTo('pg-2') }),
    );
    expect(plan.from).toBe('pg-1');
    expect(plan.steps.map(describeStep).slice(0, 3)).toEqual([
      'fence pg-1 (kill)',
      'fence pg-2 (kill)',
      'pg-3 replays what it has',
    ]);
  });

  it('never lets two take writes: whoever might is fenced before the target is promoted', () => {
    const roles: readonly Role[] = ['primary', 'standby', 'silent'];
    const pendings = [undefined, ...names.map((name) => pendingTo(name))];
    let planned = 0;
    for (const a of roles) {
      for (const b of roles) {
        for (const c of roles) {
          for (const target of names) {
            for (const primary of names) {
              for (const pending of pendings) {
                const given = situation([a, b, c], { target, primary, pending });
                let plan: ReturnType<typeof planPromotion>;
                try {
                  plan = planPromotion(given);
                } catch {
                  continue;
                }
                planned += 1;
                const kinds = plan.steps.map((step) => step.kind);
                const fenced = plan.steps.flatMap((step) => (step.kind === 'fence' ? [step.node] : []));
                for (const [node, found] of given.servers) {
                  const mayWrite = found?.role === 'primary' || (found === undefined && node === primary);
                  if (node !== target && mayWrite) expect(fenced).toContain(node);
                }
                expect(fenced).not.toContain(target);
                expect(kinds.lastIndexOf('fence')).toBeLessThan(kinds.indexOf('promote'));
                expect(kinds.indexOf('promote')).toBeLessThan(kinds.indexOf('point-pool'));
                expect(plan.steps.filter((step) => step.kind === 'promote')).toEqual([
                  { kind: 'promote', node: target },
                ]);
              }
            }
          }
        }
      }
    }
    expect(planned).toBeGreaterThan(100);
  });

  describe('beside a standby that has more', () => {
    const more = (bytes: number) => ({ ...reading('pg-3', 'standby'), position: 50_331_648 + bytes });
    const servers = (
      pg1: ServerReading | undefined,
      pg2: Partial<ServerReading>,
      pg3: ServerReading,
    ): Situation['servers'] =>
      new Map([
        ['pg-1', pg1],
        ['pg-2', { ...reading('pg-2', 'standby'), ...pg2 }],
        ['pg-3', pg3],
      ]);
    const plan = (given: Situation['servers'], changes: Partial<Situation> = {}) =>
      planPromotion(situation([], { servers: given, ...changes }));

    it('refuses, and names the one to promote', () => {
      const attempt = () => plan(servers(undefined, {}, more(120)));
      expect(attempt).toThrow(
        expect.objectContaining({
          code: 'promotion-refused',
          better: 'pg-3',
          message: 'pg-2 is not the best standby: pg-3 has 120 B more, which would be lost',
          fix: 'run `pnpm lab promote pg-3`, or add --force to lose it',
        }),
      );
    });

    it('counts what it received, replayed or not, and a newer timeline over any position', () => {
      const received = { ...more(0), replayedPosition: 50_331_000 };
      expect(plan(servers(undefined, {}, received)).to).toBe('pg-2');
      const newer = { ...more(-1000), timeline: 2 };
      expect(() => plan(servers(undefined, {}, newer))).toThrow('pg-3 is on a newer timeline');
      expect(plan(servers(undefined, { timeline: 2 }, more(1000))).to).toBe('pg-2');
    });

    it('promotes it when the loss is wanted, or when it was begun before', () => {
      const given = servers(undefined, {}, more(120));
      expect(plan(given, { force: true }).to).toBe('pg-2');
      expect(plan(given, { pending: pendingTo('pg-2') }).to).toBe('pg-2');
      expect(() => plan(given, { pending: pendingTo('pg-1') })).toThrow('pg-3 has 120 B more');
    });

    it('promotes one that gets the rest from the primary that it streams from, and no other', () => {
      const primary = reading('pg-1', 'primary');
      expect(plan(servers(primary, { streamsFrom: 'pg-1' }, more(120))).to).toBe('pg-2');
      expect(() => plan(servers(primary, {}, more(120)))).toThrow('pg-3 has 120 B more');
      expect(() => plan(servers(undefined, { streamsFrom: 'pg-1' }, more(120)))).toThrow('pg-3 has');
    });
  });

  it.each([
    ['a server that is not there', { target: 'pg-9' }, 'usage', 'unknown server pg-9'],
    ['a level without standbys', { hasStandbys: false, level: 1 }, 'usage', 'level 1 has no standbys'],
    ['the primary', { target: 'pg-1' }, 'promotion-refused', 'pg-1 is the primary already'],
    [
      'another target while one was promoted half-way',
      { target: 'pg-3', pending: pendingTo('pg-2', { promotedAt: '2026-01-01T00:00:00.000Z' }) },
      'promotion-refused',
      'the promotion of pg-2 was interrupted',
    ],
    [
      'a standby that does not replay',
      { servers: new Map([['pg-2', { ...reading('pg-2', 'standby'), replayPaused: true }]]) },
      'promotion-refused',
      'pg-2 does not replay: it is paused',
    ],
    [
      'a standby that does not answer',
      { servers: new Map([['pg-2', undefined]]) },
      'promotion-refused',
      'pg-2 does not answer',
    ],
  ] as const)('refuses %s', (_what, changes, code, message) => {
    const given = situation(['primary', 'standby', 'standby'], changes);
    expect(() => planPromotion(given)).toThrow(expect.objectContaining({ code, message }));
  });
});
