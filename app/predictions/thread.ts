// What a thread of the pool runs. It is given the release that is served, whatever has become of its files.

import '../parse-once.ts';
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { type LoadedRelease, predictorOf } from '../../ml/serving.ts';
import { type JsonQuestion, jsonAnswer, parseBody } from '../api/json-answer.ts';
import { type LinesQuestion, linesAnswer } from '../api/ndjson/lines-answer.ts';
import type { Tally } from '../api/tally.ts';
import { limitsOf } from '../limits.ts';
import { freeBytes } from '../owned-bytes.ts';
import type { ApiQuestion } from '../pages/api/origin-place.ts';
import type { FormAnswer, SentForm } from '../pages/form/answer.ts';
import type { ModelPages, ModelQuestion } from '../pages/model/model-pages.ts';
import type { CheckedRows, SentFile } from './checked-rows.ts';
import { type Refusal, refusalOf } from './refusal.ts';

const release = workerData as LoadedRelease;
const predictor = predictorOf(release);
const encoder = new TextEncoder();

/** What a thread answers: UTF-8, and what it is counted as. */
export interface AnswerBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly tally: Tally;
}

/** `jsonAnswer`, as UTF-8. */
export function answerJson({ body, isExplained }: JsonQuestion): ReturnType<typeof move> | Refusal {
  return refusing(() => {
    const parsed = parseBody(body);
    freeBytes(body.bytes);
    const { text, tally } = jsonAnswer(predictor, parsed, isExplained);
    return handedOver({ bytes: encoder.encode(text), tally });
  });
}

/** `linesAnswer`, as UTF-8. */
export function answerLines(question: LinesQuestion): ReturnType<typeof move> | Refusal {
  return refusing(() => {
    const { text, tally } = linesAnswer(predictor, question);
    freeBytes(question.bytes);
    return handedOver({ bytes: encoder.encode(text), tally });
  });
}

/** `formAnswer`. */
export async function answerForm(form: SentForm): Promise<FormAnswer | Refusal> {
  // Batches need no templates.
  const { formAnswer } = await import('../pages/form/answer.ts');
  return refusing(() => formAnswer(predictor, limitsOf(predictor), form));
}

/** `checkedRows`, of a file on the disk. */
export async function checkRows(file: SentFile): Promise<CheckedRows | Refusal> {
  const { checkedRows } = await import('./checked-rows.ts');
  return refusingLater(() => checkedRows(predictor, file));
}

/** `apiPage`. */
export async function apiPage(question: ApiQuestion): Promise<string> {
  const { apiPage: draw } = await import('../pages/api/api-page.ts');
  return draw(predictor, limitsOf(predictor), question);
}

/** `modelPages`. */
export async function modelPages(question: ModelQuestion): Promise<ModelPages> {
  const { modelPages: make } = await import('../pages/model/model-pages.ts');
  return make(release, question);
}

/** An answer whose bytes are handed over, not copied. */
function handedOver(answer: AnswerBytes): ReturnType<typeof move> {
  return move({
    get [transferableSymbol]() {
      return [answer.bytes.buffer];
    },
    get [valueSymbol]() {
      return answer;
    },
  });
}

function refusing<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    return refusalIn(error);
  }
}

async function refusingLater<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    return refusalIn(error);
  }
}

/** @throws the error where it is a bug */
function refusalIn(error: unknown): Refusal {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  return refusal;
}
