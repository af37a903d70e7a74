#!/bin/sh
# Starts the HTTP service in the current directory, whose .env it reads and under which it writes logs/.
#   ./start.sh       the packaged service, packaged first if it is not yet; it replaces this shell, so that signals reach it
#   ./start.sh dev   the sources as they are now, compiled at each start
# JAVA_OPTS are options of its JVM, such as -Xmx256m.
set -eu
root=$(cd "$(dirname "$0")" && pwd)
case "${1:-}" in
dev)
    # the service runs in a JVM of its own, in this directory and with JAVA_OPTS
    exec mvn -q -f "$root/pom.xml" -Pserve
    ;;
"")
    jar="$root/hybrid-examples/target/hybrid-service.jar"
    if [ ! -f "$jar" ]; then
        (cd "$root" && mvn -q package -pl hybrid-examples -am -DskipTests) >&2
    fi
    # shellcheck disable=SC2086 # several options
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS:-} -jar "$jar"
    ;;
*)
    echo "usage: $0 [dev]" >&2
    exit 2
    ;;
esac
