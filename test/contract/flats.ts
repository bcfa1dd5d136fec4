import { createRandom } from '../../ml/core/random.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import { type Table, takeRows } from '../../ml/data/table.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import type { FittedModel } from '../../ml/estimators/model.ts';
import { fitFeatures } from '../../ml/features/preprocess.ts';
import type { Recipe } from '../../ml/features/recipe.ts';
import { normal } from '../reference/data.ts';

const cities = ['Ulm', 'Bonn', 'Kiel', 'Trier', 'Jena', 'Hof'];

/** Numbers, categories and a date, of which some are missing; the target is skewed. */
export const flats: Declaration = {
  name: 'flats',
  title: 'Flats',
  file: 'flats.csv',
  target: 'rent',
  columns: [
    { name: 'area', title: 'Area', kind: 'numeric' },
    { name: 'rooms', title: 'Rooms', kind: 'numeric' },
    { name: 'city', title: 'City', kind: 'categorical', levels: cities },
    { name: 'heating', title: 'Heating', kind: 'categorical', levels: ['gas', 'heat pump', 'none'] },
    { name: 'built', title: 'Built', kind: 'date' },
    { name: 'rent', title: 'Rent', kind: 'numeric' },
  ],
};

/** @param most cities there are at most: others are levels that were not learned from */
function drawFlats(rows: number, most: number, seed: number): Table {
  const random = createRandom(seed);
  const known = (value: number) => (random.below(9) === 0 ? Number.NaN : value);
  const draw = (of: () => number) => Float64Array.from({ length: rows }, of);
  const columns = {
    area: draw(() => known(20 + 100 * random.uniform())),
    rooms: draw(() => known(1 + random.below(6))),
    city: draw(() => known(random.below(most))),
    heating: draw(() => known(random.below(3))),
    built: draw(() => known(random.below(15_000))),
  };
  const rent = draw(() => 0).map((_, i) => {
    const [area = 0, rooms = 0, city = 0, heating = 0] = [
      columns.area[i],
      columns.rooms[i],
      columns.city[i],
      columns.heating[i],
    ].map((value) => (value === undefined || Number.isNaN(value) ? 1 : value));
    return Math.exp(4 + 0.02 * area + 0.1 * rooms * ((city % 3) + heating) + 0.2 * normal(random));
  });
  return { rows, columns: new Map(Object.entries({ ...columns, rent })) };
}

const learnedFlats = drawFlats(150, 4, 1);
/** Flats of other cities too. */
export const otherFlats = drawFlats(60, 6, 2);

export const everyRecipe: readonly Recipe[] = [
  'target_encoding',
  'counts',
  'group_aggregates',
  'pairs',
  'log_columns',
  'date_parts',
  'level_order',
].map((recipe) => ({ recipe }));
export const logTarget: readonly Recipe[] = [{ recipe: 'log_target' }];

/** An estimator that has learned from the flats of one fold of three. */
export function flatPart(estimator: string, features: readonly Recipe[], fold = 0): FittedModel {
  const learner = estimatorNamed(estimator, 'regression');
  const { encoding, params: specs } = learner;
  const rows = Uint32Array.from({ length: learnedFlats.rows }, (_, i) => i).filter((i) => i % 3 !== fold);
  const table = takeRows(learnedFlats, rows);
  const { preprocessor, ...training } = fitFeatures({ declaration: flats, table, encoding, features, seed: 1 });
  const few = { n_estimators: 12, iterations: 12 };
  const params = paramsOf(
    estimator,
    'regression',
    Object.fromEntries(Object.entries(few).filter(([name]) => name in specs)),
  );
  return {
    estimator,
    task: 'regression',
    params,
    features,
    preprocessor,
    state: learner.fit({ ...training, params, seed: 1 }),
  };
}
