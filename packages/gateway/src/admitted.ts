import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { GatewayPorts } from './ports.ts';

/** A request on its way through. */
export interface Admitted {
  readonly request: Request;
  readonly response: Response;
  /** Says that what it brings is started, or will not be; it is said at the end at the latest. */
  readonly leave: () => void;
}

/** Takes requests on as far as there is room, before anything of them is read; every failure goes to the app's one error handler. */
export function admitted({ admission }: Pick<GatewayPorts, 'admission'>, work: (call: Admitted) => Promise<void>): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    let leave = (): void => undefined;
    try {
      leave = admission.enter();
    } catch (thrown) {
      next(thrown);
      return;
    }
    work({ request, response, leave }).catch(next).finally(leave);
  };
}
