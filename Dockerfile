# Terakoya's images, one target for each kind, all from one build:
#
#   service   gateway, the subgraphs, rt (realtime), probe
#   worker    notes-worker, ocr-worker, ai-proxy
#   recorder  recording-worker: worker with ffmpeg
#   media     sfu: mediasoup and ffmpeg
#   app       the web app
#   jobs      migrate, account, secrets, backup, restore
#
#   docker build --target service -t terakoya/service .
#
# Nothing is downloaded besides npm packages and the distribution's packages, except the mediasoup worker's prebuilt
# program; --build-arg MEDIASOUP_BUILD=source compiles it here instead (eight minutes on two cores).
# --build-arg BASE_IMAGE names another base: a Debian with Node.js 24 and npm in it.
ARG BASE_IMAGE=node:24-bookworm-slim

# What npm needs to know, and nothing more: a change of a source does not install anything again.
FROM ${BASE_IMAGE} AS manifests
WORKDIR /app
ENV NPM_CONFIG_UPDATE_NOTIFIER=false
COPY package.json package-lock.json .npmrc ./
COPY common/package.json common/
COPY observability/package.json observability/
COPY gateway/package.json gateway/
COPY realtime/package.json realtime/
COPY media/package.json media/
COPY workers/package.json workers/
COPY web/package.json web/
COPY subgraphs/accounts/package.json subgraphs/accounts/
COPY subgraphs/assistant/package.json subgraphs/assistant/
COPY subgraphs/classes/package.json subgraphs/classes/
COPY subgraphs/files/package.json subgraphs/files/
COPY subgraphs/meetings/package.json subgraphs/meetings/
COPY subgraphs/notes/package.json subgraphs/notes/

# Everything that runs, compiled. No install script runs in any stage: what they bring, we do not need or bring ourselves.
FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts && rm -f node_modules/.bin/node
ENV PATH=/app/node_modules/.bin:$PATH
COPY . .
RUN node scripts/run.mjs scripts/build.ts

FROM build AS media-worker
ARG MEDIASOUP_BUILD=download
RUN if [ "$MEDIASOUP_BUILD" = source ]; then from=--from-source; fi \
  && worker="$(node scripts/run.mjs media/src/worker/main.ts $from)" \
  && install -D -m 0755 "$worker" /out/mediasoup-worker

# The packages that each kind needs at run time.
FROM manifests AS service-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=common --workspace=observability --workspace=gateway --workspace=realtime --workspace=subgraphs

FROM manifests AS worker-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=common --workspace=observability --workspace=workers

FROM manifests AS media-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=common --workspace=observability --workspace=media

FROM manifests AS jobs-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=common --workspace=subgraphs/accounts --include-workspace-root

# What all images have in common.
FROM ${BASE_IMAGE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Terakoya" \
  org.opencontainers.image.description="A self-hosted online school behind one federated GraphQL schema" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  SERVICE_VERSION=${VERSION} \
  APOLLO_TELEMETRY_DISABLED=true \
  NEXT_TELEMETRY_DISABLED=1
# Sources are root's and nobody writes to them; files that a service needs for a moment go to /tmp.
USER node
ENTRYPOINT ["node", "--enable-source-maps", "--require", "/app/dist/observability/preload.js"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/dist/common/health-check/main.js"]

# ffmpeg, and nothing else of the distribution.
FROM runtime AS runtime-with-ffmpeg
USER root
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
  apt-get update && apt-get install -y --no-install-recommends ffmpeg
USER node

FROM runtime AS service
COPY --from=service-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
CMD ["dist/gateway/src/main.js"]

FROM runtime AS worker
COPY --from=worker-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
CMD ["dist/workers/notes-worker/main.js"]

FROM runtime-with-ffmpeg AS recorder
COPY --from=worker-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
CMD ["dist/workers/recording-worker/main.js"]

FROM runtime-with-ffmpeg AS media
COPY --from=media-modules /app/node_modules ./node_modules
COPY --from=media-worker /out/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=build /app/dist ./dist
ENV MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker \
  MEDIASOUP_LISTEN_IP=0.0.0.0
CMD ["dist/media/src/main.js"]

FROM runtime AS app
COPY --from=build /app/dist/app ./
COPY --from=build /app/dist/common ./dist/common
COPY --from=jobs-modules /app/node_modules/zod ./dist/node_modules/zod
ENV PORT=3000 \
  HOSTNAME=0.0.0.0 \
  HEALTH_PATH=/
ENTRYPOINT ["node"]
CMD ["web/server.js"]

FROM runtime AS jobs
COPY --from=jobs-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/scripts/operations/migrate/main.js"]
HEALTHCHECK NONE
