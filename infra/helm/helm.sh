#!/bin/sh
# Helm, wherever it comes from: the program named by HELM, the one on the path, or the same code as a library on a JDK, fetched
# once by Maven (32 MB) into ${XDG_CACHE_HOME:-$HOME/.cache}/dulian. The last knows what is needed to read a chart:
#
#   infra/helm/helm.sh lint infra/helm/dulian --strict
#   infra/helm/helm.sh template dulian infra/helm/dulian --namespace dulian --values my-values.yaml
#
# Exit status 3: there is no helm, and no java or mvn either.
set -eu

if [ -n "${HELM:-}" ]; then exec "$HELM" "$@"; fi
if command -v helm >/dev/null 2>&1; then exec helm "$@"; fi

here=$(cd "$(dirname "$0")" && pwd)
pom=$here/pom.xml
need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "helm: neither helm nor $1 was found; without helm it takes a JDK (17 or newer) and, the first time, Maven" >&2
  exit 3
}
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-amd64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-x86_64) platform=darwin-10.12-amd64 ;;
  Darwin-arm64) platform=darwin-10.12-arm64 ;;
  *)
    echo "helm: no library for $(uname -s) on $(uname -m); install helm" >&2
    exit 3
    ;;
esac

need java
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dulian
jars=$cache/helm-$platform-$(cksum <"$pom" | tr ' ' '-')
if [ ! -d "$jars" ]; then
  need mvn
  mkdir -p "$cache"
  # Into a folder of its own first, renamed when complete: whoever starts at the same time sees all jars or none.
  fresh=$(mktemp -d "$cache/helm-fetching-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  mvn -q -B -f "$pom" -Dplatform=$platform dependency:copy-dependencies -DoutputDirectory="$fresh/jars" >&2
  [ -d "$jars" ] || mv "$fresh/jars" "$jars"
  rm -rf "$fresh"
  trap - EXIT
fi
exec java -cp "$jars/*" "$here/Helm.java" "$@"
