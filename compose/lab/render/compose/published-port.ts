/** Away from the ports that a host's own services usually have, and below the ephemeral range. */
const offset = 10_000;

/**
 * Pure: a container's port on 127.0.0.1 of the host: the same number + 10,000, or what a variable says, e.g.
 * `PROMETHEUS_1_HTTP_PORT`.
 * @param shift beyond that, where several containers have the same port.
 */
export function publishedPort(name: string, target: number, shift = 0): object {
  const variable = `${name.replaceAll(/[^a-z0-9]/gi, '_').toUpperCase()}_PORT`;
  return { target, host_ip: '127.0.0.1', published: `\${${variable}:-${target + offset + shift}}` };
}
