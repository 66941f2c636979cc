# Built with what uv.lock names and nothing else; run without root, without a compiler, and with /data and /media alone to write to.
FROM python:3.13-slim-trixie AS build
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/innspill UV_PYTHON_DOWNLOADS=never
WORKDIR /source
# The libraries first: they change less often than we do.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --all-extras --no-install-project
COPY . .
RUN uv sync --locked --no-dev --all-extras --no-editable

FROM python:3.13-slim-trixie
# What pip can't bring: a PDF is set with Pango, and needs fonts. Noto has nearly every script, but Chinese, Japanese and Korean
# would be 57 MB to fetch in it: WenQuanYi has their letters in 2. `innspill doctor` names scripts without a font.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-noto-core fonts-noto-color-emoji fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 innspill \
 && useradd --uid 10001 --gid innspill --no-create-home --home-dir /data --shell /usr/sbin/nologin innspill \
 && install -d -o innspill -g innspill -m 0700 /data /media
COPY --from=build /opt/innspill /opt/innspill
ENV PATH=/opt/innspill/bin:$PATH PYTHONDONTWRITEBYTECODE=1 INNSPILL_HOST=0.0.0.0 INNSPILL_PORT=8000 INNSPILL_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME /data /media
EXPOSE 8000
# Asks through the socket in /data, so that it needs neither the public name nor a key.
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s CMD ["innspill", "healthcheck"]
CMD ["innspill", "serve"]
