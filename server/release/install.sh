#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Puts Mailroom into an Apache James, or takes it out: "./install.sh --help" explains.
# Ends with 0, with 1 where nothing could be done, with 2 for wrong arguments.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null 2>&1 || fail "no Java found; install Java 17 or newer, or set JAVA_HOME"
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
case $version in
  '' | *[!0-9]*) fail "Java 17 or newer is needed, for Mailroom and so for James; this is ${version:-unknown}" ;;
esac
[ "$version" -ge 17 ] || fail "Java 17 or newer is needed, for Mailroom and so for James; this is $version"

for jar in "$here"/jars/mailbox-plugin-*.jar; do
  [ -e "$jar" ] || fail "$here/jars has no mailbox-plugin JAR; unpack the whole ZIP"
done

# The command's exit status is this script's.
exec "$java" -cp "$jar" org.mailroom.mailbox.install.InstallCommand --jars "$here/jars" --conf "$here/conf" "$@"
