/** What the page says that asks for a key. */
export interface SignInPage {
  /** Where to go afterwards. */
  readonly to: string;
  /** Whether the key would travel in clear text. */
  readonly isClear: boolean;
  /** What was wrong with the last attempt. */
  readonly error: string | undefined;
  /** Whose key somebody signed in with already. */
  readonly name: string | undefined;
}
