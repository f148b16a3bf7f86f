import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Listener {
  readonly pid: number;
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  /** As the kernel writes it, in hexadecimal: `0100007F` is 127.0.0.1. */
  readonly address: string;
  readonly port: number;
}

const tcpListen = '0A';
const udpUnconnected = '07';

/** Every socket that these processes listen on, from /proc/net. */
export function listenersOf(pids: readonly number[]): readonly Listener[] {
  const owners = new Map(pids.flatMap((pid) => socketsOf(pid).map((inode) => [inode, pid] as const)));
  return (['tcp', 'tcp6', 'udp', 'udp6'] as const).flatMap((protocol) =>
    readFileSync(`/proc/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
        const pid = owners.get(inode);
        const listens = state === (protocol.startsWith('tcp') ? tcpListen : udpUnconnected);
        const [address = '', port = ''] = local.split(':');
        return pid !== undefined && listens
          ? [{ pid, protocol, address, port: Number.parseInt(port, 16) }]
          : [];
      }),
  );
}

/** The inodes of a process's sockets; none when it is gone or not ours to read. */
export function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function socketInode(link: string): readonly string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.slice(1) ?? [];
  } catch {
    return [];
  }
}
