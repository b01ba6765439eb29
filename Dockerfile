# One image for each program of this repository; PROGRAM says which. Built by `docker compose build`, or one alone:
#   docker build --build-arg PROGRAM=stats-writer --tag gonka-pulse/stats-writer .
# The programs are built in here from the tree, so that nothing but Docker is needed; all images share that stage. With
# PROGRAMS=dist those that stand in dist/ are taken instead: an image is then the very program that was tested.
ARG PROGRAMS=source
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG JRE_IMAGE=eclipse-temurin:25-jre

FROM ${JDK_IMAGE} AS programs
ARG PROGRAMS
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    case "$PROGRAMS" in \
      source) rm -rf dist && ./mvnw --batch-mode --no-transfer-progress -DskipTests package ;; \
      dist) ls dist/*.jar ;; \
      *) echo "PROGRAMS: expected source or dist, got $PROGRAMS" >&2; exit 2 ;; \
    esac

FROM ${JRE_IMAGE} AS layers
ARG PROGRAM
COPY --from=programs /src/dist/${PROGRAM}.jar /build/program.jar
# A program without Spring (migrations) cannot take itself apart, and is one layer.
RUN cd /build \
    && if java -Djarmode=tools -jar program.jar extract --layers --destination /layers >/dev/null 2>&1; \
       then true; \
       else mkdir -p /layers/dependencies /layers/spring-boot-loader /layers/snapshot-dependencies /layers/application \
            && cp program.jar /layers/application/program.jar; \
       fi

FROM ${JRE_IMAGE} AS program
# Made before USER, so that it belongs to root.
WORKDIR /app
# Any number will do that owns nothing: nothing is written but to /tmp.
USER 10001:10001
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./

# Where the JVM looks for what it knew when it ran here; the same files in the same places, or it does without.
FROM program AS trained
ARG PROGRAM
COPY --chmod=755 deploy/compose/train /usr/local/bin/train
RUN train ${PROGRAM} /tmp/program.aot

FROM program
ARG PROGRAM
# The user that trained owns the file in the other stage; a copy keeps its owner unless it is named.
COPY --from=trained --chown=0:0 /tmp/program.aot ./
COPY --chmod=755 deploy/compose/healthy /usr/local/bin/healthy
# Ends the build where the user of the image owns a file, or can write to what it runs.
RUN wrong=$(find / -xdev \( -uid 10001 -o -gid 10001 \) 2>/dev/null; find /app /usr/local -writable); \
    if [ -n "$wrong" ]; then echo "user 10001 must not own or write to: $wrong" >&2; exit 1; fi
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp"
LABEL org.opencontainers.image.title="gonka-pulse ${PROGRAM}" \
      org.opencontainers.image.licenses="Apache-2.0"
STOPSIGNAL SIGTERM
# No --start-interval: a builder before Docker 25 refuses it. No --start-period: a newer engine looks every 5 s in it. The
# check waits until the program is ready; ten that waited in vain, a minute and a half, make it unhealthy.
HEALTHCHECK --interval=1s --timeout=20s --retries=10 CMD ["/usr/local/bin/healthy", "8"]
# A JVM that knows no such cache, or finds that another made it, says so and starts without.
ENTRYPOINT ["java", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:AOTCache=program.aot", "-jar", "program.jar"]
