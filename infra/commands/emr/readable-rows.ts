// Which rows on S3 a job may read as they lie there, and what to do about others: neither this machine nor anybody has to copy them.

import { ToolError } from '../tool-error.ts';

export const isAddress = (input: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(input) && !/^file:/i.test(input);

/**
 * The address as EMR reads it.
 *
 * @param ours what the role of jobs reads of the stack's own bucket, s3://BUCKET/training/
 * @param granted what else it reads, s3://BUCKET/PREFIX/
 * @throws ToolError where the role may not read it: with the setting that lets it
 */
export function readable(input: string, ours: string, granted: string | undefined): string {
  const address = input.replace(/^s3[an]?:/i, 's3:');
  if (!address.startsWith('s3://')) throw new ToolError(`${input}: a job on EMR Serverless reads from S3 alone.`);
  const places = [ours, ...(granted === undefined ? [] : [granted])];
  if (places.some((place) => `${address}/`.startsWith(place))) return address;
  const { folder, isFile } = placeOf(address);
  const rows = isFile ? address : `--recursive ${folder}`;
  throw new ToolError(
    `${input}: the role of jobs reads ${places.join(' and ')} only. Let it read the rows where they lie: ` +
      `npx cdk deploy -c training=spark -c input=${folder} (best under context in cdk.json` +
      `${granted === undefined ? '' : `; it takes the place of ${granted}`}). Or copy them: aws s3 cp ${rows} ${ours}rows/`,
  );
}

/** The folder that an address names, or that of a file, as its ending says, or of a pattern. */
function placeOf(address: string): { readonly folder: string; readonly isFile: boolean } {
  const [before = ''] = address.split(/[*?[{]/);
  const isFile = before === address && /^s3:\/\/[^/]*\/(?:.*\/)?[^/]*\.[^/]*$/.test(address);
  const folder = isFile || before !== address ? before.replace(/[^/]*$/, '') : `${address.replace(/\/+$/, '')}/`;
  return { folder, isFile };
}
