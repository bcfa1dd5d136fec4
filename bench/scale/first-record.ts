import { join } from 'node:path';
import { featuresOf, readDeclaration } from '../../ml/data/declaration.ts';
import type { FeatureRecord } from '../../ml/data/record.ts';
import { openRows } from '../../ml/data/sources/row-source.ts';

/** The features of a data set's first row, as the API takes them. @param dataset the folder that holds dataset.json */
export async function firstRecord(dataset: string): Promise<FeatureRecord> {
  const declaration = await readDeclaration(dataset);
  const { header, rows } = await openRows(join(dataset, declaration.file), declaration);
  for await (const { cells } of rows) {
    const fields = featuresOf(declaration).map(
      ({ name, kind, header: own = name }): [string, string | number | null] => {
        const text = cells[header.indexOf(own)] as string;
        return [name, text === '' ? null : kind === 'numeric' ? Number(text) : text];
      },
    );
    return Object.fromEntries(fields);
  }
  throw new Error(`${dataset} has no rows`);
}
