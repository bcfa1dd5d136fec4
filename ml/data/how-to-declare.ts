/** What somebody needs who has a CSV and no declaration. */
export const HOW_TO_DECLARE =
  'A CSV alone does not say what its columns mean: put it into a folder with a dataset.json that declares them ' +
  '(docs/guide/your-own-data.md), and train with --dataset that/folder';
