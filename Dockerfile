# Two stages, so that what builds does not run: no compiler, no package manager, no root.
FROM python:3.13-slim-trixie AS build
RUN pip install --no-cache-dir uv
WORKDIR /src
# What is installed is what uv.lock names, and it is installed before the code, which changes more often.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN UV_PROJECT_ENVIRONMENT=/app uv sync --locked --no-dev --no-install-project
COPY live live
COPY static static
COPY templates templates
COPY presenter presenter
COPY examples examples
RUN UV_PROJECT_ENVIRONMENT=/app uv sync --locked --no-dev --no-editable

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --no-create-home innspill && install -d -o innspill -m 0700 /data
COPY --from=build /app /app
USER innspill
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 INNSPILL_DATA=/data INNSPILL_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["innspill", "healthcheck"]
# SIGTERM drains: phones are sent off and what they have sent is acked (docs/reliability.md).
STOPSIGNAL SIGTERM
CMD ["innspill", "serve"]
