#!/bin/sh
# Runs a MongoDB-compatible server for tests in the foreground, on 127.0.0.1:$PORT. In memory only: no durability, no
# transactions. Exit code 3: a program it needs is missing.
set -eu

PORT="${PORT:?set PORT to the port to listen on}"
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/dulian/local-mongodb"

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "local MongoDB: \`$1\` is not installed; needed are a JDK of 17 or later and, at the first start, Maven" >&2
  exit 3
}

need java
# A change of the versions or of the program makes another entry of the cache; the old one is never touched.
ready="$cache/$(cat "$here/pom.xml" "$here/Main.java" | cksum | tr ' ' '-')"
if [ ! -e "$ready/classes/Main.class" ]; then
  need javac
  need mvn
  mkdir -p "$cache"
  build=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$build"' EXIT
  trap 'exit 1' HUP INT TERM
  mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$build/lib" >&2
  javac -d "$build/classes" -cp "$build/lib/*" "$here/Main.java" >&2
  # Two first starts at once each make their own: one becomes the entry, in one step, the other is thrown away.
  if ln -sn "$build" "$ready" 2>/dev/null; then trap - EXIT HUP INT TERM; fi
  [ -e "$ready/classes/Main.class" ] || { echo "local MongoDB: $ready is incomplete, remove it" >&2; exit 1; }
  if [ "$(readlink "$ready")" != "$build" ]; then rm -rf "$build"; trap - EXIT HUP INT TERM; fi
fi

exec java -XX:+UseSerialGC -Xms64m -Xmx512m -Dslf4j.internal.verbosity=ERROR -cp "$ready/classes:$ready/lib/*" Main "$PORT"
