#!/bin/sh
# A real Kafka broker (KRaft, one node) on 127.0.0.1 without Docker: JDK 17 or newer and Maven are enough.
#
#   PORT=29092 DATA_DIR=/var/tmp/kafka infra/local/kafka/start.sh
#
#   PORT             where clients connect; 29092 when absent
#   CONTROLLER_PORT  the controller's own listener; PORT + 1 when absent
#   DATA_DIR         the broker's data: made ready when new, gone on with when not
#   HEAP             the Java heap; 512m when absent
#   SHORT_LIVED      1: for a minute or two, quick to start and slower ever after
#
# Runs in the foreground and becomes the broker: a signal to this process reaches it. Ready when PORT answers. The jars are fetched once, into
# ${XDG_CACHE_HOME:-$HOME/.cache}/dulian. Exit status 2: a setting is missing · 3: java or mvn is missing.
#
# For tests and for trying things out: one node, no replication, no authentication. Never for an office's data.
set -eu

PORT=${PORT:-29092}
CONTROLLER_PORT=${CONTROLLER_PORT:-$((PORT + 1))}
HEAP=${HEAP:-512m}
if [ -z "${DATA_DIR:-}" ]; then
  echo "kafka: DATA_DIR is not set: name the folder for the broker's data" >&2
  exit 2
fi

here=$(cd "$(dirname "$0")" && pwd)
pom=$here/pom.xml
key=$(cksum <"$pom" | tr ' ' '-')
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dulian
jars=$cache/kafka-$key

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "kafka: $1 was not found; the local broker needs a JDK (17 or newer) and, the first time, Maven" >&2
  exit 3
}

# Into a folder of its own first, renamed when complete: whoever starts at the same time sees all jars or none.
fetch_jars() {
  [ -d "$jars" ] && return
  need mvn
  fresh=$(mktemp -d "$cache/kafka-fetching-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  mvn -q -B -f "$pom" dependency:copy-dependencies -DoutputDirectory="$fresh/jars" >&2
  mv "$fresh/jars" "$jars"
  rm -rf "$fresh"
  trap - EXIT
}

# The thorough compiler only pays for itself where much is done for long.
quick_start='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
broker=-XX:+UseSerialGC
if [ "${SHORT_LIVED:-}" = 1 ]; then broker=$quick_start; fi

need java
mkdir -p "$cache" "$DATA_DIR"
if command -v flock >/dev/null 2>&1; then
  # Two Mavens at once may harm each other's local repository. The lock ends with this block; the broker must not inherit it.
  (
    flock 9
    fetch_jars
  ) 9>"$cache/kafka.lock"
else
  fetch_jars
fi

settings=$DATA_DIR/server.properties
cat >"$settings" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$CONTROLLER_PORT
listeners=PLAINTEXT://127.0.0.1:$PORT,CONTROLLER://127.0.0.1:$CONTROLLER_PORT
advertised.listeners=PLAINTEXT://127.0.0.1:$PORT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=$DATA_DIR/log
num.network.threads=2
num.io.threads=2
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
log.retention.ms=-1
log.cleaner.dedupe.buffer.size=16777216
END

if [ ! -f "$DATA_DIR/log/meta.properties" ]; then
  # As `random-uuid` of the same tool makes one, without a second start of Java: 16 bytes, URL-safe, no dash in front.
  id=A$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | cut -c 2-22)
  # shellcheck disable=SC2086
  java $quick_start -Dlog4j2.level=WARN -cp "$jars/*" kafka.tools.StorageTool format -t "$id" -c "$settings" --ignore-formatted >&2
fi
# shellcheck disable=SC2086
exec java $broker -Xms128m "-Xmx$HEAP" -Dlog4j2.level=WARN -cp "$jars/*" kafka.Kafka "$settings"
