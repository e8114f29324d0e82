# The whole instance in one process on SQLite. Build from the root of the repository:
#   docker build --file infra/images/core.Dockerfile --tag dulian/core .

# Builds the web application; nothing of this stage but its result is shipped.
FROM node:26-bookworm-slim AS web
WORKDIR /build
RUN npm install --global pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile --filter '@dulian/web...' && pnpm --filter @dulian/web run build

FROM node:26-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    DULIAN_HOST=0.0.0.0 \
    DULIAN_PORT=7100 \
    DULIAN_DATA=/data
# TypeScript runs unbuilt by type stripping, so the workspace keeps its layout: Node strips no types under node_modules.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .pnpmfile.cjs LICENSE NOTICE ./
COPY contracts contracts
COPY packages packages
COPY services services
RUN npm install --global pnpm@12.21.0 \
    && pnpm install --frozen-lockfile --prod --filter '@dulian/standalone...' \
    && npm uninstall --global pnpm \
    # The pinned Node of the workspace is for machines without this image.
    && rm -rf node_modules/node-linux-* node_modules/.pnpm/node-linux-* /root/.cache /root/.local services/portal/web \
    && mkdir /data && chown node:node /data
COPY --from=web /build/services/portal/web/dist services/portal/web/dist
USER node
VOLUME /data
EXPOSE 7100
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.DULIAN_PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell in between: the process itself is told to stop and finishes what is in flight.
CMD ["node", "services/standalone/src/main.ts"]
