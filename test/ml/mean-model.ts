/** A model without columns, for what is said and written of any: it predicts one number. */
export const meanModel = (mean: number) => ({
  estimator: 'mean',
  task: 'regression' as const,
  params: {},
  features: [],
  preprocessor: { recipes: [], columns: [], target: null },
  state: { mean },
});
