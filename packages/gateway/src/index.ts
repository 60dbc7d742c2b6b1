import { Router } from 'express';
import { appEventsHandler } from './app-events.ts';
import { echoHandler } from './echo.ts';
import { GATEWAY_LIMITS, type GatewayLimits, type GatewayPorts } from './ports.ts';
import { proofEchoHandler } from './proof-echo.ts';
import type { ReplyWaiters } from './replies.ts';
import { webhookHandler } from './webhook.ts';

export { Admission, LoopDelay, type AdmissionGauges, type AdmissionLimits } from './admission.ts';
export { Backlog, type BacklogLimits } from './backlog.ts';
export type {
  AnswerMode,
  AppAddress,
  AppJudgedDelivery,
  Deliveries,
  GatewayLimits,
  GatewayPorts,
  JudgedDelivery,
  KnownDelivery,
  ResolvedEndpoint,
  RunStart,
  RunStarter,
  ServiceDelivery,
  TriggerReceiver,
} from './ports.ts';
export { ReplyWaiters } from './replies.ts';
export { startOfEvent, type TriggerEvent } from './trigger-events.ts';

/** The gateway's routes: `/hooks/:endpointId`, `/hooks/apps/:workspaceId/:connectorKey` and the built-in echo at `/echo`. Errors go to the app's error handler. */
export function createGateway(ports: GatewayPorts, replies: ReplyWaiters, limits: Partial<GatewayLimits> = {}): Router {
  const router = Router();
  const bounds = { ...GATEWAY_LIMITS, ...limits };
  router.all('/hooks/:endpointId', webhookHandler(ports, replies, bounds));
  router.all('/hooks/apps/:workspaceId/:connectorKey', appEventsHandler(ports, bounds));
  if (ports.proofs) router.post('/echo/proof/:proofId/:effect', proofEchoHandler(ports.proofs));
  router.all('/echo{/*rest}', echoHandler());
  return router;
}
