FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src src
COPY jobs jobs
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -Dquick package \
    && java -Djarmode=tools -jar target/neap.jar extract --destination /opt/neap

FROM eclipse-temurin:25-jre
RUN useradd --system --create-home --home-dir /neap neap
COPY --from=build /opt/neap /opt/neap
COPY neap /opt/neap/neap
# The first start makes the cache that the others are fast by. It belongs to root, as the program does.
RUN chmod 755 /opt/neap/neap \
    && ln -s /opt/neap/neap /usr/local/bin/neap \
    && neap --version \
    && ls /opt/neap/java-*.cache >/dev/null

# Neap looks for jobs/ and config/ where it is started.
WORKDIR /neap
COPY --chown=neap jobs jobs
COPY --chown=neap config config
VOLUME ["/neap/jobs", "/neap/config"]
USER neap
ENTRYPOINT ["/opt/neap/neap"]
CMD ["--help"]
