import { formatExact } from '../core/format-number.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Release } from '../release/read.ts';
import { declaredOtherwise } from './comparable.ts';
import type { Observation } from './observe.ts';
import type { Sample } from './profile.ts';

/** What is to be known of how rows were compared. */
export function notesOn(
  declaration: Declaration,
  { rows, dropped, weightless, effectiveRows }: Observation,
  release: Release | undefined,
  reference: Sample | undefined,
): string[] {
  const { target, weight, group } = declaration;
  const counted = rows - dropped - weightless;
  const by = [...(weight === undefined ? [] : ['weights']), ...(group === undefined ? [] : [`groups of ${group}`])];
  return [
    ...(release ? [] : ['there is no release to compare with: the declaration alone is checked']),
    ...(release && !reference
      ? [`release ${release.id} has no rows beside it, so the declaration alone is checked`]
      : []),
    ...(release && reference ? otherwise(release, declaration) : []),
    ...(dropped > 0 ? [`${formatExact(dropped)} rows have no ${target} and are left out, as training does`] : []),
    ...(weightless > 0 ? [`${formatExact(weightless)} rows have the weight 0 and are left out, as training does`] : []),
    ...(by.length > 0 && counted > 0
      ? [`by ${by.join(' and ')}, its rows tell as much as ${formatExact(Math.round(effectiveRows))} independent ones`]
      : []),
  ];
}

function otherwise({ id, manifest }: Release, declaration: Declaration): string[] {
  const differences = declaredOtherwise(manifest.dataset, declaration);
  return differences.length === 0
    ? []
    : [`release ${id} was trained by another declaration, and what is alike is compared (${differences.join('; ')})`];
}
