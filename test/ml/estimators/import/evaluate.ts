import type { ImportedLink, ImportedModel } from '../../../../ml/estimators/import/imported-model.ts';
import { inputFiller } from '../../../../ml/estimators/import/model-input.ts';
import { leafFor } from '../../../../ml/trees/trees.ts';

/** The plainest way to what an imported model predicts: a number for each row and output. */
export function evaluate(model: ImportedModel, data: Float64Array): number[][] {
  const { features, body, bases, link, linkScale = 1 } = model;
  const fillers = body.inputs.map(inputFiller);
  const rows: number[][] = [];
  for (let at = 0; at < data.length; at += features.length) {
    const inputs = Float64Array.from(fillers, (fill) => fill(data, at));
    const sums = bases.map((base, k) => base + sumOf(body, inputs, k, bases.length));
    rows.push(
      linked(
        link,
        sums.map((sum) => sum * linkScale),
      ),
    );
  }
  return rows;
}

function sumOf(body: ImportedModel['body'], inputs: Float64Array, output: number, outputs: number): number {
  if (body.kind === 'linear')
    return inputs.reduce((sum, input, j) => sum + input * (body.weights[j * outputs + output] as number), 0);
  const { trees } = body;
  const roots = trees.roots.filter((_, t) => t % outputs === output);
  return roots.reduce((sum, root) => sum + (trees.threshold[leafFor(trees, root, inputs, 0)] as number), 0);
}

const logistic = (sum: number) => 1 / (1 + Math.exp(-sum));

function shares(values: number[]): number[] {
  const total = values.reduce((a, b) => a + b);
  return values.map((value) => value / total);
}

function linked(link: ImportedLink, sums: number[]): number[] {
  const most = Math.max(...sums);
  switch (link) {
    case 'identity':
      return sums;
    case 'exp':
      return sums.map(Math.exp);
    case 'logistic':
      return sums.map(logistic);
    case 'softmax':
      return shares(sums.map((sum) => Math.exp(sum - most)));
    case 'one-vs-all':
      return shares(sums.map(logistic));
    case 'normalised':
      return shares(sums.map((sum) => Math.max(sum, 0)));
    case 'sign':
      return sums.map((sum) => Number(sum > 0));
    case 'signed-square':
      return sums.map((sum) => Math.sign(sum) * sum ** 2);
    case 'softplus':
      return sums.map((sum) => Math.log1p(Math.exp(sum)));
  }
}
