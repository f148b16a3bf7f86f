import type { Panel, PanelQuery } from '../panel.ts';

/** What the USE method asks of a part, each as queries: how much it works, what waits for it, what it failed. */
export interface Use {
  readonly utilisation: UsePanel;
  readonly saturation: UsePanel;
  readonly errors: UsePanel;
}

export interface UsePanel {
  readonly description: string;
  readonly unit: Panel['unit'];
  readonly queries: readonly PanelQuery[];
}

/** Pure: how a kind of node is asked. @param node its name */
export type UseOf = (node: string) => Use;

/** Pure: three panels side by side. */
export const usePanels = (node: string, use: Use): readonly Panel[] =>
  (['utilisation', 'saturation', 'errors'] as const).map((what) => ({
    title: `${node}: ${what}`,
    kind: 'timeseries',
    ...use[what],
    minimum: 0,
    width: 8,
    height: 6,
  }));
