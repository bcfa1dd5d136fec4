import { isIP, isIPv6 } from 'node:net';

/** An address or a name to listen at, without the brackets that an IPv6 address has in a URL; undefined where it is neither. */
export function hostFrom(text: string): string | undefined {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host) ? host : undefined;
}

/** Where somebody on this machine finds what listens at `host`. */
export function urlOf(host: string, port: number): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::'].includes(host);
  const name = isLocal ? 'localhost' : isIPv6(host) ? `[${host.replace('%', '%25')}]` : host;
  return `http://${name}:${port}`;
}

/** Why a server cannot listen, and what to do, by the system's error. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): string {
  const others = 'Take 127.0.0.1 (this machine alone), 0.0.0.0 (every interface) or an address that this machine has';
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} is taken. Choose another: PORT=${port + 1} npm start`,
    EACCES: `port ${port} needs more rights than this user has. Choose another: PORT=8080 npm start`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine. ${others}`,
    EAFNOSUPPORT: `HOST=${host} is an IPv6 address, and this machine has no IPv6. ${others}`,
    ENOTFOUND: `HOST=${host} is a name that nobody knows. ${others}`,
    EAI_AGAIN: `HOST=${host} is a name that nobody knows. ${others}`,
  };
  return reasons[error.code ?? ''] ?? error.message;
}
