# The server with every role (MILLWRIGHT_ROLE chooses), and the built web app.
FROM node:24-trixie-slim AS source
WORKDIR /app
COPY . .

FROM source AS web
RUN npm ci --no-audit --no-fund
RUN cd apps/web && ../../node_modules/.bin/vite build

FROM source AS server
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY --from=web /app/apps/web/dist apps/web/dist
# What only tests use does not ship.
RUN rm -rf nodes/test-* packages/testing scripts/bench scripts/prove

FROM node:24-trixie-slim
# Walls around Code steps, and Python for those written in it. What the container has to allow for the walls: README.md, "In containers".
RUN apt-get update && apt-get install -y --no-install-recommends bubblewrap python3 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production MILLWRIGHT_DATA=/data MILLWRIGHT_WEB_DIST=/app/apps/web/dist
WORKDIR /app
COPY --from=server /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MILLWRIGHT_PORT ?? 4400}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/server/src/main.ts"]
