import type { ReleaseOverview } from '../../../ml/report/index.ts';

/** What the view of the model draws. */
export interface ModelPage {
  readonly title: string;
  readonly description: string | undefined;
  readonly notice: string | undefined;
  readonly target: string;
  readonly facts: readonly { readonly label: string; readonly value: string; readonly isCode?: boolean }[];
  readonly hasReport: boolean;
  readonly sections: ReleaseOverview['sections'];
}
