#!/bin/sh
# Compiles and packs the environment. Run it in the project directory, once any ./tempo command has built the project, or in
# the unpacked archive.
set -eu
out=${1:-environments}
build=$(mktemp -d)
api=$(ls -d common/plugin-api/target/classes lib/tempo-plugin-api-*.jar 2>/dev/null | head -n 1)
javac -cp "$api" -d "$build" examples/environments/java/MarkedCalculator.java
mkdir -p "$build/META-INF/services" "$out"
echo MarkedCalculator > "$build/META-INF/services/dev.tempo.plugin.TextEnvironment"
jar --create --file "$out/marked-calculator.jar" -C "$build" .
