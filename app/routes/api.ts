import express, { Router } from 'express';
import type { Predictor } from '../../ml/index.ts';
import { onlyMethods } from '../errors.ts';
import { HttpError } from '../problem.ts';

const BODY_LIMIT = '1mb';

/** `POST /predictions`: a record gives a prediction, an array of records an array of predictions. */
export function apiRoutes(predictor: Predictor): Router {
  const { release, target, features } = predictor;
  const answer = (prediction: number) => ({ prediction, target: target.name, release });
  return Router()
    .post('/predictions', express.text({ limit: BODY_LIMIT, type: 'json' }), ({ body: text }, response) => {
      if (typeof text !== 'string')
        throw new HttpError('Send JSON in the body, with Content-Type: application/json.', { status: 415 });
      const body = parseJson(text);
      const records = Array.isArray(body) ? body : [body];
      const answers = Array.isArray(body)
        ? Array.from(predictor.predictAll(body), answer)
        : answer(predictor.predict(body));
      // What was predicted has exactly these keys, and JSON.parse keeps the last of two alike.
      if (countKeys(text) !== records.length * features.length)
        throw new HttpError('A field is there twice.', { status: 400 });
      response.json(answers);
    })
    .all('/predictions', onlyMethods('POST'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError('The body is not valid JSON.', { status: 400, cause: error });
  }
}

/** How many keys a JSON text has: its colons outside strings. */
function countKeys(text: string): number {
  let count = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') quoted = !quoted;
    else if (!quoted) count += Number(character === ':');
    else if (character === '\\') i++;
  }
  return count;
}
