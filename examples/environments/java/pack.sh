#!/bin/sh
# Compiles and packs the environment. Run it in the project directory, once any ./tempo command has built the project.
set -eu
out=${1:-environments}
build=$(mktemp -d)
javac -cp common/plugin-api/target/classes -d "$build" examples/environments/java/MarkedCalculator.java
mkdir -p "$build/META-INF/services" "$out"
echo MarkedCalculator > "$build/META-INF/services/dev.tempo.plugin.TextEnvironment"
jar --create --file "$out/marked-calculator.jar" -C "$build" .
