import { type TeamMemory, WorkerTeam } from '../core/worker-team.ts';
import type { SumAssignment } from './prediction/sum-assignment.ts';
import type { ShapAssignment } from './shap/shap-thread.ts';

/** The threads stay for so long after they were last asked: to start one takes 50 ms, and to keep it some 10 MB. */
const STAY_MS = 10_000;

/** What a thread is given to follow the team. */
export interface SharedTeamData {
  readonly team: TeamMemory;
}

/** What the threads are to do next. */
export type Assignment = SumAssignment | ShapAssignment;

/** The threads as those use them who have assigned work: once they have started. */
export interface Helpers {
  /** Tells them to do a task of the assignment, by its number, unless they do it already. */
  tell(task: number): void;
  /** Returns once they have done it. */
  join(): void;
}

/** The threads that help this one to predict and to explain by trees. */
export class SharedTeam {
  readonly size: number;
  readonly #team: WorkerTeam;
  #isGone = false;
  #isTold = false;

  /** @param size how many threads there are besides this one */
  constructor(size: number) {
    this.size = size;
    const module = new URL('shared-team-worker.ts', import.meta.url);
    this.#team = new WorkerTeam(module, size, 0, (team): SharedTeamData => ({ team }));
  }

  /** Whether another is to be started. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Assigns work. Until the threads have started, this one works alone. @param of what each of them is given */
  assign(of: (helper: number) => Assignment): Helpers {
    // Who had assigned work before may have failed, and not waited for them.
    this.#join();
    let isAssigned = false;
    return {
      tell: (task) => {
        if (this.#isTold || !this.#team.hasStarted) return;
        if (!isAssigned) this.#team.send(of);
        isAssigned = true;
        this.#isTold = true;
        this.#team.tell(task);
      },
      join: () => this.#join(),
    };
  }

  #join(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    try {
      this.#team.join();
    } catch (error) {
      this.#isGone = true;
      throw error;
    }
  }

  close(): void {
    if (!this.#isGone) this.#team.close();
    this.#isGone = true;
  }
}

let team: SharedTeam | undefined;
let timer: NodeJS.Timeout | undefined;

/** The team that makes so many threads with this one; it stays for a while. */
export function sharedTeam(threads: number): SharedTeam {
  if (!team || team.isGone || team.size !== threads - 1) {
    team?.close();
    team = new SharedTeam(threads - 1);
  }
  clearTimeout(timer);
  timer = setTimeout(() => team?.close(), STAY_MS).unref();
  return team;
}
