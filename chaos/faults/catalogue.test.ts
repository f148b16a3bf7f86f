import { undoOf } from '@firedrill/lab/control';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faults } from './index.ts';
import { sampleOf } from './sample.ts';

describe.each(faults)('$name', (fault) => {
  const { properties = {} } = z.toJSONSchema(fault.params, { io: 'input' }) as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  };

  it('says what each parameter is, with its unit', () => {
    for (const [name, { description = '' }] of Object.entries(properties))
      expect(description, name).toMatch(/\b(ms|KB|KB\/s|0 to 1|share|number|name)\b/);
  });

  it('takes no parameter that it does not know', () => {
    expect(fault.params.safeParse({ ...sampleParams(), nonsense: 1 }).success).toBe(false);
  });

  it('comes with what undoes it, what the witness must see, and a colour', () => {
    const { effects, expect: expected, label } = sampleOf(fault);
    expect(effects.length).toBeGreaterThan(0);
    for (const { action, undo } of effects) expect(undo).toEqual(undoOf(action));
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(['during', 'after']));
    expect(label).toContain(fault.name);
    expect(fault.colour).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('is no proof of itself without a reading', () => {
    expect(fault.judge(sampleOf(fault).expect, []).verdict).toBe('inconclusive');
  });

  function sampleParams(): object {
    return Object.fromEntries(Object.keys(properties).map((name) => [name, 1]));
  }
});
