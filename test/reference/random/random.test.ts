import { describe, expect, test } from 'vitest';
import { askOurs, type Reply } from '../../../bench/random/ask.ts';
import { drawProblem } from '../../../bench/random/draw-problem.ts';
import { familyNames, isExact } from '../../../bench/random/families.ts';
import { judgeEach, judgeMeans } from '../../../bench/random/judge.ts';
import { digestOf } from '../../../bench/random/problem.ts';
import { isRecorded, PROBLEMS, type RecordedAnswer, recordedAnswers, SEED } from './recorded.ts';

/** Seeds of ours, where a mean is compared. */
const SEEDS = 20;

describe.each(familyNames.filter(isRecorded))('%s', (family) => {
  const { answers } = recordedAnswers(family);

  test('there is an answer to every problem', () => {
    expect(answers).toHaveLength(PROBLEMS);
  });

  test.each(answers.map((answer, index) => ({ index, answer })))(
    'agrees with its reference on problem $index',
    ({ index, answer }) => {
      const problem = drawProblem(family, SEED, index);
      const { params, x, holdoutX } = problem;
      const drawn = `what is drawn has changed: node test/reference/random/record.ts PYTHON ${family}`;
      expect(digestOf(problem), drawn).toBe(answer.digest);
      const ours = askOurs(problem, { from: 0, to: isExact(problem) ? 1 : SEEDS });
      const verdict = judge(problem, ours, answer);
      const told = `${JSON.stringify(params)}, ${x.rows} rows of ${x.columns}, ${holdoutX.rows} held out: ${verdict.why}`;
      expect(verdict.kind, told).not.toBe('disagreed');
    },
  );
});

function judge(problem: Parameters<typeof judgeEach>[0], ours: Reply, answer: RecordedAnswer) {
  if ('refused' in answer) return judgeEach(problem, ours, answer);
  if ('mean' in answer) return judgeMeans(problem, ours, answer);
  const predictions = [Float64Array.from(answer.predictions, (value) => value ?? Number.NaN)];
  return judgeEach(problem, ours, { predictions });
}
