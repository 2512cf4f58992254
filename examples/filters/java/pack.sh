#!/bin/sh
# Compiles and packs the filter. Run it in the project directory, once any ./tempo command has built the project, or in
# the unpacked archive.
set -eu
out=${1:-filters}
build=$(mktemp -d)
api=$(ls -d common/plugin-api/target/classes lib/tempo-plugin-api-*.jar 2>/dev/null | head -n 1)
javac -cp "$api" -d "$build" examples/filters/java/ContactFilter.java
mkdir -p "$build/META-INF/services" "$out"
echo ContactFilter > "$build/META-INF/services/dev.tempo.plugin.QuestionFilter"
jar --create --file "$out/contacts.jar" -C "$build" .
