import { type Logger, pino } from 'pino';

/** Lines are written so many bytes at a time, since a write for each would take as long as a prediction; … */
const BYTES = 8 * 1024;
/** … and at the latest after so long, so that whoever looks sees what happens. */
const FLUSH_MS = 100;

/**
 * Logs to standard output, a JSON object a line. Lines are written as fast as whoever reads them takes them, and meanwhile
 * wait: they never hold a request up. What waits is written when the process ends.
 *
 * @param level lines below it are left out
 */
export function openLog(level: string): Logger {
  const destination = pino.destination({ fd: 1, sync: false, minLength: BYTES, periodicFlush: FLUSH_MS });
  process.on('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // Nobody reads any more, or nothing was written yet.
    }
  });
  return pino({ level }, destination);
}
