/** What somebody needs who has a file and no declaration. */
export const HOW_TO_DECLARE =
  'A file alone does not say what its columns mean: npm run init -- FILE --target COLUMN makes a data set of it, a folder with a dataset.json ' +
  '(docs/guide/your-own-data.md), and --dataset names that folder';
