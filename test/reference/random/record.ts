// Asks the references anew what they say of the random problems that the tests know: node test/reference/random/record.ts PYTHON [FAMILY …]

import { writeFileSync } from 'node:fs';
import { findPeers, startPeers } from '../../../bench/peers/python.ts';
import { References } from '../../../bench/random/ask.ts';
import { drawProblem } from '../../../bench/random/draw-problem.ts';
import { familyNames, isExact } from '../../../bench/random/families.ts';
import { tiesOf } from '../../../bench/random/judge.ts';
import { meanScoreOf } from '../../../bench/random/mean-score.ts';
import { digestOf, type Problem } from '../../../bench/random/problem.ts';
import { otherAnswers } from '../../../bench/random/trial.ts';
import { answersFile, PROBLEMS, type RecordedAnswer, SEED } from './recorded.ts';

/** Seeds over which a mean is taken. */
const SEEDS = 40;

const [python, ...named] = process.argv.slice(2);
const peers = findPeers(python);
if (typeof peers === 'string') throw new Error(peers);
const references = new References(() => startPeers(peers));
try {
  for (const family of named.length > 0 ? named : familyNames) {
    console.error(`Asking for ${family} …`);
    const answers: RecordedAnswer[] = [];
    for (let index = 0; index < PROBLEMS; index++) answers.push(await record(drawProblem(family, SEED, index)));
    // A line for each, so that a change of one is a change of one line.
    const lines = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(',\n');
    const text = `{\n  "versions": ${JSON.stringify(peers.versions)},\n  "answers": [\n${lines}\n  ]\n}\n`;
    writeFileSync(answersFile(family), text);
  }
} finally {
  references.close();
}

async function record(problem: Problem): Promise<RecordedAnswer> {
  const digest = digestOf(problem);
  const exact = isExact(problem);
  const answer = await references.ask(problem, { from: 0, to: exact ? 1 : SEEDS });
  if (answer.refused !== undefined) return { digest, refused: answer.refused };
  if (!exact) return { digest, ...meanScoreOf(problem, answer) };
  const ties = tiesOf(problem, [answer, ...(await otherAnswers(problem, references))]);
  const first = answer.predictions[0] ?? new Float64Array();
  const outputs = first.length / ties.length;
  const predictions = Array.from(first, (value, i) => (ties[Math.floor(i / outputs)] === 1 ? null : value));
  return { digest, predictions };
}
