import type { Server } from 'node:http';

// A request that is still being answered after the drain is given this much longer.
const LAST_CALL_MS = 10_000;

/**
 * On SIGTERM: `onDrain` at once, the server serves on for `seconds`, then closes and the process
 * ends by itself. A second SIGTERM, or SIGINT (Ctrl-C), closes at once.
 */
export function drainOnSignals(server: Server, seconds: number, onDrain: () => void): void {
  let draining = false;
  const closeNow = () => {
    server.close();
    server.closeAllConnections();
  };
  const close = () => {
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), LAST_CALL_MS).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  process.on('SIGTERM', () => {
    if (draining) {
      clearTimeout(timer);
      closeNow();
      return;
    }
    draining = true;
    onDrain();
    timer = setTimeout(close, seconds * 1000);
  });
  process.on('SIGINT', () => {
    clearTimeout(timer);
    closeNow();
  });
}
