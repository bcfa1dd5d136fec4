// What client.ts is written against. A client that is made for a model has the types of that very model in the place of these.

/** What a prediction is made from. */
export type Input = Readonly<Record<string, number | string | boolean | null>>;

export interface Prediction {
  prediction: number | string;
  target: string;
  release: string;
}

export type Explanation = Prediction & { base: number };

export interface Model {
  release: string;
}

/** A file of rows that are predicted. */
export interface Batch {
  id: string;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
}

/** The address of a kind of error. */
type ProblemType = `/problems/${string}`;

export interface Problem {
  type: ProblemType;
  title: string;
  status: number;
  detail: string;
}
