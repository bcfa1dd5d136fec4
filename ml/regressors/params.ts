import { ParamError } from '../errors.ts';

/** A numeric parameter; `min` and `max` belong to the range. */
interface NumberSpec {
  readonly type: 'number' | 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly description: string;
}

/** A parameter that is one of a few words. */
interface ChoiceSpec {
  readonly type: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
  readonly description: string;
}

export type ParamSpec = NumberSpec | ChoiceSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The values that a regressor's `fit` receives: one for each of its parameters. */
export type ParamValues<P extends ParamSpecs = ParamSpecs> = ParamSpecs extends P
  ? Readonly<Record<string, number | string>>
  : { readonly [K in keyof P]: P[K] extends { readonly choices: readonly (infer C)[] } ? C : number };

/** What a parameter takes, in words: "a whole number from 1 to 1000", "uniform or distance". */
export function allowedParam(spec: ParamSpec): string {
  if (spec.type === 'choice') return spec.choices.join(' or ');
  return `a ${spec.type === 'integer' ? 'whole ' : ''}number from ${spec.min} to ${spec.max}`;
}

/**
 * Completes given values by the defaults.
 *
 * @throws ParamError if a parameter is unknown or its value is out of range.
 */
export function resolveParams(
  model: string,
  specs: ParamSpecs,
  given: Readonly<Record<string, unknown>> = {},
): ParamValues {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    const names = Object.keys(specs).join(', ') || 'none';
    throw new ParamError(`${model} has no parameter ${unknown}; it has: ${names}`);
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(given, name) ? given[name] : spec.default;
      if (!fits(spec, value)) {
        throw new ParamError(`${model}'s ${name} is ${JSON.stringify(value)}; it must be ${allowedParam(spec)}`);
      }
      return [name, value];
    }),
  );
}

function fits(spec: ParamSpec, value: unknown): value is number | string {
  if (spec.type === 'choice') return typeof value === 'string' && spec.choices.includes(value);
  if (typeof value !== 'number' || !(value >= spec.min && value <= spec.max)) return false;
  return spec.type === 'number' || Number.isInteger(value);
}
