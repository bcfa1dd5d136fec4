/** A page that people go to from every other. */
interface NavigationLink {
  readonly path: string;
  readonly title: string;
}

/** What stands at the top of every page, in this order: a line for each page that there is. */
export const navigation = [
  { path: '/', title: 'Predict' },
  { path: '/batch', title: 'Files' },
  { path: '/model', title: 'Model' },
  { path: '/api', title: 'API' },
] as const satisfies readonly NavigationLink[];

/** The address of a page in the navigation. */
export type NavigationPath = (typeof navigation)[number]['path'];
