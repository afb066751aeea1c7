# Builds pgkeel, and a small image to run it in or to build an application's image on.
#
#   docker build -t pgkeel .
#   docker run --rm -e DATABASE_URL -v "$PWD/snapshots:/app/snapshots:ro" pgkeel
#
# An application's image copies its snapshots to /app/snapshots and names its own command:
#
#   FROM pgkeel
#   COPY snapshots /app/snapshots
#   CMD ["/app/server"]

FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make pkg-config \
        libpq-dev libarchive-dev zlib1g-dev libjansson-dev libssl-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make clean && make && make install DESTDIR=/out PREFIX=/usr

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq5 libarchive13 zlib1g libjansson4 libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /app --shell /usr/sbin/nologin --uid 10001 app \
    && install -d -o app -g app -m 700 /app/backups \
    && install -d -o app -g app -m 755 /app/snapshots
COPY --from=build /out/usr/bin/ /usr/bin/
COPY --from=build /out/usr/share/pgkeel/ /usr/share/pgkeel/
USER app
WORKDIR /app
# Backups hold rows: keep this folder outside of the container, or set PGKEEL_BACKUP=none where others back up.
VOLUME /app/backups
ENV PGKEEL_SNAPSHOT=/app/snapshots PGKEEL_BACKUP_DIR=/app/backups
ENTRYPOINT ["/usr/share/pgkeel/container-entrypoint"]
