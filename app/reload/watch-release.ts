import { type FSWatcher, watch } from 'node:fs';
import type { Logger } from 'pino';

/** A release is put into use in several steps; it is looked at once they are done. */
const SETTLE_MS = 100;

export interface WatchOptions {
  /** The folder of releases. */
  readonly artifacts: string;
  /** Whether SIGHUP asks for a look. On a terminal it says that the terminal has gone, which ends the process as ever. */
  readonly takesHangup: boolean;
  readonly logger: Logger;
}

/**
 * Calls `onChange` when the release in use may be another one: on SIGHUP, and when something changes in the folder of releases, where the
 * link to it lies. A folder that cannot be watched (a disk in the network, no more watches) is told of, and SIGHUP is what is left.
 *
 * @returns what ends it
 */
export function watchRelease({ artifacts, takesHangup, logger }: WatchOptions, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS).unref();
  };
  if (takesHangup) process.on('SIGHUP', onChange);
  const watcher = watchFolder(artifacts, soon, (error) => {
    logger.warn({ err: error }, 'new releases are not noticed by themselves; tell of them by SIGHUP');
  });
  return () => {
    clearTimeout(timer);
    process.off('SIGHUP', onChange);
    watcher?.close();
  };
}

function watchFolder(folder: string, onEvent: () => void, onError: (error: unknown) => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, onEvent).on('error', onError);
  } catch (error) {
    onError(error);
    return undefined;
  }
}
