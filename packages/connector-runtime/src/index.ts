export { decodeAnswer } from './answer/decode-answer.ts';
export { durationMs } from '@millwright/node-sdk';
export { createConnectorRuntime, type ConnectorRuntime, type RuntimeOptions, type SignedCall } from './create-runtime.ts';
export type { CallPorts } from './execute-action.ts';
export type { CredentialLender, CredentialRef, LentCredential } from './lender.ts';
export { maskOfSecrets } from './mask.ts';
export type { Sleep } from './limits/limiter.ts';
export type { Option, OptionsRequest } from './load-options.ts';
export type { Poll, PollState } from './triggers/poll.ts';
export {
  isWantedEvent,
  receiveAppDelivery,
  receiveDelivery,
  type AppEvent,
  type Received,
  type ReceiveContext,
  type TriggerEvent,
} from './triggers/receive.ts';
export type { Kept, Subscriber, Subscriptions } from './triggers/subscription.ts';
export type { Delivery, DeliverySecrets } from './triggers/verify.ts';
export { readPages } from './pages/read-pages.ts';
export { withPage } from './pages/with-page.ts';
export { requestHashOf, type UnsignedRequest } from './request/build-request.ts';
export { encodeBody } from './request/encode-body.ts';
export type { SocketCall } from './sockets/open-session.ts';
