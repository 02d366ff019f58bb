# thesis-convert as a container: Debian's Python, PyPI's packages, and a user who may do nothing else.
#
#     docker build --tag thesis-convert .
#     docker run --rm --network none --user "$(id -u)" --volume "$PWD:/work" thesis-convert thesis.pdf --to epub
FROM debian:12-slim

RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
COPY pyproject.toml README.md LICENSE /src/
COPY thesis_convert /src/thesis_convert
RUN python3 -m venv /opt/thesis-convert
RUN /opt/thesis-convert/bin/pip install --no-cache-dir /src && rm -r /src
RUN useradd --uid 1000 --no-create-home --shell /usr/sbin/nologin reader

USER reader
WORKDIR /work
ENTRYPOINT ["/opt/thesis-convert/bin/thesis-convert"]
CMD ["--help"]
