// An image as Docker has it, and what Plumbline wrote on it.

import { z } from 'zod';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** What `npm run image` calls what it builds, unless told otherwise. */
export const DEFAULT_IMAGE = 'plumbline';

export interface Image {
  /** SHA-256 of its configuration: what it is called on this machine. */
  readonly id: string;
  /** The commit of the code, ending in -dirty where files differed from it; empty outside git. */
  readonly commit: string;
  /** The release inside. */
  readonly release: string;
  /** Bytes, unpacked. */
  readonly bytes: number;
  /** References by which registries know it, `REPOSITORY@sha256:…`. */
  readonly repoDigests: readonly string[];
}

const inspected = z.tuple([
  z.object({
    Id: z.string(),
    Size: z.number(),
    RepoDigests: z
      .array(z.string())
      .nullish()
      .transform((digests) => digests ?? []),
    Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
  }),
]);

/** @throws ToolError where there is no such image */
export function inspectImage(name: string): Image {
  const [{ Id, Size, RepoDigests, Config }] = inspected.parse(JSON.parse(run('docker', ['image', 'inspect', name])));
  const labels = Config.Labels ?? {};
  const release = labels['plumbline.release'];
  if (!release) throw new ToolError(`${name} does not say which release it holds. Build it by: npm run image`);
  return {
    id: Id,
    commit: labels['org.opencontainers.image.revision'] ?? '',
    release,
    bytes: Size,
    repoDigests: RepoDigests,
  };
}

/** Fetches an image; says whether the registry has it. */
export function pullImage(reference: string): boolean {
  try {
    run('docker', ['pull', '--quiet', reference]);
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** Bytes of what our Dockerfile adds to its base image. */
export function bytesOverBase(name: string): number {
  const format = '{{.Size}}\t{{.CreatedBy}}';
  const steps = run('docker', ['history', '--no-trunc', '--human=false', '--format', format, name]).trim().split('\n');
  // Newest first; the first step of the last stage is its WORKDIR.
  const first = steps.findIndex((step) => /WORKDIR \/plumbline/.test(step));
  return steps.slice(0, first + 1).reduce((sum, step) => sum + Number(step.split('\t')[0]), 0);
}
