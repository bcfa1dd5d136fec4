/** The texts of a column, numbered as they come; a table holds their numbers. */
export class TextNumbers {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a text, NaN where it is blank. Spaces around it do not count, nor how its accents are written. */
  readonly numberOf = (text: string): number => {
    const trimmed = text.trim().normalize();
    if (trimmed === '') return Number.NaN;
    const known = this.#numbers.get(trimmed);
    if (known !== undefined) return known;
    this.#numbers.set(trimmed, this.texts.length);
    return this.texts.push(trimmed) - 1;
  };
}
