#!/usr/bin/env bash
# Builds a stand-in for the Dockerfile's base image from Debian's packages and npm's Node, for a machine that reaches no
# container registry, so that the Dockerfile itself builds there as it stands. Does nothing where the image exists.
# Needs root, a running Docker engine, debootstrap, npm, and a Debian mirror. Takes about half a minute.
#
#   base-image.sh NAME:TAG
set -euo pipefail
image=${1:?usage: base-image.sh NAME:TAG}
if docker image inspect "$image" >/dev/null 2>&1; then exit 0; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mirror=$(awk '/^URIs:/ {print $2; exit} /^deb / {print $2; exit}' \
  /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "${mirror:-http://deb.debian.org/debian}" \
  >"$work/log" || {
  tail -n 20 "$work/log" >&2
  exit 1
}
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}/*

# npm's own packages of Node and of itself hold what the real image has in /usr/local.
case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no Node for $(uname -m)" >&2 && exit 1 ;; esac
(cd "$work" && npm pack --silent "node-linux-$arch@24" npm@11 >/dev/null 2>&1)
npm=$root/usr/local/lib/node_modules/npm
mkdir -p "$npm" "$root/usr/local/etc"
tar -xzf "$work"/node-linux-*.tgz -C "$root/usr/local" --strip-components=1 --no-same-owner package/bin/node
tar -xzf "$work"/npm-*.tgz -C "$npm" --strip-components=1 --no-same-owner
for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$root/usr/local/bin/$name"; done
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --create-home --shell /bin/bash node

# npm inside a build is to trust the same authorities as npm outside.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$root/usr/local/etc/npmrc"

tar -C "$root" -c . | docker import --change 'CMD ["node"]' \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$image" >/dev/null
