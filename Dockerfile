# The image is one static binary. Build: docker build -t certmimic .
FROM rust:1.95-bookworm AS build
WORKDIR /certmimic
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY tests tests
COPY benches benches
COPY fixtures fixtures
COPY page page
COPY scenarios scenarios
# A target is named so that procedural macros are not linked statically.
RUN RUSTFLAGS="-C target-feature=+crt-static" \
    cargo build --locked --profile dist --bin certmimic --target "$(rustc -vV | sed -n 's/^host: //p')" \
    && cp target/*/dist/certmimic /certmimic/certmimic.static

FROM scratch
COPY --from=build /certmimic/certmimic.static /certmimic
USER 65532:65532
# All interfaces, at the port of CERTMIMIC_PORT or PORT.
ENV CERTMIMIC_LISTEN=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=2s --timeout=2s --start-period=1s --retries=5 CMD ["/certmimic", "health"]
ENTRYPOINT ["/certmimic"]
