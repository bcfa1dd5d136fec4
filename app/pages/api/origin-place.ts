/** Stands where the address of the service belongs, which a page that is drawn for everybody does not know. */
export const ORIGIN_PLACE = 'http://origin.invalid';

/** What is asked of the page about the API. */
export interface ApiQuestion {
  /** Whether the service asks for a key. */
  readonly hasKeys: boolean;
}
