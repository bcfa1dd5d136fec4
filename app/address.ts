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

/**
 * Why a server cannot listen, and what to do, by the system's error.
 *
 * @param prefix of the settings that say where it listens: METRICS_ for METRICS_HOST and METRICS_PORT
 */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number, prefix = ''): string {
  const named = `${prefix}HOST=${host}`;
  const others = 'Take 127.0.0.1 (this machine alone), 0.0.0.0 (every interface) or an address that this machine has';
  const another = (free: number) => `Choose another: ${prefix}PORT=${free} npm start`;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} is taken. ${another(port + 1)}`,
    EACCES: `port ${port} needs more rights than this user has. ${another(8080)}`,
    EADDRNOTAVAIL: `${named} is no address of this machine. ${others}`,
    EAFNOSUPPORT: `${named} is an IPv6 address, and this machine has no IPv6. ${others}`,
    ENOTFOUND: `${named} is a name that nobody knows. ${others}`,
    EAI_AGAIN: `${named} is a name that nobody knows. ${others}`,
  };
  return reasons[error.code ?? ''] ?? error.message;
}
