import { type Logger, pino } from 'pino';
import { LineBuffer } from './line-buffer.ts';

/**
 * Logs to standard output, a JSON object a line. Lines are written as fast as whoever reads them takes them, and meanwhile
 * wait: they never hold a request up. What waits is written when the process ends.
 *
 * @param level lines below it are left out
 */
export function openLog(level: string): Logger {
  const lines = new LineBuffer(pino.destination({ fd: 1, sync: false }));
  process.on('exit', () => {
    try {
      lines.flushSync();
    } catch {
      // Nobody reads any more, or nothing was written yet.
    }
  });
  return pino({ level }, lines);
}
