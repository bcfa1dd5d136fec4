import { describe, expect, it } from 'vitest';
import { cityHash64 } from '../../../ml/core/city-hash.ts';
import { modelBytes } from '../estimators/import/answers.ts';

describe('hashes of texts', () => {
  it('are those of CatBoost, whatever the length', () => {
    const known: { value: string; hash: number }[] = JSON.parse(
      new TextDecoder().decode(modelBytes('catboost/hashes.json')),
    );
    expect(new Set(known.map(({ value }) => Buffer.byteLength(value))).size).toBeGreaterThan(140);
    expect(known.filter(({ value, hash }) => Number(cityHash64(value) & 0xffffffffn) !== hash)).toEqual([]);
  });

  it('of no bytes are there too', () => {
    expect(cityHash64('')).toBe(0x9ae16a3b2f90404fn);
  });
});
