# The image is one static binary. Build: docker build -t certmimic .
FROM rust:1.95-bookworm AS build
WORKDIR /certmimic
# Static, and at a fixed address: what can be moved carries half a megabyte of places to mend. A target is named below so that
# procedural macros are not linked so. What libraries mark for inlining is copied less readily than is usual: half a megabyte.
ENV RUSTFLAGS="-C target-feature=+crt-static -C relocation-model=static -C llvm-args=-inlinehint-threshold=80"
# First what it depends on, which is built anew only when the manifest or the lock file changes: with a program that does
# nothing, and without tests and measurements, whose files are not here.
COPY Cargo.toml Cargo.lock ./
RUN sed -i -e '/^\[\[test\]\]/,/^$/d' -e '/^\[\[bench\]\]/,/^$/d' Cargo.toml \
    && mkdir src && touch src/lib.rs && echo 'fn main() {}' > src/main.rs \
    && cargo build --locked --profile dist --bin certmimic --target "$(rustc -vV | sed -n 's/^host: //p')" \
    && rm -r src
COPY evidence evidence
COPY fixtures fixtures
COPY page page
COPY scenarios scenarios
COPY src src
# Their times are those of the checkout, which may be older than what was built above.
RUN find src -type f -exec touch {} + \
    && cargo build --locked --profile dist --bin certmimic --target "$(rustc -vV | sed -n 's/^host: //p')" \
    && cp target/*/dist/certmimic /certmimic/certmimic.static

FROM scratch
COPY --from=build /certmimic/certmimic.static /certmimic
USER 65532:65532
# Blocks from a quarter of a megabyte on go back to the kernel when they are freed: else the C library keeps what bodies of
# megabytes took.
ENV GLIBC_TUNABLES=glibc.malloc.mmap_threshold=262144
# All interfaces, at the port of CERTMIMIC_PORT or PORT.
ENV CERTMIMIC_LISTEN=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=2s --timeout=2s --start-period=1s --retries=5 CMD ["/certmimic", "health"]
ENTRYPOINT ["/certmimic"]
