import { dirname } from 'node:path';

/** What a file that was sent is called on the disk. */
export const UPLOADED = 'uploaded-file';

/** What a message ends with that is for whoever has the repository. */
const FOR_OPERATORS = /\. A file of other columns needs a declaration of its own: .*$/s;

/**
 * A message about a file that was sent, by the name that its owner knows, and without where it lies.
 *
 * @param input where it lies. @param name what its owner calls it
 */
export function toldFile(message: string, input: string, name: string): string {
  // Some messages have a command line, in which another name would need quotes.
  const shown = /^[\w.-]+$/.test(name) ? name : 'the-file';
  return message
    .replace(FOR_OPERATORS, '')
    .replaceAll(`${dirname(input)}/`, '')
    .replaceAll(UPLOADED, shown);
}

/** A name as it may stand in a header and on a page, whatever a client sends: without folders, and not too long. */
export function safeName(given: string | undefined, otherwise: string): string {
  const name = (given ?? '')
    .replace(/^.*[/\\]/s, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}"]/gu, '')
    .trim()
    .slice(0, 100)
    .toWellFormed();
  return name === '' || name === '.' || name === '..' ? otherwise : name;
}
