#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the release of the commit that is checked out twice, in two directories, and fails where a file of it differs.
# Arguments are given to Maven; -o (--offline) fails, as there is no bill of materials then. Tests are not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for build in first the-second; do
  mkdir "$work/$build"
  git -C "$root" archive HEAD | tar -x -C "$work/$build"
  (cd "$work/$build" && mvn -B -q -Prelease -DskipTests -Dspotless.check.skip "$@" package)
  (cd "$work/$build/server/release/target/release" && sha256sum --check --quiet SHA256SUMS)
done

if diff "$work"/{first,the-second}/server/release/target/release/SHA256SUMS; then
  echo "Both builds are the same to the octet:"
  cat "$work/first/server/release/target/release/SHA256SUMS"
else
  echo "The builds differ in the files above." >&2
  exit 1
fi
