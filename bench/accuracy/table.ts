/** A package of a registry, at the version whose files are known. */
export interface Package {
  readonly registry: 'PyPI' | 'npm';
  readonly name: string;
  readonly version: string;
}

/** A table inside a package, and what is predicted of it. Columns go by their names in the file. */
export interface TableDeclaration {
  readonly name: string;
  readonly title: string;
  readonly from: Package;
  /** Inside the package, in CSV or JSON; several stand side by side. */
  readonly files: readonly string[];
  /** Of the bytes of the files, one after the other. */
  readonly sha256: string;
  /** A regular expression between the cells of files that have no header. @default a comma, below a header */
  readonly separator?: string;
  /** The names of the columns, where the files have none. */
  readonly header?: readonly string[];
  readonly target: string;
  /** Columns that are left out, each with its reason. */
  readonly dropped: Readonly<Record<string, string>>;
  /** Columns of numbers that are codes. Others are numeric where all of their values are numbers. */
  readonly categories: readonly string[];
  /** How many rows have a target; the others are left out. */
  readonly rows: number;
}
