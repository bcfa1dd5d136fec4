// What a Parquet file says of its own sizes is believed by nobody before memory is taken for it: a few bytes can claim billions of values.

import type { AsyncBuffer, FileMetaData, PageHeader, RowGroup } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';

/** Rows of a row group, as decoders of all languages hold them in memory at once; writers take a million by default. */
const MAX_GROUP_ROWS = 1 << 24;
/** Bytes of a page, unpacked; writers take one megabyte by default. */
const MAX_PAGE_BYTES = 1 << 28;
/** Bytes of the metadata: as much as tens of thousands of row groups and columns take. */
const MAX_METADATA_BYTES = 1 << 24;
/** The length of the metadata and the mark behind it. */
const FOOTER_BYTES = 8;

/** @throws Error where the metadata is too long to be read */
export async function checkFooter(file: AsyncBuffer): Promise<void> {
  if (file.byteLength < FOOTER_BYTES) return;
  const footer = await file.slice(file.byteLength - FOOTER_BYTES, file.byteLength);
  const length = new DataView(footer).getUint32(0, true);
  check(length <= MAX_METADATA_BYTES, `its metadata has ${length} bytes, where at most ${MAX_METADATA_BYTES} are read`);
}

/** @throws Error where the metadata contradicts itself, or the size of the file */
export function checkMetadata({ byteLength }: AsyncBuffer, metadata: FileMetaData): void {
  const { num_rows: rows, row_groups: groups } = metadata;
  const isNested = new Map(
    parquetSchema(metadata).children.map((each) => [each.element.name, each.children.length > 0]),
  );
  let sum = 0;
  for (const { num_rows, columns } of groups) {
    const own = Number(num_rows);
    check(own >= 0 && own <= MAX_GROUP_ROWS, `a row group has ${own} rows, where at most ${MAX_GROUP_ROWS} are read`);
    sum += own;
    for (const { meta_data: chunk } of columns) {
      if (chunk === undefined) continue;
      // The decoder would find out while it reads the columns before, for which nobody waited then.
      const [name = '', ...below] = chunk.path_in_schema;
      const isKnown = isNested.has(name) && (below.length === 0 || isNested.get(name) === true);
      check(isKnown, 'it has a column that its schema does not have');
      const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
      const length = Number(chunk.total_compressed_size);
      check(start >= 0 && length >= 0 && start + length <= byteLength, 'a column lies outside of the file');
    }
  }
  check(sum === Number(rows), `it is said to have ${rows} rows, and its row groups have ${sum}`);
}

/** @throws Error where a page of a row group is larger than it can be, or pages have another number of values than there are rows */
export async function checkPages(file: AsyncBuffer, { num_rows, columns }: RowGroup): Promise<void> {
  const rows = Number(num_rows);
  for (const { meta_data: chunk } of columns) {
    if (chunk === undefined) continue;
    const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
    const view = new DataView(await file.slice(start, start + Number(chunk.total_compressed_size)));
    const reader = { view, offset: 0 };
    let values = 0;
    while (values < rows && reader.offset < view.byteLength - 1) {
      const header = parquetHeader(reader);
      checkPage(header, view.byteLength - reader.offset, rows);
      values += (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
      reader.offset += header.compressed_page_size;
    }
    check(values === rows, `a column has ${values} values in a row group of ${rows} rows`);
  }
}

/** @param left how many bytes follow. @param rows of its row group */
function checkPage(header: PageHeader, left: number, rows: number): void {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked, dictionary_page_header: dictionary } = header;
  check(packed >= 0 && packed <= left, 'a page is cut short');
  check(
    unpacked >= 0 && unpacked <= MAX_PAGE_BYTES,
    `a page has ${unpacked} bytes, where at most ${MAX_PAGE_BYTES} are read`,
  );
  const values = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
  check(values >= 0 && values <= rows, `a page has ${values} values in a row group of ${rows} rows`);
  // A value of a dictionary takes a byte at least.
  if (dictionary)
    check(dictionary.num_values >= 0 && dictionary.num_values <= unpacked, 'a dictionary has more values than bytes');
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
