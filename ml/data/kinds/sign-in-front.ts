/**
 * A number's text with its sign in front, as programs write it. Several languages write "−5" with the sign of mathematics, and accounts
 * "1,234.50-"; without decimals that would be a grade.
 */
export const signInFront = (text: string): string =>
  text.replaceAll('\u2212', '-').replace(/^([^\s+-].*[.,]\d+)-$/, '-$1');
