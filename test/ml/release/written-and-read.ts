import { join } from 'node:path';
import type { PlainData } from '../../../ml/core/plain-data.ts';
import { documentOf, documentText } from '../../../ml/release/document.ts';
import { ArrayPacker, unpackArrays } from '../../../ml/release/packed-arrays.ts';
import { temporaryFolder } from '../../temporary.ts';

/** What comes back of documents that were written as a release's, and share its file of arrays. */
export async function writtenAndRead(documents: readonly PlainData[]): Promise<PlainData[]> {
  const path = join(temporaryFolder(), 'arrays');
  const packer = new ArrayPacker();
  const texts = documents.map((document) => documentText(document, packer));
  await packer.write(path);
  const arrays = await unpackArrays(path, { bytes: packer.bytes, sha256: packer.sha256() });
  return texts.map((text) => documentOf(text, arrays));
}
