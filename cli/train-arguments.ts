import { type Command, Option } from 'commander';
import { ParamError } from '../ml/core/errors.ts';
import { HOW_TO_DECLARE } from '../ml/data/how-to-declare.ts';
import { checkOutputs } from './output.ts';

/** Answers what people try who have a CSV and no declaration, and keeps a result from overwriting what it is made from. */
export function withCheckedArguments(command: Command): Command {
  return command
    .allowExcessArguments()
    .addOption(new Option('--target <column>').hideHelp())
    .hook('preAction', async ({ args: [first] }, train) => {
      const { target, json, data, params, holdoutRows } = train.opts<Record<string, string | undefined>>();
      if (first !== undefined) throw new ParamError(`"${first}" belongs to no option. ${HOW_TO_DECLARE}`);
      if (target !== undefined)
        throw new ParamError(
          `the target is declared, not given: "target": "${target}" in dataset.json. ${HOW_TO_DECLARE}`,
        );
      await checkOutputs({ '--json': json }, { '--data': data, '--params': params, '--holdout-rows': holdoutRows });
    });
}
