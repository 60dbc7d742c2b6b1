import type { AuthSpec } from './auth.ts';
import type { AppEvents } from './connector.ts';
import type { ErrorSpec } from './errors.ts';
import type { RequestTemplate } from './request.ts';

/** How a credential is tried out, and what is then said of it. */
export interface CredentialTest {
  readonly request: RequestTemplate;
  /** Over the answer: `Portal {{body.portalId}}`. Absent: that it works. */
  readonly show?: string;
}

/** A kind of credential as data: an entry of the catalog. */
export interface CredentialTypeInfo {
  /** Connector key, dot, name of the auth: `hubspot.oauth`. */
  readonly type: string;
  readonly connectorKey: string;
  readonly connectorTitle: string;
  /** The auth's label. */
  readonly title: string;
  readonly auth: AuthSpec;
  /** Hosts that may get it. */
  readonly hosts: readonly string[];
  /** Base of the test's address; may name fields as `{{auth.<name>}}`. */
  readonly baseUrl: string;
  readonly test: CredentialTest | null;
  /** How the test's answer is read. Absent: by its status. */
  readonly errors?: ErrorSpec;
  /** Headers of every request of the connector. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The connector's one address for events of all accounts. Absent: it has none. */
  readonly appEvents?: AppEvents;
}
