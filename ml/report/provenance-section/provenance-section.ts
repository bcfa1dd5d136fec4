import type { Manifest } from '../../release/manifest.ts';
import { html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { htmlOf } from '../markdown-html.ts';
import { leftOut, wentInto } from './provenance.ts';

/** All that it takes to train this release again. */
export function provenanceSection(manifest: Manifest): Section {
  return {
    id: 'provenance',
    title: 'Provenance',
    content: html`<p>This report is a part of its release, beside the rows, the model and <code>manifest.json</code>, which has every score, parameter and version. The same data, seed and version give the same bytes, those of this page among them. To see whether they do, with the folder that this file lies in:</p>
<pre><code>npm run train -- --like FOLDER</code></pre>`,
    sections: [
      {
        id: 'provenance-training',
        title: 'What it was made from',
        content: htmlOf(wentInto(manifest), 'What the release was made from'),
      },
      { id: 'provenance-left-out', title: 'What was left out', content: htmlOf(leftOut(manifest)) },
    ],
  };
}
