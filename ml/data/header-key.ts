/**
 * What makes headers alike: their letters, digits and marks, in any script, whatever the case, form and punctuation:
 * `Race/Ethnicity` is `race_ethnicity`, and `Body Mass (g)` is `body_mass_g`. A header of nothing but signs stands for itself.
 */
export function headerKey(header: string): string {
  const text = header.normalize('NFKC');
  const letters = text.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
  // Upper case first, so that ß is ss, and a sigma at the end of a word a sigma.
  return (letters === '' ? text.replace(/\s+/g, '') : letters.toUpperCase().toLowerCase()).normalize('NFKC');
}
