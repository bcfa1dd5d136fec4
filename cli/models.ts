import { Command } from 'commander';
import { estimatorNamed, estimatorNamesOf } from '../ml/estimators/index.ts';
import { allowedParam } from '../ml/estimators/params.ts';
import { jsonOption, printerBeside, textTable, writeJson } from './output.ts';

export function modelsCommand(): Command {
  return new Command('models')
    .description('List every estimator with its parameters, their defaults and ranges.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run models\n  npm run models -- --json models.json')
    .action(async ({ json }: { json?: string }) => {
      const print = await printerBeside(json);
      const models = estimatorNamesOf('regression').map((model) => {
        const { title, params } = estimatorNamed(model, 'regression');
        return { model, title, params };
      });
      for (const { model, title, params } of models) {
        print(`${model}: ${title}`);
        const rows = Object.entries(params).map(([name, spec]) => [
          `  ${name}`,
          String(spec.default),
          allowedParam(spec),
          spec.description,
        ]);
        print(rows.length > 0 ? textTable(['  parameter', 'default', 'range', 'meaning'], rows) : '  no parameters');
        print('');
      }
      await writeJson(json, models);
    });
}
