import { Gauge, type Registry } from 'prom-client';
import type { Modes } from '../operations/modes.ts';

/** Shows what runs, and what an operator has switched on. */
export function showOperations(registry: Registry, release: string, modes: () => Modes): void {
  const registers = [registry];
  new Gauge({
    name: 'shop_release_info',
    help: 'Always 1; the label says which release runs.',
    labelNames: ['release'],
    registers,
  }).set({ release }, 1);
  const mode = new Gauge({
    name: 'shop_mode',
    help: 'What an operator has switched on: 1, or the share of requests that is shed.',
    labelNames: ['mode'],
    registers,
    collect: () => {
      const { readOnly, captureLater, shedShare } = modes();
      mode.set({ mode: 'read_only' }, Number(readOnly));
      mode.set({ mode: 'payment_fallback' }, Number(captureLater));
      mode.set({ mode: 'shed_load' }, shedShare);
    },
  });
}
