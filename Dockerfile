# Whose Word? in a container. Not built in CI, which has no Docker: the tests only read this file. Build and start it
# with `docker compose up`, see compose.yaml. Alone, on SQLite:
#   docker build --tag whose-word .
#   docker run --read-only --tmpfs /tmp --volume whose-word:/app/instance --publish 8000:8000 whose-word

FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv .venv
COPY requirements.lock .
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m whitenoise.compress --quiet static \
    && .venv/bin/python -m compileall -q quiz wsgi.py

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin whose-word \
    && install --directory --owner=whose-word /app/instance
COPY --from=build /app /app
WORKDIR /app
USER 10001
# Nothing is written but instance/ (SQLite and its secret, where no DATABASE_URL is given) and /tmp.
VOLUME /app/instance
ENV HOST=0.0.0.0 PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["sh", "-c", "quiz upgrade && exec quiz run"]
