import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, ParamError, ReleaseError } from '../core/errors.ts';
import { withAccess } from './access.ts';
import { MANIFEST } from './files.ts';
import { heldBackFolder } from './held-back.ts';
import { currentId } from './history.ts';
import type { Manifest } from './manifest.ts';
import { ID_LENGTH, readManifest } from './read.ts';

/** A release that lies in a folder of releases, whole or not. */
export interface ListedRelease {
  readonly id: string;
  readonly path: string;
  /** When it was written there. */
  readonly written: Date;
  /** Whether it is in use, lies beside that one, or was held back. */
  readonly state: 'in use' | 'kept' | 'held back';
  /** Null where it cannot be read, for the reason that is then in `problem`. */
  readonly manifest: Manifest | null;
  readonly problem: string | null;
}

/** Every release in `artifacts`, the one held back included, the newest first. Of their files the manifests alone are read. */
export async function listReleases(artifacts: string): Promise<ListedRelease[]> {
  return withAccess(artifacts, 'read', async () => {
    const current = await currentId(artifacts);
    const ids = await idsIn(artifacts);
    const heldBack = heldBackFolder(artifacts);
    // Where links were followed as it was copied, the one in use lies in the place of the link.
    const inPlace =
      current !== undefined && !ids.includes(current) ? [{ id: current, path: join(artifacts, 'current') }] : [];
    const kept = [...ids.map((id) => ({ id, path: join(artifacts, id) })), ...inPlace];
    const all = await Promise.all([
      ...kept.map((each) => list({ ...each, state: each.id === current ? 'in use' : 'kept' })),
      ...(await idsIn(heldBack)).map((id) => list({ id, path: join(heldBack, id), state: 'held back' })),
    ]);
    return all.filter((each) => each !== undefined).sort((a, b) => b.written.getTime() - a.written.getTime());
  });
}

/**
 * The release that is meant by the beginning of its id, or by "current".
 *
 * @throws ParamError where there is none, or there are several
 */
export function releaseNamed(name: string, releases: readonly ListedRelease[]): ListedRelease {
  const meant =
    name === 'current'
      ? releases.filter(({ state }) => state === 'in use')
      : releases.filter(({ id }) => id.startsWith(name) && name !== '');
  const [release, ...others] = meant;
  if (release && others.length === 0) return release;
  if (release)
    throw new ParamError(
      `${meant.length} releases begin with ${name}: ${meant.map(({ id }) => id).join(', ')}; give more of the id`,
    );
  const known = releases.map(({ id }) => id).join(', ');
  throw new ParamError(
    name === 'current'
      ? 'no release is in use. Train one: npm run train'
      : `no release begins with ${JSON.stringify(name)}; there ${known === '' ? 'are none: npm run train' : `are: ${known}`}`,
  );
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names.filter((name) => name.length === ID_LENGTH && /^[0-9a-f]+$/.test(name));
}

/** Undefined where it was removed meanwhile. */
async function list({
  id,
  path,
  state,
}: Pick<ListedRelease, 'id' | 'path' | 'state'>): Promise<ListedRelease | undefined> {
  const written = await writtenAt(path);
  if (!written) return undefined;
  try {
    const { manifest } = await readManifest(path, id);
    return { id, path, written, state, manifest, problem: null };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { id, path, written, state, manifest: null, problem: error.message };
  }
}

async function writtenAt(path: string): Promise<Date | undefined> {
  for (const each of [join(path, MANIFEST), path]) {
    try {
      return (await stat(each)).mtime;
    } catch (error) {
      if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ENOTDIR')) throw error;
    }
  }
  return undefined;
}
