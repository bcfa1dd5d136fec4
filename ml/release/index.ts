// The contract of releases: all that infra/ may know of them. No file's name is part of it.

export { exampleRecord } from '../data/example-record.ts';
export { copyRelease, isLinked } from './current.ts';
export { type Release, readRelease } from './read.ts';
export { makeReleasesFolder, releasesFolder } from './releases-folder.ts';
export { takeOverRelease } from './write.ts';
