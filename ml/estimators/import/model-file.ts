/** The bytes of a model's file, and what they are as text and as JSON: worked out when a format first asks, once for all of them. */
export class ModelFile {
  readonly bytes: Uint8Array;
  #text: string | null | undefined;
  #json: { readonly value: unknown } | null | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Strictly decoded; null where it is no UTF-8. */
  get text(): string | null {
    if (this.#text === undefined) this.#text = decode(this.bytes);
    return this.#text;
  }

  /** Null where it is none. */
  get json(): { readonly value: unknown } | null {
    if (this.#json === undefined) this.#json = this.text === null ? null : parse(this.text);
    return this.#json;
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parse(text: string): { readonly value: unknown } | null {
  // Of text that is no JSON nothing is parsed in vain.
  if (!/^\s*\{/.test(text)) return null;
  return parsed(text) ?? parsed(withoutNaN(text));
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** What XGBoost and Python write where JSON has nothing to say becomes null; texts stay. */
function withoutNaN(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g, (token) => (token.startsWith('"') ? token : 'null'));
}
