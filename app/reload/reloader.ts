import type { Logger } from 'pino';
import { currentId, type LoadedRelease, loadRelease, ReleaseError } from '../../ml/serving.ts';

export interface ReloaderOptions {
  /** The folder of releases. */
  readonly artifacts: string;
  /** The id of the release that serves. */
  readonly serving: () => string;
  /** Serves another release from now on. */
  readonly serve: (release: LoadedRelease) => void;
  readonly logger: Logger;
}

/**
 * Takes up the release in use where it is another one than the one that serves. One that is broken is refused, which is logged once, and
 * what serves goes on.
 */
export class Reloader {
  readonly #options: ReloaderOptions;
  #busy: Promise<void> | undefined;
  #again = false;
  /** Why the last one was refused. */
  #refused: string | undefined;

  constructor(options: ReloaderOptions) {
    this.#options = options;
  }

  /** Looks now, or once it has looked: only one is read at a time, and what changed meanwhile is not missed. */
  look(): Promise<void> {
    this.#again = true;
    this.#busy ??= this.#lookAgain().finally(() => {
      this.#busy = undefined;
    });
    return this.#busy;
  }

  async #lookAgain(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#take();
    }
  }

  async #take(): Promise<void> {
    const { artifacts, serving, serve, logger } = this.#options;
    try {
      const before = serving();
      // Much changes in the folder that is of no interest here.
      if ((await currentId(artifacts)) === before) return;
      const release = await loadRelease(artifacts);
      serve(release);
      this.#refused = undefined;
      logger.info({ release: release.id, before }, 'a new release serves');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason === this.#refused) return;
      this.#refused = reason;
      const told = { release: serving(), reason };
      // What is wrong with a release is said by its message; anything else is a bug, or the disk.
      if (error instanceof ReleaseError) logger.error(told, 'a new release was refused; the one before serves on');
      else logger.error({ err: error, ...told }, 'a new release was refused; the one before serves on');
    }
  }
}
