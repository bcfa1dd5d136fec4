# One image is one version of code and model together. `npm run image` builds it, with its labels.
# Nothing in it is compiled to machine code, so the same file builds for amd64 and arm64, with BuildKit and without.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /plumbline
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
# What is there for editors and debuggers, and the nineteen other colours of the stylesheet.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -name '*.map' -o -name '*.md' \) -delete \
 && find node_modules/@picocss -type f ! -name pico.jade.min.css ! -name package.json -delete \
 && find node_modules -type d -empty -delete
# What is inside, for whoever has to answer for it. Without a time and a random number the same lock file gives the same bytes.
RUN npm sbom --package-lock-only --omit=dev --sbom-format=cyclonedx \
  | node -e 'const { serialNumber, ...sbom } = JSON.parse(require("fs").readFileSync(0)); delete sbom.metadata.timestamp; console.log(JSON.stringify(sbom, null, 2))' \
  >sbom.cdx.json

# The code of the server as a few modules, and beside them the files that it reads. What writes them is as the lock file says, and stays behind.
FROM dependencies AS code
RUN npm pkg set "devDependencies=$(node -p 'JSON.stringify({ rolldown: require("./package.json").devDependencies.rolldown })')" --json \
 && npm install --ignore-scripts --no-audit --no-fund --loglevel=error
COPY ml ml
COPY app app
RUN node app/bundle.ts built \
 && find ml app -name '*.ts' ! -path app/api/client/client.ts -delete && find ml app -type d -empty -delete \
 && mkdir /code && cp -a ml app built /code/

FROM node:24-bookworm-slim AS release
WORKDIR /plumbline
COPY package.json ./
COPY artifacts artifacts
# Which folder of artifacts/ has it: `npm run image` says so; otherwise it is that of the data set in package.json.
ARG RELEASES=""
# The one that is in use; training leaves it readable to its user alone. The link's name is ml/release/'s, which cannot run
# here, without its dependencies; a test reads what this copies.
RUN cd "artifacts/${RELEASES:-$(node -p 'path.basename(require("./package.json").plumbline.dataset)')}" && test -d current || { echo 'There is no release to put into the image. Train one: npm run train' >&2; exit 1; } \
 && mkdir /release && cp -a current "$(readlink current)" /release/ \
 && chmod -R a+rX /release

FROM node:24-bookworm-slim
WORKDIR /plumbline
# Whoever runs a container says by its ports who reaches it.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 ARTIFACTS=/plumbline/artifacts BATCHES=/batches NODE_COMPILE_CACHE=/plumbline/.compile-cache \
  MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=32768
COPY --from=dependencies /plumbline/ ./
COPY --from=code /code ./
# V8 takes only what was compiled under the same flags, and Node keeps it for each user by number; this is for the one below.
RUN node --max-semi-space-size=8 --min-semi-space-size=8 --memory-saver-mode built/compile-all.mjs && for kept in .compile-cache/*-0; do mv "$kept" "${kept%-0}-$(id -u node)"; done
COPY --from=release /release artifacts
# What deploys this image on a server without a runner; it runs outside of containers, and never in here.
COPY infra/host/*.sh infra/host/
# Files that are predicted: a volume, where the rest cannot be written to.
RUN mkdir /batches && chown node:node /batches
USER node
EXPOSE 8080
# From inside, where there is no curl: does the process answer?
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--min-semi-space-size=8", "--memory-saver-mode", "built/server.mjs"]
ARG COMMIT=""
ARG RELEASE=""
ARG HOLDOUT=""
LABEL org.opencontainers.image.title="Plumbline" \
      org.opencontainers.image.revision="$COMMIT" \
      plumbline.release="$RELEASE" \
      plumbline.holdout="$HOLDOUT"
