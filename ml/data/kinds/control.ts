/** What a form asks for a value by; how that looks is the page's. */
export type Control =
  /** One of some texts. */
  | { readonly control: 'select'; readonly options: readonly Option[] }
  /** One of two or three, all in sight. */
  | { readonly control: 'radio'; readonly options: readonly Option[] }
  | ({ readonly control: 'number'; readonly step: number | undefined } & Ends<number>)
  /** A date, or a date and time (UTC), in ISO 8601. */
  | ({ readonly control: 'date'; readonly hasTime: boolean } & Ends<string>)
  /** Any text; the example shows how it is written. */
  | { readonly control: 'text'; readonly example: string };

interface Option {
  /** What is sent. */
  readonly value: string;
  /** What people read. */
  readonly label: string;
}

interface Ends<End> {
  readonly min: End | undefined;
  readonly max: End | undefined;
}
