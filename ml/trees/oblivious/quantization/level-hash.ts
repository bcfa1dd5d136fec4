const MASK = 2n ** 64n - 1n;

/**
 * By what the reference orders levels that are equally frequent, the lowest first: a hash of their names. Here only their codes
 * are known, so they are named by these; beyond three digits, and where missing, a level is after all others.
 *
 * Source: CatBoost 1.2, `CalcCatFeatureHash`; CityHash64 of up to three characters.
 */
export function levelHash(code: number): number {
  const name = String(code);
  if (name.length > 3) return 2 ** 32 + code;
  const at = (place: number) => BigInt(name.charCodeAt(place));
  const y = at(0) + (at(name.length >> 1) << 8n);
  const z = BigInt(name.length) + (at(name.length - 1) << 2n);
  const mixed = ((y * 0x9ae16a3b2f90404fn) & MASK) ^ ((z * 0xc949d7c7509e6557n) & MASK);
  return Number(((mixed ^ (mixed >> 47n)) * 0x9ae16a3b2f90404fn) & 0xffffffffn);
}
