#!/usr/bin/env bash
# The whole test suite: installs what it needs, builds, runs every test project, and ends with one line of counts.
# Arguments are handed to each test program, for example: ./headroom test --filter-class '*.SpoolTests'
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

install() { # install <what it is for> <package>...
  local purpose=$1; shift
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $* ($purpose) ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 ||
      echo "Could not install $*: the tests that need it are skipped."
  else
    echo "Missing $* ($purpose); install it to run the tests that need it. They are skipped now."
  fi
}
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install "database tests" postgresql
command -v chromium >/dev/null || install "browser tests" chromium
command -v prometheus >/dev/null && command -v prometheus-node-exporter >/dev/null || install "remote-write tests" prometheus prometheus-node-exporter

if ! dotnet build Platform.sln -c Release -v q --nologo; then
  echo "0 passed, 1 failed"
  exit 1
fi

# What went wrong with each failed test: its name, message, stack and the end of what it wrote.
failures() { awk '/^(passed|skipped|failed) |^Test run summary/ { shown = /^failed /; lines = 0 } shown && lines++ < 80' "$1"; }
names_of_failed() { sed -n 's/^failed \(.*\) ([^()]*)$/\1/p' "$1"; }

passed=0; failed=0; skipped=0; failed_names=
for project in tests/*.Tests; do
  name=$(basename "$project")
  log=$(mktemp)
  timeout --kill-after=30 "${HEADROOM_TEST_TIMEOUT:-2400}" "artifacts/bin/$name/release/$name" --no-ansi "$@" >"$log" 2>&1
  status=$?
  count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" "$log" | tail -1; }
  p=$(count succeeded); f=$(count failed); s=$(count skipped)
  # Exit code 8 means that a filter left no test in this program.
  if [ $status -ne 0 ] && [ $status -ne 8 ] && [ "${f:-0}" = 0 ]; then f=1; fi
  printf '%-40s %s passed, %s failed, %s skipped\n' "$name" "${p:-0}" "${f:-0}" "${s:-0}"
  if [ "${f:-0}" != 0 ]; then
    names=$(names_of_failed "$log")
    if [ -n "$names" ]; then failures "$log"; else tail -n 40 "$log"; fi
    failed_names+=$(sed "s/^/    $name: /" <<<"${names:-ended with exit code $status and names no failed test}")$'\n'
  fi
  [ "${s:-0}" = 0 ] || grep -E '^skipped ' "$log" | sed 's/^/    /'
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${s:-0}))
  rm -f "$log"
done

[ -z "$failed_names" ] || printf 'Failed tests:\n%s' "$failed_names"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
