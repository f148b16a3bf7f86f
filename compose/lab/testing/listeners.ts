import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface End {
  /** As the kernel writes it, in hexadecimal: `0100007F` is 127.0.0.1. */
  readonly address: string;
  readonly port: number;
}

export interface Listener extends End {
  readonly pid: number;
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
}

export interface TcpConnection {
  readonly pid: number;
  readonly local: End;
  readonly remote: End;
}

interface Socket {
  readonly pid: number;
  readonly protocol: Listener['protocol'];
  readonly local: End;
  readonly remote: End;
  readonly state: string;
}

const tcpListen = '0A';
const tcpEstablished = '01';
const udpUnconnected = '07';

/** Every socket that these processes listen on, from /proc/net. */
export function listenersOf(pids: readonly number[]): readonly Listener[] {
  return socketsOf(pids)
    .filter(({ protocol, state }) => state === (protocol.startsWith('tcp') ? tcpListen : udpUnconnected))
    .map(({ pid, protocol, local }) => ({ pid, protocol, ...local }));
}

/** Every TCP connection that these processes have now, each of its ends once. */
export function connectionsOf(pids: readonly number[]): readonly TcpConnection[] {
  return socketsOf(pids)
    .filter(({ protocol, state }) => protocol.startsWith('tcp') && state === tcpEstablished)
    .map(({ pid, local, remote }) => ({ pid, local, remote }));
}

function socketsOf(pids: readonly number[]): readonly Socket[] {
  const owners = new Map(pids.flatMap((pid) => inodesOf(pid).map((inode) => [inode, pid] as const)));
  return (['tcp', 'tcp6', 'udp', 'udp6'] as const).flatMap((protocol) =>
    readFileSync(`/proc/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
        const pid = owners.get(inode);
        return pid === undefined
          ? []
          : [{ pid, protocol, local: endOf(local), remote: endOf(remote), state }];
      }),
  );
}

function endOf(text: string): End {
  const [address = '', port = ''] = text.split(':');
  return { address, port: Number.parseInt(port, 16) };
}

function inodesOf(pid: number): readonly string[] {
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
