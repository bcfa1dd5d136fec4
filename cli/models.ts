import { Command, Option } from 'commander';
import { type TaskKind, taskKinds } from '../ml/data/task-kind.ts';
import { estimatorNamed, estimatorNames, estimatorNamesOf } from '../ml/estimators/index.ts';
import { allowedParam } from '../ml/estimators/params.ts';
import { jsonOption, printerBeside, textTable, writeJson } from './output.ts';

interface ModelsOptions {
  readonly task?: TaskKind;
  readonly json?: string;
}

export function modelsCommand(): Command {
  return new Command('models')
    .description('List every estimator with what it learns, its parameters, their defaults and ranges.')
    .addOption(new Option('--task <task>', 'only those that learn it (default: all)').choices(taskKinds))
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run models\n  npm run models -- --task binary --json models.json')
    .action(async ({ task, json }: ModelsOptions) => {
      const print = await printerBeside(json);
      const models = listed(task ? [task] : taskKinds);
      for (const { model, title, tasks, params } of models) {
        print(`${model}: ${title} (${tasks.join(', ')})`);
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

/** The estimators that learn any of these tasks, each once: a name may stand for one that learns numbers and one that learns classes. */
function listed(kinds: readonly TaskKind[]) {
  return estimatorNames.flatMap((model) => {
    const own = kinds
      .filter((kind) => estimatorNamesOf(kind).includes(model))
      .map((kind) => estimatorNamed(model, kind));
    return [...new Set(own)].map(({ title, tasks, params }) => ({ model, title, tasks, params }));
  });
}
