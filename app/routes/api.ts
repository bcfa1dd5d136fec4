import express, { Router } from 'express';
import type { Predictor } from '../../ml/index.ts';
import { HttpError, onlyMethods } from '../errors.ts';

const BODY_LIMIT = '1mb';

/** `POST /predictions`: a record gives a prediction, an array of records an array of predictions. */
export function apiRoutes(predictor: Predictor): Router {
  const { release, target } = predictor;
  const answer = (prediction: number) => ({ prediction, target: target.name, release });
  return Router()
    .post('/predictions', express.json({ limit: BODY_LIMIT, strict: false }), ({ body }, response) => {
      if (body === undefined) throw new HttpError(415, 'Send JSON, with Content-Type: application/json.');
      if (Array.isArray(body)) response.json(Array.from(predictor.predictAll(body), answer));
      else response.json(answer(predictor.predict(body)));
    })
    .all('/predictions', onlyMethods('POST'));
}
