#!/bin/sh
# MirrorMaker 2 without Docker, for tests and for trying settings out: JDK 17 or newer and Maven are enough.
#
#   YONGCHUAN_KAFKA=127.0.0.1:29092 CHONGQING_KAFKA=127.0.0.1:39092 infra/kafka/mirror-maker/start.sh [settings] [--clusters <alias>]
#
# Runs in the foreground. The jars are fetched once, into ${XDG_CACHE_HOME:-$HOME/.cache}/dulian.
# Exit status 3: java or mvn is missing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
pom=$here/pom.xml
[ "$#" -gt 0 ] || set -- "$here/mirror-maker.properties"
need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "mirror-maker: $1 was not found; it needs a JDK (17 or newer) and, the first time, Maven" >&2
  exit 3
}

need java
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dulian
jars=$cache/mirror-maker-$(cksum <"$pom" | tr ' ' '-')
if [ ! -d "$jars" ]; then
  need mvn
  mkdir -p "$cache"
  # Into a folder of its own first, renamed when complete: whoever starts at the same time sees all jars or none.
  fresh=$(mktemp -d "$cache/mirror-maker-fetching-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  mvn -q -B -f "$pom" dependency:copy-dependencies -DoutputDirectory="$fresh/jars" >&2
  [ -d "$jars" ] || mv "$fresh/jars" "$jars"
  rm -rf "$fresh"
  trap - EXIT
fi
exec java -Xms64m -Xmx256m -Dlog4j2.level=WARN -cp "$jars/*" org.apache.kafka.connect.mirror.MirrorMaker "$@"
