import { Toxiproxy } from 'toxiproxy-node-client';
import { request } from 'undici';
import { z } from 'zod';
import type { LabState } from '../state.ts';
import { type Toxic, toxicSchema } from './action.ts';
import { callDeadlineMs, withDeadline } from './deadline.ts';

const proxySchema = z.object({
  // Listening on every address, it says so in IPv6.
  listen: z.string().transform((text) => text.replace('[::]', '0.0.0.0')),
  upstream: z.string(),
  enabled: z.boolean(),
  toxics: z.array(toxicSchema),
});

export type ProxyReading = z.infer<typeof proxySchema>;

/** What a proxy is made of; also an entry of Toxiproxy's `-config` file. */
export interface ProxyDefinition {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

/** Toxiproxy takes an edge's name as a path segment. */
export const proxyNameOf = (edge: string): string => edge.replaceAll('/', '_');

export function proxyDefinition(
  edge: string,
  { host, listen, upstream, proxy }: LabState['edges'][string],
  hosts: { readonly listen: string; readonly upstream: string } = {
    listen: '127.0.0.1',
    upstream: '127.0.0.1',
  },
): ProxyDefinition {
  return {
    name: proxyNameOf(edge),
    listen: proxy?.listen ?? `${host ?? hosts.listen}:${listen}`,
    upstream: proxy?.upstream ?? `${hosts.upstream}:${upstream}`,
    enabled: true,
  };
}

/** Toxiproxy's API. Each call has a second; after that its effect is unknown and {@link LateCall} is thrown. */
export interface ToxiproxyApi {
  read(): Promise<Readonly<Record<string, ProxyReading>>>;
  populate(definitions: readonly ProxyDefinition[]): Promise<void>;
  setEnabled(proxy: string, enabled: boolean): Promise<void>;
  addToxic(proxy: string, toxic: Toxic): Promise<void>;
  updateToxic(proxy: string, toxic: Toxic): Promise<void>;
  removeToxic(proxy: string, toxic: string): Promise<void>;
}

export function toxiproxyApi(port: number, host = '127.0.0.1'): ToxiproxyApi {
  const base = `http://${host}:${port}`;
  const client = new Toxiproxy(base);
  return {
    // Not by the client: it leaves out the toxics and has no deadline.
    async read() {
      const answer = await request(`${base}/proxies`, { signal: AbortSignal.timeout(callDeadlineMs) });
      return z.record(z.string(), proxySchema).parse(await answer.body.json());
    },
    async populate(definitions) {
      await withDeadline('Toxiproxy (populate)', client.populate([...definitions]));
    },
    async setEnabled(name, enabled) {
      const change = async () => {
        const proxy = await client.get(name);
        await proxy.update({ enabled, listen: proxy.listen, upstream: proxy.upstream });
      };
      await withDeadline(`Toxiproxy (${enabled ? 'enable' : 'disable'} ${name})`, change());
    },
    async addToxic(name, toxic) {
      const add = async () => (await client.get(name)).addToxic({ ...toxic });
      await withDeadline(`Toxiproxy (add ${toxic.name} to ${name})`, add());
    },
    async updateToxic(name, toxic) {
      const update = async () => (await (await client.get(name)).getToxic(toxic.name)).update({ ...toxic });
      await withDeadline(`Toxiproxy (update ${toxic.name} on ${name})`, update());
    },
    async removeToxic(name, toxic) {
      const remove = async () => (await (await client.get(name)).getToxic(toxic)).remove();
      await withDeadline(`Toxiproxy (remove ${toxic} from ${name})`, remove());
    },
  };
}
