import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { TestCertificate } from '@millwright/testing';

/** A service that answers only who shows a certificate that it knows. */
export interface CertifiedService {
  readonly origin: string;
  /** Common names of who was answered, the oldest first. */
  readonly callers: readonly string[];
  /** From now on everybody is refused by an alert of TLS: `certificate_revoked`. */
  readonly refuseAll: () => Promise<void>;
  /** From now on these are known. */
  readonly know: (clients: readonly TestCertificate[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** RFC 8446 §6: a record of the kind alert, fatal, certificate_revoked. */
const REVOKED = Buffer.from([0x15, 3, 3, 0, 2, 2, 44]);

/** Starts one on the loopback. */
export async function startCertifiedService(own: TestCertificate, clients: readonly TestCertificate[]): Promise<CertifiedService> {
  const callers: string[] = [];
  let stop: () => Promise<void> = () => Promise.resolve();
  const serve = async (server: Server, port: number, end: () => void): Promise<number> => {
    await stop();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    stop = () => {
      end();
      return new Promise((resolve) => server.close(() => resolve()));
    };
    return (server.address() as AddressInfo).port;
  };
  const know = async (known: readonly TestCertificate[], port = 0): Promise<number> => {
    const asks = { requestCert: true, rejectUnauthorized: true, ca: known.map(({ cert }) => cert) };
    const server = createTlsServer({ key: own.key, cert: own.cert, ...asks }, (request, response) => {
      callers.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'b1' }));
    });
    return serve(server, port, () => server.closeAllConnections());
  };
  const port = await know(clients);
  const refuseAll = async (): Promise<void> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(REVOKED));
    });
    await serve(server, port, () => undefined);
  };
  return {
    origin: `https://127.0.0.1:${port}`,
    callers,
    refuseAll,
    know: async (known) => void (await know(known, port)),
    stop: () => stop(),
  };
}
