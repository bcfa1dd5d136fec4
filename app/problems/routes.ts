import { type Response, Router } from 'express';
import type { Logger } from 'pino';
import { answerErrors, notFound, onlyMethods } from '../answer-errors.ts';
import { sendProblem } from '../api/problem.ts';
import { type ProblemName, problemAddress, problemTypes } from './problem-types.ts';

/**
 * `GET /problems/NAME`, the address that errors of a kind have: what it means, as text. `GET /problems` lists all. Errors are problem+json, as programs follow
 * addresses of errors.
 */
export function problemRoutes(logger: Logger): Router {
  const names = Object.keys(problemTypes) as ProblemName[];
  const send = (response: Response, told: readonly ProblemName[]) => {
    response.type('text/plain').send(`${told.map(inWords).join('\n\n')}\n`);
  };
  return Router()
    .get('/', (_request, response) => send(response, names))
    .get('/:name', ({ params }, response, next) => {
      const name = names.find((each) => each === params.name);
      if (name === undefined) next();
      else send(response, [name]);
    })
    .all('/', onlyMethods('GET'))
    .all(
      names.map((name) => `/${name}`),
      onlyMethods('GET'),
    )
    .use(notFound)
    .use(answerErrors(logger, sendProblem));
}

function inWords(name: ProblemName): string {
  const { status, title, meaning } = problemTypes[name];
  return `${problemAddress(name)}\n${status} ${title}\n\n${meaning}`;
}
