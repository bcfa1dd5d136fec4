import { Argument } from 'commander';
import { type ListedRelease, listReleases, releaseNamed } from '../../ml/release/list.ts';
import { artifactsFolder, type Place } from '../output.ts';

/** `<id>`, as every command takes a release. */
export const releaseArgument = (name = 'id') =>
  new Argument(`<${name}>`, 'the beginning of the id of a release, or "current"');

/** Finds releases by the beginnings of their ids; what it gives throws a ParamError where none is meant, or several are. */
export async function releaseFinder(place: Place): Promise<(name: string) => ListedRelease> {
  const releases = await listReleases(artifactsFolder(place));
  return (name) => releaseNamed(name, releases);
}
