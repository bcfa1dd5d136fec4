import { featureKindOf, type Predictor } from '../../../../ml/serving.ts';
import { ALONG_FIELD } from '../submission.ts';
import { drawAlong } from './draw-along.ts';
import { predictionsAlong } from './predictions-along.ts';

/** Predictions along one input, which the reader chooses. */
export interface AlongPanel {
  readonly field: string;
  readonly options: readonly { readonly name: string; readonly title: string; readonly isChosen: boolean }[];
  /** HTML; undefined before anything is predicted. */
  readonly picture: string | undefined;
}

/**
 * @param chosen the name of a column, or anything else; the most important one stands for what is none
 * @param record what was predicted; undefined before
 * @returns undefined where no input has a range or levels to go along
 */
export function alongPanel(
  predictor: Predictor,
  chosen: string | undefined,
  record: Readonly<Record<string, unknown>> | undefined,
): AlongPanel | undefined {
  const { features, usual, manifest } = predictor;
  const possible = features.filter(
    (column) => featureKindOf(column).levels !== undefined || usual.get(column.name)?.range !== undefined,
  );
  const byName = new Map(possible.map((column) => [column.name, column]));
  const ranked = manifest.importance?.columns.find(({ column }) => byName.has(column))?.column;
  const column = byName.get(chosen ?? '') ?? byName.get(ranked ?? '') ?? possible[0];
  if (!column) return undefined;
  const along = record && predictionsAlong(predictor, record, column);
  return {
    field: ALONG_FIELD,
    options: possible.map(({ name, title }) => ({ name, title, isChosen: name === column.name })),
    picture: along && drawAlong(along, predictor).html,
  };
}
