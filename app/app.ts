import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type ClientOf, clientOf } from './access/caller.ts';
import { type AnswerError, errorAnswerer } from './answer-errors.ts';
import { predictionsRoute, standsBeforeExpress } from './api/predictions-route.ts';
import { sendProblem } from './api/problem.ts';
import { proxyTrust } from './client-address.ts';
import type { Gate } from './gate.ts';
import { answerHealth, isHealthCheck, type Readiness } from './health.ts';
import { BusyError, HttpError } from './http-errors.ts';
import type { Jobs } from './jobs/jobs.ts';
import { LazyListener } from './lazy-listener.ts';
import { RequestLog } from './log/request-log.ts';
import { type Meter, noMeter } from './metrics/meter.ts';
import { sendErrorPage } from './pages/error-page.ts';
import type { Predictions } from './predictions/predictions.ts';
import { endUnread } from './unread-body.ts';

/** What is open to everybody, as often as they like: health, what errors mean, what a page is drawn with, and where people sign in. */
const OPEN = /^\/(?:healthz$|readyz$|problems(?:\/|$)|assets\/|sign-(?:in|out)$)/;
/** What programs ask for, who are told of errors as of problems. */
const API = /^\/(?:api(?:\/|$)|openapi\.json$)/;

export interface AppOptions {
  readonly predictions: Predictions;
  readonly logger: Logger;
  /** What `/readyz` says; a server that is draining keeps no connection alive. @default always ready */
  readonly readiness?: () => Readiness;
  /** Told of every request. @default nobody */
  readonly meter?: Meter;
  /** What requests have to pass. @default nothing */
  readonly gate?: Gate | undefined;
  /** Files that are predicted. @default none are taken */
  readonly jobs?: Jobs | undefined;
  /** Whether there is so much to do that requests are sent away. @default never */
  readonly isOverloaded?: () => boolean;
  /** Whose word counts of who asks, and by which scheme: as Express takes it. @default loopback */
  readonly proxies?: string;
}

/** A release, and all routes that follow from it. */
interface Served {
  readonly predictions: Predictions;
  /** `POST /api/predictions`, which most requests are. */
  readonly predict: RequestListener;
  /** All else but health checks, by Express: what it takes is loaded once somebody asks. */
  readonly others: LazyListener;
  /** How many requests are at it. */
  users: number;
}

/** The web application: reads no environment and does not listen, so that tests drive it in-process. */
export class App {
  readonly #options: AppOptions;
  readonly #readiness: () => Readiness;
  readonly #log: RequestLog;
  readonly #gate: Gate | undefined;
  readonly #clientOf: ClientOf;
  readonly #problem: AnswerError;
  readonly #page: AnswerError;
  #served: Served;

  constructor(options: AppOptions) {
    const { predictions, logger, readiness = () => 'ready', meter = noMeter, gate, proxies = 'loopback' } = options;
    const trusts = proxyTrust(proxies);
    this.#options = options;
    this.#readiness = readiness;
    this.#log = new RequestLog(logger, meter);
    this.#gate = gate;
    this.#clientOf = (request) => clientOf(request, trusts);
    this.#problem = errorAnswerer(logger, sendProblem);
    this.#page = errorAnswerer(logger, sendErrorPage);
    this.#served = this.#serve(predictions);
  }

  /** What answers requests now. */
  get predictions(): Predictions {
    return this.#served.predictions;
  }

  /** Takes a request. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const { url = '/' } = request;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const served = this.#served;
    const early = this.#earlyAnswer(request, path, served);
    served.users += 1;
    const logEnd = this.#log.follow(request, response, early && path);
    response.on('close', () => {
      logEnd();
      this.#leave(served);
      if (!request.complete) endUnread(request);
    });
    if (this.#readiness() === 'draining') response.setHeader('Connection', 'close');
    response.setHeader('Cache-Control', 'no-store');
    const answer = early ?? served.others.listener;
    if (this.#options.isOverloaded?.() && !OPEN.test(path))
      this.#refuse(API.test(path) ? this.#problem : this.#page, new BusyError(), request, response);
    else if (this.#gate === undefined || OPEN.test(path)) answer(request, response);
    else void this.#pass(this.#gate, request, response).then((passes) => passes && answer(request, response));
  };

  /** From now on these answer requests, by another release; those before are closed once what they are at is answered. */
  replace(predictions: Predictions): void {
    const before = this.#served;
    this.#served = this.#serve(predictions);
    if (before.users === 0) void before.predictions.close();
  }

  /** Loads what pages take, so that the first visitor does not wait for it. */
  async warm(): Promise<void> {
    const { others, predictions } = this.#served;
    await others.load();
    await predictions.emptyForm();
  }

  /** What answers a request before Express; undefined where nothing does. */
  #earlyAnswer(request: IncomingMessage, path: string, { predictions, predict }: Served): RequestListener | undefined {
    if (standsBeforeExpress(request, path, predictions)) return predict;
    if (!isHealthCheck(request, path)) return undefined;
    return (_, response) => answerHealth(response, path, this.#readiness(), predictions.predictor.release);
  }

  #serve(predictions: Predictions): Served {
    const { logger, proxies = 'loopback', jobs } = this.#options;
    const predict = predictionsRoute(predictions, this.#clientOf);
    return {
      predictions,
      predict: (request, response) => {
        response.setHeader('X-Content-Type-Options', 'nosniff');
        predict(request, response, (error) => this.#refuse(this.#problem, error, request, response));
      },
      others: new LazyListener(
        async () => {
          const { routesOf } = await import('./routes.ts');
          return routesOf({ predictions, logger, proxies, clientOf: this.#clientOf, jobs, signIn: this.#gate?.signIn });
        },
        (error, request, response) => this.#refuse(this.#page, error, request, response),
      ),
      users: 0,
    };
  }

  /** Whether a request may go on; one that may not is answered. */
  async #pass(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    try {
      await gate.pass(request);
      return true;
    } catch (error) {
      const path = request.url?.replace(/\?.*$/s, '') ?? '';
      const isApi = API.test(path) && !(path === '/api' && isForPeople(request));
      const isUnauthorized = error instanceof HttpError && error.problem === 'unauthorized';
      if (isUnauthorized && !isApi && isForPeople(request)) {
        response.writeHead(303, { Location: `/sign-in?to=${encodeURIComponent(request.url ?? '/')}` }).end();
      } else {
        if (isUnauthorized) response.setHeader('WWW-Authenticate', `${isApi ? 'Bearer' : 'Basic'} realm="Plumbline"`);
        this.#refuse(isApi ? this.#problem : this.#page, error, request, response);
      }
      request.resume();
      return false;
    }
  }

  #refuse(answer: AnswerError, error: unknown, request: IncomingMessage, response: ServerResponse): void {
    try {
      if (!answer(error, request, response)) response.destroy();
    } catch {
      // Not even that can be told.
      response.destroy();
    }
  }

  #leave(served: Served): void {
    served.users -= 1;
    if (served.users === 0 && served !== this.#served) void served.predictions.close();
  }
}

/** Whether a browser asks for a page, and so for a person: what brings a key is a program, or has been asked before. */
const isForPeople = ({ headers: { accept = '', authorization } }: IncomingMessage) =>
  authorization === undefined && accept.includes('text/html');
