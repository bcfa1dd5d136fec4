import { InvalidArgumentError } from 'commander';

/** An image by its digest: a tag may come to mean another. */
export function imageByDigest(text: string): string {
  if (/^[^@\s]+@sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be REPOSITORY@sha256:DIGEST, with 64 hexadecimal digits.');
}
