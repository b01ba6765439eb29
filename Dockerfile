# One image per program; PROGRAM selects it. Built by `docker compose build`, or one alone:
#   docker build --build-arg PROGRAM=stats-writer --tag gonka-pulse/stats-writer .
# The first stage builds all programs from the tree, so that only Docker is needed. PROGRAMS=dist packs the tested
# programs in dist/ instead.
ARG PROGRAMS=source
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG JRE_IMAGE=eclipse-temurin:25-jre

FROM ${JDK_IMAGE} AS programs
ARG PROGRAMS
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    case "$PROGRAMS" in \
      source) rm -rf dist && ./mvnw --batch-mode --no-transfer-progress -DskipTests -Dmdep.analyze.skip -Dspotless.check.skip package ;; \
      dist) ls dist/*.jar ;; \
      *) echo "PROGRAMS: expected source or dist, got $PROGRAMS" >&2; exit 2 ;; \
    esac

FROM ${JRE_IMAGE} AS layers
ARG PROGRAM
COPY --from=programs /src/dist/${PROGRAM}.jar /build/program.jar
# A program without Spring (migrations) cannot extract its layers, so it is one layer.
RUN cd /build \
    && if java -Djarmode=tools -jar program.jar extract --layers --destination /layers >/dev/null 2>&1; \
       then true; \
       else mkdir -p /layers/dependencies /layers/spring-boot-loader /layers/snapshot-dependencies /layers/application \
            && cp program.jar /layers/application/program.jar; \
       fi

FROM ${JRE_IMAGE} AS program
# Created before USER, so that it belongs to root.
WORKDIR /app
# Any user id that owns nothing: programs write to /tmp only.
USER 10001:10001
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./

# Records the AOT cache. It is valid only with the same files at the same paths.
FROM program AS trained
ARG PROGRAM
COPY --chmod=755 deploy/compose/create-aot-cache /usr/local/bin/create-aot-cache
RUN create-aot-cache ${PROGRAM} /tmp/program.aot

FROM program
ARG PROGRAM
# COPY keeps the owner of the other stage unless --chown is given.
COPY --from=trained --chown=0:0 /tmp/program.aot ./
COPY --chmod=755 deploy/compose/check-health /usr/local/bin/check-health
# Fails the build if the image's user owns a file or can write to the program.
RUN wrong=$(find / -xdev \( -uid 10001 -o -gid 10001 \) 2>/dev/null; find /app /usr/local -writable); \
    if [ -n "$wrong" ]; then echo "user 10001 must not own or write to: $wrong" >&2; exit 1; fi
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp"
LABEL org.opencontainers.image.title="gonka-pulse ${PROGRAM}" \
      org.opencontainers.image.licenses="Apache-2.0"
STOPSIGNAL SIGTERM
# No --start-interval: builders before Docker 25 reject it. No --start-period: newer engines check only every 5 s in it.
# Each check waits until the program is ready; ten failed checks (a minute and a half) make it unhealthy.
HEALTHCHECK --interval=1s --timeout=20s --retries=10 CMD ["/usr/local/bin/check-health", "8"]
# A JVM that cannot use the cache logs this and starts without it.
ENTRYPOINT ["java", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:AOTCache=program.aot", "-jar", "program.jar"]
