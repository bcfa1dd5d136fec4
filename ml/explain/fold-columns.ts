// Remembered: a release has the same columns for every record.
const knownPlaces = new WeakMap<readonly (readonly string[])[], readonly (readonly number[])[]>();

/**
 * Brings what the columns of a matrix add to the declared columns that these were made of: a category's 0/1 columns are summed; what
 * a column that a recipe made adds is shared equally among those that it was made of.
 *
 * @param contributions rows × columns of the matrix, row-major
 * @param sources of each column of the matrix, the declared columns
 * @returns rows × declared columns, row-major
 */
export function foldColumns(
  { rows, values }: { readonly rows: number; readonly values: Float64Array },
  sources: readonly (readonly string[])[],
  columns: readonly string[],
): Float64Array {
  const placesOf = knownPlaces.get(sources) ?? sources.map((from) => from.map((name) => columns.indexOf(name)));
  knownPlaces.set(sources, placesOf);
  const folded = new Float64Array(rows * columns.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < placesOf.length; j++, at++) {
      const places = placesOf[j] as readonly number[];
      for (const place of places) {
        const to = i * columns.length + place;
        folded[to] = (folded[to] as number) + (values[at] as number) / places.length;
      }
    }
  }
  return folded;
}
