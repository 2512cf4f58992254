#!/bin/sh
# Compiles and packs the judge. Run it in the project directory, once any ./tempo command has built the project.
set -eu
out=${1:-judges}
build=$(mktemp -d)
javac -cp common/plugin-api/target/classes -d "$build" examples/judges/java/PalindromeJudge.java
mkdir -p "$build/META-INF/services" "$out"
echo PalindromeJudge > "$build/META-INF/services/dev.tempo.plugin.Judge"
jar --create --file "$out/palindrome.jar" -C "$build" .
