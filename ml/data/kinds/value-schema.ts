/** The JSON Schema of a column's value in a record; null says that it is not known. */
export interface ValueSchema {
  readonly type?: readonly ['number' | 'integer' | 'string', 'null'];
  readonly enum?: readonly (string | boolean | null)[];
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly format?: 'date';
  readonly examples?: readonly string[];
}
