# Builds the virtual environment in one stage and serves from another, without pip.
# Behind a package mirror: docker build --build-arg PIP_INDEX_URL=... .
# With what studies on a Dask cluster take: docker build --build-arg EXTRAS=[dask] .

FROM python:3.13-slim AS build
ARG PIP_INDEX_URL
ARG EXTRAS=
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /playground
RUN python -m venv /tools \
    && /tools/bin/pip install --quiet --upgrade "pip>=26.2" \
    && python -m venv --without-pip /venv
COPY pyproject.toml README.md LICENSE ./
# First only the dependencies, so that a change of the code does not install them again. Of plotly,
# only its JavaScript is served.
RUN mkdir app engine locales \
    && /tools/bin/pip --python /venv/bin/python install --quiet --only-deps ".${EXTRAS}" \
    && find /venv -type d -name tests -prune -exec rm -rf {} + \
    && cd /venv/lib/python3*/site-packages/plotly \
    && rm -rf graph_objs validators labextension package_data/widgetbundle.js
COPY engine engine
COPY app app
COPY locales locales
# The root is read-only where this runs, so the bytecode is written now.
RUN /tools/bin/pip --python /venv/bin/python install --quiet --no-deps --editable . \
    && python -m compileall -q --invalidation-mode unchecked-hash engine app locales \
    && rm -r pyproject.toml README.md *.egg-info
COPY static static
COPY templates templates

FROM python:3.13-slim
ENV HOST=0.0.0.0 \
    PORT=8000 \
    PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /playground
COPY --from=build /venv /venv
COPY --from=build /playground ./
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=2)"]
CMD ["python", "-m", "app"]
