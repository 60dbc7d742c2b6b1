/** Stands in for the server in tests of the supervisor: answers HTTP, tells by IPC, stops when asked. */
import { createServer } from 'node:http';

if (process.env.FAKE_SERVER === 'fails') {
  process.send({ type: 'failed', message: 'The migration 0007 failed.', hint: 'Restore the backup.' });
  setInterval(() => undefined, 1_000);
} else {
  const server = createServer((_request, response) => {
    const { DATABASE_URL, TEMPORAL_ADDRESS, MILLWRIGHT_ROLE, MILLWRIGHT_DATA, MILLWRIGHT_WEB_DIST } = process.env;
    response.end(
      JSON.stringify({ pid: process.pid, DATABASE_URL, TEMPORAL_ADDRESS, MILLWRIGHT_ROLE, MILLWRIGHT_DATA, MILLWRIGHT_WEB_DIST }),
    );
  });
  server.listen(Number(process.env.MILLWRIGHT_PORT), '127.0.0.1', () =>
    process.send({ type: 'ready', url: `http://127.0.0.1:${process.env.MILLWRIGHT_PORT}` }),
  );
  process.on('SIGTERM', () => {
    if (process.env.FAKE_SERVER !== 'stubborn') process.exit(0);
  });
}
