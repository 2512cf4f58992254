#!/bin/sh
# Compiles and packs the judge. Run it in the project directory, once any ./tempo command has built the project, or in
# the unpacked archive.
set -eu
out=${1:-judges}
build=$(mktemp -d)
api=$(ls -d common/plugin-api/target/classes lib/tempo-plugin-api-*.jar 2>/dev/null | head -n 1)
javac -cp "$api" -d "$build" examples/judges/java/PalindromeJudge.java
mkdir -p "$build/META-INF/services" "$out"
echo PalindromeJudge > "$build/META-INF/services/dev.tempo.plugin.Judge"
jar --create --file "$out/palindrome.jar" -C "$build" .
