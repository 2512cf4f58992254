# One file for the five services. docker compose builds each with its arguments; by hand:
#   docker build --build-arg SERVICE=judge-service --build-arg MAIN=dev.tempo.judge.JudgeService -t tempo/judge-service .
# Everything is compiled once; the last stage takes the jars of one service's class path and nobody else's.
FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -ntp -DskipTests -Dchecks.skip=true package

FROM build AS class-path
ARG SERVICE
RUN mkdir /lib-of-service \
 && cp "$SERVICE/target/tempo-$SERVICE"-*.jar /lib-of-service \
 && tr ':' '\n' < "$SERVICE/target/classpath.txt" | xargs -I jar cp jar /lib-of-service

# Debian-like, not Alpine: the native libraries need glibc.
FROM eclipse-temurin:17-jre
ARG MAIN
ENV MAIN=$MAIN OPT_OUT_TRACKING=true OMP_NUM_THREADS=1 DJL_CACHE_DIR=/tempo/cache
# Made here so that a fresh volume mounted over it belongs to the user below.
RUN useradd --system --home-dir /tempo tempo && mkdir -p /tempo/runs /tempo/cache && chown -R tempo /tempo
COPY --from=class-path /lib-of-service /tempo/lib
USER tempo
WORKDIR /tempo
# exec: SIGTERM must reach Java, which joins its compute thread before it ends.
ENTRYPOINT ["sh", "-c", "exec java -cp '/tempo/lib/*' \"$MAIN\" \"$@\"", "service"]
