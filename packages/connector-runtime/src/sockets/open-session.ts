import { ConnectorError, MillwrightError, UserError, type JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import { toEgressError, type Egress, type GuardedSocket } from '@millwright/egress';
import type { ServerAddress, SocketRequest, SocketSession } from '@millwright/node-sdk';
import type { RuntimePorts } from '../exchange.ts';
import { openFieldsOf, type CredentialRef, type LentCredential } from '../lender.ts';
import { checkHost } from '../request/build-request.ts';
import { maskOf } from '../mask.ts';

/** What one call of a node brings to its sessions. */
export interface SocketCall {
  readonly credential: CredentialRef;
  /** Whether the node may change something. */
  readonly isWrite: boolean;
  /** Stores that a write leaves; see `NodeCall.beforeSend`. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** What sessions are made of. */
export type SocketPorts = Pick<RuntimePorts, 'lender'> & { readonly egress: Partial<Pick<Egress, 'connect'>> };

type Use<T> = (session: SocketSession) => Promise<T>;

function unavailable(what: string): UserError {
  return new UserError('forbidden', {
    code: 'credential_unavailable',
    message: `this process ${what}`,
    hint: 'Ask an admin: connections are switched off here.',
    details: { sent: false },
  });
}

/** One session with one lent credential. */
class Session<T> {
  /** The server refused the sign-in, and nothing had begun: another credential may be let in. */
  isRefused = false;
  #hasBegun = false;
  readonly #request: SocketRequest;
  readonly #call: SocketCall;
  readonly #use: Use<T>;

  constructor(request: SocketRequest, { call, use }: { readonly call: SocketCall; readonly use: Use<T> }) {
    this.#request = request;
    this.#call = call;
    this.#use = use;
  }

  async run(connect: Egress['connect'], lent: LentCredential): Promise<T> {
    const { protocol, timeoutMs, opensTls } = this.#request;
    const server = this.#request.server(openFieldsOf(lent));
    const { host, port, ca } = server;
    checkHost(`https://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}`, lent.hosts, 'the connection');
    const tls = opensTls(server) ? { tls: ca === undefined ? {} : { ca } } : {};
    const guarded = await connect({ protocol, host, port, timeoutMs, signal: this.#call.signal, ...tls });
    try {
      return maskOf(lent).data(
        await this.#use({ socket: guarded.socket, server, fields: lent.fields, begin: (what) => this.#begin(what) }),
      );
    } catch (thrown) {
      this.isRefused = !this.#hasBegun && thrown instanceof ConnectorError && thrown.kind === 'auth';
      throw maskOf(lent).failure(this.#meaningOf(thrown, { guarded, server }));
    } finally {
      guarded.close();
    }
  }

  async #begin(what: JsonValue): Promise<void> {
    if (!this.#call.isWrite) {
      throw new UserError('invalid', {
        code: 'effect_mismatch',
        message: `a node that only reads may not change anything by ${this.#request.protocol}`,
        hint: "Declare the node's effect as 'write'.",
        details: { sent: false },
      });
    }
    await this.#call.beforeSend(hashJson({ protocol: this.#request.protocol, what }));
    this.#hasBegun = true;
  }

  /** The bound that ended the session says more than what the protocol's client made of it, unless that knows that nothing was done. */
  #meaningOf(thrown: unknown, { guarded, server }: { readonly guarded: GuardedSocket; readonly server: ServerAddress }): unknown {
    const isDefinite = thrown instanceof MillwrightError && thrown.details?.['sent'] === false;
    const ended = guarded.failure();
    if (ended !== null) {
      const { code, message, hint, retry, kind, details } = ended;
      return new ConnectorError(kind, { code, message, hint, retry, details: { ...details, sent: this.#hasBegun && !isDefinite } });
    }
    if (thrown instanceof MillwrightError) return thrown;
    const hasCode = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string';
    if (!hasCode && !guarded.socket.destroyed) return thrown;
    return toEgressError(thrown, server.host, this.#hasBegun ? 'sending' : 'connecting');
  }
}

/**
 * Lends the credential, opens a guarded socket to the server that it names, and lets `use` speak; a refused sign-in renews the credential
 * once, which for a password means that a person must act.
 * @throws UserError `host_not_listed`, `egress_…`, `credential_unavailable`; ConnectorError; what `use` throws, without the secrets
 */
export async function openSession<T>(
  ports: SocketPorts,
  request: SocketRequest,
  own: { readonly call: SocketCall; readonly use: Use<T> },
): Promise<T> {
  const { lender, egress } = ports;
  const { connect } = egress;
  const { credential } = own.call;
  if (lender === undefined) throw unavailable('lends no credentials');
  if (connect === undefined) throw unavailable('opens no sockets');
  for (let isRenewed = false; ; isRenewed = true) {
    const session = new Session(request, own);
    let generation = 0;
    try {
      return await lender.lend(credential, (lent) => {
        generation = lent.generation;
        return session.run(connect, lent);
      });
    } catch (thrown) {
      if (isRenewed || !session.isRefused) throw thrown;
      await lender.renew(credential, generation);
    }
  }
}
