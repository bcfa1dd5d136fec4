/** Letters that have no accent to lose, as Latin letters. */
const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
  },
  ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y' },
  ...{ ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', є: 'ye' },
  ...{
    α: 'a',
    β: 'b',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
};

/** A text in Latin letters without accents, as far as there is a simple way. */
function transliterated(text: string): string {
  return [...text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC')]
    .map((letter) => {
      const lower = letter.toLowerCase();
      const latin = letters[lower];
      if (latin === undefined) return letter;
      return lower === letter ? latin : latin.slice(0, 1).toUpperCase() + latin.slice(1);
    })
    .join('');
}

/** The words of a header as they are written, in Latin letters and digits: those of camelCase, snake_case and of sentences. */
export function headerWords(header: string): string[] {
  return transliterated(header)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '');
}

/** The same in lower case, to look for words that mean something. */
export const lowerWords = (header: string): string[] => headerWords(header).map((word) => word.toLowerCase());
