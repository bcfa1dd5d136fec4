// The commands that show a prediction or what a training came to, of a target whose levels are classes.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFlowers, writeLoans } from '../class-data.ts';
import { temporaryFolder } from '../temporary.ts';
import { json, run, trainedFolder } from './house-folder.ts';

const record = '{"income": 30, "debt": null, "purpose": "boat"}';
/** What signs alone tell apart, and what a column of the file reads like. */
const sums = ['<=50K', '>50K', 'not; known'];

const loans = trainedFolder(writeLoans, 'gradient_boosting');
const flowers = trainedFolder((folder) => writeFlowers(folder, sums), 'gradient_boosting');

describe('of two classes', () => {
  test('a record is told by its class and the probability of each, and written as the API answers', async () => {
    const { at, predict } = loans;
    const { stdout } = await predict('--record', record, '--json', at('a.json'));
    const answer = json(at('a.json'));
    expect(answer).toEqual({
      prediction: expect.stringMatching(/^(yes|no)$/),
      probabilities: { no: expect.any(Number), yes: expect.any(Number) },
      target: 'failed',
      release: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    const [first, , second, third] = stdout.split('\n');
    expect(first).toBe(`Failed: ${answer.prediction} (release ${answer.release})`);
    expect(second).toMatch(new RegExp(`^ {2}${answer.prediction} +[\\d.]+ % {2}█+$`));
    expect(third).toMatch(/^ {2}(yes|no) +[\d.]+ %( {2}█*)?$/);
  });

  test('--interval adds what it could be, --explain what moved the odds', async () => {
    const { at, predict } = loans;
    const set = await predict('--record', record, '--interval', '--json', at('set.json'));
    expect(Object.keys(json(at('set.json')))).toEqual(['prediction', 'probabilities', 'set', 'target', 'release']);
    expect(set.stdout).toMatch(
      /The model is sure enough of: \w+\.|It could be \w+( or yes)?\.|None of the classes is likely/,
    );
    const explained = await predict('--record', record, '--explain', '--json', at('why.json'));
    expect(json(at('why.json'))).toMatchObject({
      of: 'yes',
      method: expect.stringMatching(/^(exact|rescaled)$/),
      contributions: { debt: expect.any(Number) },
    });
    expect(explained.stdout).toMatch(
      /The model starts from [\d.]+ % for yes \(log-odds -?[\d.]+\)\. From there, in log-odds:/,
    );
    expect(explained.stdout).toMatch(/purpose +boat +\+[\d.]+ +× [\d.]+ {2}█+/);
  });

  test('a CSV gains the class and a column for each probability, beside those that read alike', async () => {
    const { at, predict } = loans;
    writeFileSync(at('in.csv'), 'income,debt,purpose,Probability yes\n30,25,boat,x\n30,25,yacht,y\n70,,home,z\n');
    const { code, stderr } = await predict(
      ...['--csv', at('in.csv'), '--out', at('out.csv'), '--interval', '--explain', '--json', at('csv.json')],
    );
    expect(code).toBe(0);
    const [header = '', first = '', second = '', third = ''] = readFileSync(at('out.csv'), 'utf8').split('\n');
    expect(header).toBe(
      'income,debt,purpose,Probability yes,prediction,probability_no,probability_yes_2,prediction_set,' +
        'explained_class,base,contribution_income,contribution_debt,contribution_purpose,outside,problem',
    );
    for (const [line, income, debt, purpose] of [
      [first, 30, 25, 'boat'],
      [third, 70, null, 'home'],
    ] as const) {
      await predict('--record', JSON.stringify({ income, debt, purpose }), '--explain', '--json', at('one.json'));
      const { prediction, probabilities, set, base } = json(at('one.json'));
      const cells = line.split(',').slice(4);
      expect(cells.slice(0, 6)).toEqual([
        prediction,
        String(probabilities.no),
        String(probabilities.yes),
        set.join('; '),
        'yes',
        String(base),
      ]);
    }
    expect(second).toMatch(/^30,25,yacht,y,{11}/);
    expect(json(at('csv.json'))).toMatchObject({
      rows: 3,
      predicted: 2,
      column: 'prediction',
      probabilities: { no: 'probability_no', yes: 'probability_yes_2' },
    });
    expect(stderr).toContain('The column probability_yes is called probability_yes_2');
  });

  test('the report tells scores, which classes are taken for which, and the curves', async () => {
    const folder = writeLoans(temporaryFolder());
    const training = join(folder, 'training.json');
    const untuned = ['--no-tune', '--models', 'gradient_boosting', '--json', training];
    await run('train', '--dataset', folder, '--artifacts', join(folder, 'artifacts'), ...untuned);
    const { code, stdout } = await run('report', '--training', training);
    expect(code).toBe(0);
    expect(stdout).toContain('**Released**');
    expect(stdout).toMatch(/\| log loss over the folds \|/);
    expect(stdout).toMatch(/\| actual class \| predicted no \| predicted yes \|/);
    expect(stdout).toMatch(/\| false positive rate \| recall \|/);
    expect(stdout).toContain('**How frequent each class is**');
  });

  test('releases are listed and shown by the task’s metrics', async () => {
    const { options } = loans;
    const listed = await run('releases', ...options);
    expect(listed.stdout).toMatch(/log loss 0\.\d{4}/);
    const shown = await run('releases', 'show', 'current', ...options);
    expect(shown.stdout).toMatch(/held-out rows +log loss 0\.\d+, skill 0\.\d+/);
    expect(shown.stdout).toMatch(/target +failed \(of interest: yes\)/);
  });
});

test('levels that a name of a column cannot hold are told with the columns of their probabilities', async () => {
  const { at, predict } = flowers;
  writeFileSync(at('in.csv'), 'width,height\n14,10\n8,13.4\n');
  const { stderr } = await predict('--csv', at('in.csv'), '--out', at('out.csv'), '--interval');
  const [header, first = ''] = readFileSync(at('out.csv'), 'utf8').split('\n');
  expect(header).toBe(
    'width,height,prediction,probability_50k_1,probability_50k_2,probability_not_known,prediction_set',
  );
  expect(first.split(',')[2]).toBe('<=50K');
  expect(stderr).toContain('The probability of <=50K is in the column probability_50k_1');
  expect(stderr).toContain('The probability of >50K is in the column probability_50k_2');
  expect(stderr).not.toContain('not; known');
});
