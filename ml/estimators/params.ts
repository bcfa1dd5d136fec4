import { ParamError } from '../core/errors.ts';

interface Spec {
  readonly description: string;
  /** Whether null is a value too: the reference's None. */
  readonly nullable?: true;
}

/** From where a search draws a number: evenly, or evenly in its logarithm. */
export interface SearchRange {
  readonly low: number;
  readonly high: number;
  readonly scale: 'linear' | 'log';
  /** In what the numbers are: in standard deviations of the target. @default in themselves */
  readonly unit?: 'target';
  /** Whether only whole numbers are drawn, of a parameter that takes others too. @default where it takes no others */
  readonly whole?: true;
  /** What a grid tries. @default the number stays at its default */
  readonly grid?: readonly number[];
}

/** What a search draws from, each alike. */
export interface SearchChoices<T> {
  readonly among: readonly T[];
  /** Whether a grid tries each. @default it stays at its default */
  readonly grid?: true;
}

/** A numeric parameter; `min` and `max` belong to the range. */
interface NumberSpec extends Spec {
  readonly type: 'number' | 'integer';
  readonly default: number | string | null;
  readonly min: number;
  readonly max: number;
  /** What it may be in place of a number: "sqrt". */
  readonly words?: readonly string[];
  /** What a search draws. @default it stays at its default */
  readonly search?: SearchRange;
}

/** A parameter that is one of a few words. */
interface ChoiceSpec extends Spec {
  readonly type: 'choice';
  readonly default: string | null;
  readonly choices: readonly string[];
  /** What a search draws. @default it stays at its default */
  readonly search?: SearchChoices<string>;
}

interface BooleanSpec extends Spec {
  readonly type: 'boolean';
  readonly default: boolean | null;
}

/** A parameter that gives numeric columns one of a few numbers each, by their names: `{"age": 1}`. */
interface ColumnsSpec extends Spec {
  readonly type: 'columns';
  readonly default: null;
  readonly nullable: true;
  readonly allowed: readonly number[];
}

export type ParamSpec = NumberSpec | ChoiceSpec | BooleanSpec | ColumnsSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
/** Numbers of columns, by their names. */
export type ColumnNumbers = Readonly<Record<string, number>>;
export type ParamValue = number | string | boolean | null | ColumnNumbers;

type ValueOf<S> =
  | (S extends { readonly type: 'boolean' }
      ? boolean
      : S extends { readonly type: 'columns' }
        ? ColumnNumbers
        : S extends { readonly choices: readonly (infer C)[] }
          ? C
          : number | (S extends { readonly words: readonly (infer W)[] } ? W : never))
  | (S extends { readonly nullable: true } ? null : never);

/** The values that an estimator's `fit` receives: one for each of its parameters. */
export type ParamValues<P extends ParamSpecs = ParamSpecs> = ParamSpecs extends P
  ? Readonly<Record<string, ParamValue>>
  : { readonly [K in keyof P]: ValueOf<P[K]> };

/** Parameters fixed by name, of some estimators: `{"xgboost": {"max_depth": 4}}`. */
export type GivenParams = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a parameter takes, in words: "a whole number from 1 to 1000", "uniform or distance". */
export function allowedParam(spec: ParamSpec): string {
  return [...allowedValues(spec), ...(spec.nullable ? ['null'] : [])].join(' or ');
}

function allowedValues(spec: ParamSpec): readonly string[] {
  switch (spec.type) {
    case 'choice':
      return spec.choices;
    case 'boolean':
      return ['true', 'false'];
    case 'columns':
      return [`an object of numeric columns, each ${spec.allowed.join(', ')}`];
    default:
      return [
        `a ${spec.type === 'integer' ? 'whole ' : ''}number from ${spec.min} to ${spec.max}`,
        ...(spec.words ?? []),
      ];
  }
}

/**
 * Completes given values by the defaults.
 *
 * @throws ParamError if a parameter is unknown or its value is out of range.
 */
export function resolveParams<P extends ParamSpecs>(
  model: string,
  specs: P,
  given: Readonly<Record<string, unknown>> = {},
): ParamValues<P> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    const names = Object.keys(specs).join(', ') || 'none';
    throw new ParamError(`${model} has no parameter ${unknown}; it has: ${names}`);
  }
  const values = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(given, name) ? given[name] : spec.default;
      if (!fits(spec, value)) {
        throw new ParamError(`${model}'s ${name} is ${written(value)}; it must be ${allowedParam(spec)}`);
      }
      return [name, value];
    }),
  );
  return values as ParamValues<P>;
}

// JSON has no NaN and no infinity, and would call both null.
const written = (value: unknown) => (typeof value === 'number' ? String(value) : JSON.stringify(value));

function fits(spec: ParamSpec, value: unknown): value is ParamValue {
  if (value === null) return spec.nullable === true;
  switch (spec.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value);
    case 'columns':
      return (
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.values(value).every((number) => spec.allowed.includes(number))
      );
    default:
      if (typeof value === 'string') return spec.words?.includes(value) === true;
      if (typeof value !== 'number' || !(value >= spec.min && value <= spec.max)) return false;
      return spec.type === 'number' || Number.isInteger(value);
  }
}
