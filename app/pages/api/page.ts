import type { Example } from './examples.ts';
import type { Shape } from './shapes.ts';

/** A parameter of a call, with the values that it may have. */
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** None where it may be any text. */
  readonly options: readonly string[];
  /** What is sent where nothing is chosen. @default nothing */
  readonly value: string | undefined;
}

/** A body of a type. */
interface Body {
  readonly type: string;
  readonly shape: string;
  /** What can be sent. @default nothing: a file, say */
  readonly example: string | undefined;
}

interface Answer {
  readonly status: string;
  readonly description: string;
  readonly bodies: readonly Omit<Body, 'example'>[];
  /** The names of the errors that it may be. */
  readonly problems: readonly string[];
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly bodies: readonly Body[];
  readonly answers: readonly Answer[];
}

interface Problem {
  readonly name: string;
  readonly address: string;
  readonly status: number;
  readonly title: string;
  /** Markdown's backticks mark what is code. */
  readonly meaning: string;
}

/** What the view of the API draws. */
export interface ApiPage {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly hasKeys: boolean;
  readonly examples: readonly Example[];
  readonly operations: readonly Operation[];
  readonly shapes: readonly Shape[];
  readonly problems: readonly Problem[];
}
