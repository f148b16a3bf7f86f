import type { Action, Control, LabReading, Setting, Toxic, Undo } from '@firedrill/lab/control';
import type { Level } from '@firedrill/topology';

interface ModelEdge {
  enabled: boolean;
  toxics: readonly Toxic[];
}

interface ModelNode {
  running: boolean;
  stopped: boolean;
  squeezed: boolean;
  settings: ReadonlySet<Setting>;
}

/** What the vocabulary of actions and undos does to a lab, without a lab: places, and what is wrong with each. For tests. */
export class ModelLab implements Control {
  readonly #edges: ReadonlyMap<string, ModelEdge>;
  readonly #nodes: ReadonlyMap<string, ModelNode>;
  readonly #saboteurs = new Set<string>();
  /** Rolled out by a fault. */
  #release: string | undefined;
  /** How often Toxiproxy was started anew. */
  rebuilds = 0;

  constructor(level: Level) {
    this.#edges = new Map(level.edges.map(({ name }) => [name, { enabled: true, toxics: [] }]));
    this.#nodes = new Map(
      level.nodes.map(({ name }) => [
        name,
        { running: true, stopped: false, squeezed: false, settings: new Set() },
      ]),
    );
  }

  async apply(action: Action): Promise<void> {
    this.land(action);
  }

  /** At once. @throws where the real parts would refuse it. */
  land(action: Action): void {
    switch (action.kind) {
      case 'toxic-add': {
        const edge = this.#edge(action.edge);
        if (edge.toxics.some(({ name }) => name === action.toxic.name)) throw new Error('409');
        edge.toxics = [...edge.toxics, action.toxic];
        return;
      }
      case 'toxic-update': {
        const edge = this.#edge(action.edge);
        const isMeant = ({ name }: Toxic): boolean => name === action.toxic.name;
        if (!edge.toxics.some(isMeant)) throw new Error('404');
        edge.toxics = edge.toxics.map((toxic) => (isMeant(toxic) ? action.toxic : toxic));
        return;
      }
      case 'edge-disable':
        this.#edge(action.edge).enabled = false;
        return;
      case 'edge-hang':
        this.#edge(action.edge).enabled = false;
        this.#saboteurs.add(`hang ${action.edge}`);
        return;
      case 'node-kill':
        this.#node(action.node).running = false;
        return;
      case 'node-pause':
        this.#node(action.node).stopped = true;
        return;
      case 'node-restart-loop':
        this.#node(action.node).running = false;
        this.#saboteurs.add(`restart-loop ${action.node}`);
        return;
      case 'node-starve':
        this.#node(action.node).stopped = true;
        this.#saboteurs.add(`starve ${action.node}`);
        return;
      case 'node-setting':
        this.#node(action.node).settings = new Set([action.setting]);
        return;
      case 'release':
        this.#release = action.release;
        return;
      case 'disk-fill':
        this.#node(action.node).squeezed = true;
        return;
      case 'pool-hog':
        this.#saboteurs.add(`hog ${action.edge}`);
        return;
    }
  }

  async undo(undo: Undo): Promise<void> {
    switch (undo.kind) {
      case 'edge-restore':
        // Somebody else has its port: only a new Toxiproxy gets it back.
        if (this.#saboteurs.has(`hang ${undo.edge}`)) return this.rebuild();
        this.#restore(undo.edge);
        return;
      case 'edge-hang-end':
        this.#saboteurs.delete(`hang ${undo.edge}`);
        this.#restore(undo.edge);
        return;
      case 'node-start':
        this.#node(undo.node).running = true;
        return;
      case 'node-continue':
        Object.assign(this.#node(undo.node), { stopped: false, running: true });
        return;
      case 'node-restart-loop-end':
        this.#saboteurs.delete(`restart-loop ${undo.node}`);
        this.#node(undo.node).running = true;
        return;
      case 'node-starve-end':
        this.#saboteurs.delete(`starve ${undo.node}`);
        this.#node(undo.node).stopped = false;
        return;
      case 'node-setting-reset':
        this.#node(undo.node).settings = new Set();
        return;
      case 'release-end':
        this.#release = undefined;
        return;
      case 'disk-free':
        Object.assign(this.#node(undo.node), { squeezed: false, running: true });
        return;
      case 'pool-hog-end':
        this.#saboteurs.delete(`hog ${undo.edge}`);
        return;
    }
  }

  async healAll(): Promise<void> {
    this.#saboteurs.clear();
    this.#release = undefined;
    for (const edge of this.#edges.keys()) this.#restore(edge);
    for (const node of this.#nodes.values()) {
      Object.assign(node, { running: true, stopped: false, squeezed: false, settings: new Set() });
    }
  }

  async rebuild(): Promise<void> {
    this.rebuilds += 1;
    for (const name of this.#saboteurs) if (name.startsWith('hang ')) this.#saboteurs.delete(name);
    for (const edge of this.#edges.keys()) this.#restore(edge);
  }

  async read(): Promise<LabReading> {
    return {
      edges: [...this.#edges].map(([edge, { enabled, toxics }]) => ({
        edge,
        state: enabled ? 'enabled' : 'disabled',
        toxics,
      })),
      nodes: [...this.#nodes].map(([node, { running, stopped, squeezed }]) => ({
        node,
        running,
        pid: undefined,
        stopped,
        squeezed,
      })),
      saboteurs: [...this.#saboteurs],
      supervised: true,
    };
  }

  /** Everything that is not as it was in the beginning, by place. */
  get wounds(): readonly string[] {
    return [
      ...[...this.#edges].flatMap(([name, edge]) =>
        edge.enabled && edge.toxics.length === 0 ? [] : [`${name} ${JSON.stringify(edge)}`],
      ),
      ...[...this.#nodes].flatMap(([name, { running, stopped, squeezed, settings }]) =>
        running && !stopped && !squeezed && settings.size === 0
          ? []
          : [`${name} ${JSON.stringify({ running, stopped, squeezed, settings: [...settings] })}`],
      ),
      ...this.#saboteurs,
      ...(this.#release === undefined ? [] : [`release ${this.#release}`]),
    ].toSorted();
  }

  async readSetting(node: string, setting: Setting) {
    return { ratio: this.#node(node).settings.has(setting) ? 1 : 0 };
  }

  carriers() {
    return [];
  }

  async stopLab(): Promise<void> {}

  #restore(name: string): void {
    Object.assign(this.#edge(name), { enabled: true, toxics: [] });
  }

  #edge(name: string): ModelEdge {
    const edge = this.#edges.get(name);
    if (edge === undefined) throw new Error(`no edge ${name}`);
    return edge;
  }

  #node(name: string): ModelNode {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new Error(`no node ${name}`);
    return node;
  }
}
