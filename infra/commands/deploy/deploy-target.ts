// What images are deployed to.

/** Each of these tells the exit code: 0 it is done; 1 it is not, and what served before serves; 2 it was called wrongly. */
export interface DeployTarget {
  /** Puts an image, `REPOSITORY@sha256:…`, live. */
  deploy(image: string): Promise<number>;
  /** Goes back to an image. @param image @default the version that was live before */
  rollback(image?: string): Promise<number>;
  /** Says what runs, and what was before. */
  status(): Promise<number>;
}
