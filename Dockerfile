# Two stages: what builds does not ship. Runs as an ordinary user; everything that changes lives in /data.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE image.lock ./
COPY digests digests
COPY bot bot
# Only what was locked, byte for byte; ours is built by what was locked with it.
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r image.lock \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && /venv/bin/pip uninstall --yes setuptools

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home sitrep && mkdir /data && chown sitrep /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 SITREP_DB=/data/sitrep.db
USER sitrep
WORKDIR /data
VOLUME /data
# The bot touches this file every few seconds while its loop, its store and its gateway are well.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, sys, time; sys.exit(time.time() - os.stat(os.environ['SITREP_DB'] + '.health').st_mtime > 60)"]
ENTRYPOINT ["sitrep"]
# Reads /data/config.toml when it is there; a new volume has none.
CMD ["run"]
