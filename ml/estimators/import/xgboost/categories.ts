import type { FileValue } from '../file-values.ts';

/**
 * The texts of each feature's categories in the order of their codes, which files of XGBoost 3.1 and later hold; undefined of a
 * feature that has none there. They lie in the layout of Arrow: UTF-8 bytes side by side, and where each text begins.
 */
export function readCategories(model: FileValue | undefined, features: number): (readonly string[] | undefined)[] {
  const found = model?.find('cats')?.find('enc')?.items() ?? [];
  return Array.from({ length: features }, (_, feature) => {
    const column = found[feature];
    if (!column) return undefined;
    const values = column.at('values').numbers();
    const offsets = column.find('offsets')?.numbers();
    if (!offsets) return Array.from(values, String);
    if (offsets.length < 2) return undefined;
    return textsOf(values, offsets);
  });
}

/** Undefined where they are no texts: some versions count characters where they mean bytes. */
function textsOf(values: Float64Array, offsets: Float64Array): string[] | undefined {
  const bytes = Uint8Array.from(values, (value) => value & 255);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return Array.from(offsets.subarray(1), (end, k) => decoder.decode(bytes.subarray(offsets[k], end)));
  } catch {
    return undefined;
  }
}
