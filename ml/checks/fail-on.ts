import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { root } from '../data/dataset-setting.ts';
import { type CheckName, checkNames, defaultFailOn } from './finding.ts';

const NONE = 'none';

/**
 * The checks that may fail: those that are given, else those that `plumbline.failOn` in package.json names, else all but duplicates.
 *
 * @param given names separated by commas, or "none"
 * @throws ParamError where there is no check of a name
 */
export function failOnOf(given?: string): readonly CheckName[] {
  if (given !== undefined && given.trim() !== '') return namesIn(given, '--fail-on');
  const { plumbline = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { failOn } = plumbline;
  return failOn === undefined ? defaultFailOn : namesIn(String(failOn), 'plumbline.failOn in package.json');
}

function namesIn(text: string, from: string): CheckName[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === NONE) return [];
  return names.map((name) => {
    const known = checkNames.find((check) => check === name);
    if (known === undefined)
      throw new ParamError(
        `${from} takes names of checks, separated by commas, or "${NONE}"; there is no check ${JSON.stringify(name)}, but ${checkNames.join(', ')}`,
      );
    return known;
  });
}
