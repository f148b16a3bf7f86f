import { describe, expect, it } from 'vitest';
import { diagnosis, hint, resolution } from './acts.ts';
import { begun, journal, scenarioNamed } from './testing/played.ts';

const fresh = journal([-60, begun(scenarioNamed('slow-provider'))]);
const told = journal(
  [-60, begun(scenarioNamed('slow-provider'))],
  [10, diagnosis(fresh, 'ana', 'pg-1', 'down')],
);
const over = journal(
  [-60, begun(scenarioNamed('slow-provider'))],
  [10, diagnosis(fresh, 'ana', 'pg-1', 'down')],
  [20, resolution(told, 'ana')],
);

describe('what those who play may do', () => {
  it('takes any diagnosis that can be said, and tells nobody whether it is right', () => {
    expect(diagnosis(fresh, 'bob', 'pg-1', 'down')).toEqual({
      type: 'diagnosed',
      by: 'bob',
      component: 'pg-1',
      cause: 'down',
    });
  });

  it.each([
    ['pg-9', 'down', /no component pg-9/],
    ['pg-1', 'magic', /no cause magic/],
    ['none', 'down', /where nothing is the matter/],
    ['pg-1', 'nothing', /where nothing is the matter/],
  ])('%s, %s: is refused in one line', (component, cause, message) => {
    expect(() => diagnosis(fresh, 'bob', component, cause)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    );
  });

  it('of two who say the same the second hears who was first', () => {
    expect(() => diagnosis(told, 'eve', 'pg-1', 'down')).toThrow(/^ana said so already, at /);
  });

  it('nothing is hinted before anything has paged: a hint would tell that it will', () => {
    expect(() => hint(fresh, 'bob', [])).toThrow(
      expect.objectContaining({
        code: 'drill-refused',
        message: 'nothing has paged: there is nothing to hint at',
      }),
    );
  });

  it('hints say more and more, and end', () => {
    const texts: string[] = [];
    let events = fresh;
    for (let number = 1; number <= 3; number += 1) {
      const entry = hint(events, 'bob', ['CheckoutLatency']);
      texts.push('text' in entry ? (entry.text ?? '') : '');
      events = [...events, { seq: number, at: '2026-11-29T03:00:00.000Z', ...entry } as never];
    }
    expect(texts[0]).toContain('pnpm runbook CheckoutLatency');
    expect(texts[0]).not.toContain('payment');
    expect(texts[1]).toBe('Look at payment-1.');
    expect(texts[2]).toMatch(/^It answers late\./);
    expect(() => hint(events, 'bob', ['CheckoutLatency'])).toThrow(/there are 3 hints/);
  });

  it('where nothing was broken hints say so, and to take back what was done', () => {
    const begin = begun(scenarioNamed('quiet'));
    const texts = [0, 1, 2].map((count) => {
      const had = Array.from(
        { length: count },
        (_, index) => [index, { type: 'hinted', by: 'bob', number: index + 1, text: '' }] as const,
      );
      const entry = hint(journal([-60, begin], ...had), 'bob', ['CheckoutAvailability']);
      return entry.type === 'hinted' ? entry.text : '';
    });
    expect(texts[0]).toContain('pnpm runbook CheckoutAvailability');
    expect(texts[1]).toContain('`pnpm lab status`');
    expect(texts[2]).toMatch(/^Nothing was broken\. Take back what was done/);
    for (const text of texts) expect(text).not.toMatch(/ \.|^\.|No lever/);
  });

  it('who has not said what it was cannot say that it is over', () => {
    expect(() => resolution(fresh, 'bob')).toThrow(/nobody has said what it was/);
  });

  it('when its time is up nothing more is taken', () => {
    const late = [...told, { seq: 2, at: '2026-11-29T03:10:00.000Z', type: 'time-up' } as const];
    for (const act of [
      () => resolution(late, 'eve'),
      () => diagnosis(late, 'eve', 'payment-1', 'slow'),
      () => hint(late, 'eve', ['CheckoutLatency']),
    ]) {
      expect(act).toThrow(
        expect.objectContaining({
          code: 'drill-refused',
          message: 'its time was up at 2026-11-29T03:10:00.000Z',
        }),
      );
    }
  });

  it('what is over takes nothing more, and says who ended it', () => {
    for (const act of [
      () => resolution(over, 'eve'),
      () => diagnosis(over, 'eve', 'payment-1', 'slow'),
      () => hint(over, 'eve', ['CheckoutLatency']),
    ]) {
      expect(act).toThrow(
        expect.objectContaining({
          code: 'drill-refused',
          message: expect.stringMatching(/^ana resolved it already/),
        }),
      );
    }
  });
});
