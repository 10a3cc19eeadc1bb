# The image is one static binary. Build: docker build -t certmimic .
FROM rust:1.95-bookworm AS build
WORKDIR /certmimic
# With musl, which gives memory back when it is freed, and is a megabyte smaller than glibc. At a fixed address: what can be moved
# carries half a megabyte of places to mend. What libraries mark for inlining is copied less readily than is usual: half a
# megabyte more.
ENV RUSTFLAGS="-C relocation-model=static -C llvm-args=-inlinehint-threshold=80"
RUN apt-get update && apt-get install -y --no-install-recommends musl-tools \
    && rustup target add "$(uname -m)-unknown-linux-musl"
# First what it depends on, which is built anew only when the manifest or the lock file changes: with a program that does
# nothing, and without tests and measurements, whose files are not here.
COPY Cargo.toml Cargo.lock ./
RUN sed -i -e '/^\[\[test\]\]/,/^$/d' -e '/^\[\[bench\]\]/,/^$/d' Cargo.toml \
    && mkdir src && touch src/lib.rs && echo 'fn main() {}' > src/main.rs \
    && cargo build --locked --profile dist --bin certmimic --target "$(uname -m)-unknown-linux-musl" \
    && rm -r src
COPY evidence evidence
COPY fixtures fixtures
COPY page page
COPY scenarios scenarios
COPY src src
# Their times are those of the checkout, which may be older than what was built above.
RUN find src -type f -exec touch {} + \
    && cargo build --locked --profile dist --bin certmimic --target "$(uname -m)-unknown-linux-musl" \
    && cp target/*/dist/certmimic /certmimic/certmimic.static

FROM scratch
COPY --from=build /certmimic/certmimic.static /certmimic
USER 65532:65532
# All interfaces, at the port of CERTMIMIC_PORT or PORT.
ENV CERTMIMIC_LISTEN=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=2s --timeout=2s --start-period=1s --retries=5 CMD ["/certmimic", "health"]
ENTRYPOINT ["/certmimic"]
