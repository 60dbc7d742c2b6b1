export type { MockAnswer } from './answer.ts';
export { ContractMock, REFUSAL_HEADER, type ContractMockOptions } from './contract-mock.ts';
export type {
  DecodedRequest,
  Fault,
  MockCall,
  MockPort,
  MockRequest,
  MockResponse,
  ReceivedRequest,
  Refusal,
  RefusalCode,
} from './exchange.ts';
export type { AcceptedRequest, OutsideRule, Scenario, ScenarioRule } from './rules.ts';
export { deliveries, type Delivery, type DeliveryOptions } from './scenarios/deliveries.ts';
export { answers, fails, rateLimited, type TimesOptions } from './scenarios/failures.ts';
export { pagesOf, type PageKind, type PagesOptions } from './scenarios/pages.ts';
export { refreshNeeded, type RefreshOptions, type RefreshScenario } from './scenarios/refresh.ts';
export { subscriptions, type SubscriptionOptions, type SubscriptionScenario } from './scenarios/subscription.ts';
export { serveMock, type ServedMock } from './serve.ts';
