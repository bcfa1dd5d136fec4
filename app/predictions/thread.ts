// What a thread of the pool runs. It is given the release that the server started with, whatever has become of its files.

import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import { type LoadedRelease, predictorOf } from '../../ml/index.ts';
import { type JsonQuestion, jsonAnswer, parseBody } from '../api/json-answer.ts';
import { limitsOf } from '../limits.ts';
import type { FormAnswer, SentForm } from '../pages/form/answer.ts';
import { type Refusal, refusalOf } from './refusal.ts';

const predictor = predictorOf(workerData as LoadedRelease);
const encoder = new TextEncoder();

/** `jsonAnswer`, as UTF-8; its bytes are handed over, not copied. */
export function answerJson({ body, isExplained }: JsonQuestion): ReturnType<typeof move> | Refusal {
  return refusing(() => move(encoder.encode(jsonAnswer(predictor, parseBody(body), isExplained))));
}

/** `formAnswer`. */
export async function answerForm(form: SentForm): Promise<FormAnswer | Refusal> {
  // Batches need no templates.
  const { formAnswer } = await import('../pages/form/answer.ts');
  return refusing(() => formAnswer(predictor, limitsOf(predictor), form));
}

function refusing<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}
