#!/usr/bin/env bash
# Makes the Debian package of the agent: make-deb.sh <agent program> <version> <output folder>
set -euo pipefail
program=$1 version=$2 output=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 0755 "$tree"

install -D -m 0755 "$program" "$tree/usr/bin/headroom-agent"
install -D -m 0644 "$here/headroom-agent.service" "$tree/lib/systemd/system/headroom-agent.service"
install -D -m 0644 "$here/agent.json" "$tree/etc/headroom/agent.json"
install -D -m 0644 "$here/../../../docs/agent.md" "$tree/usr/share/doc/headroom-agent/agent.md"
mkdir -p "$tree/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" "$here/debian/control" >"$tree/DEBIAN/control"
echo /etc/headroom/agent.json >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 0755 "$here/debian/$script" "$tree/DEBIAN/$script"; done

mkdir -p "$output"
file="$output/headroom-agent_${version}_$architecture.deb"
dpkg-deb --build --root-owner-group "$tree" "$file" >/dev/null
echo "$file"
