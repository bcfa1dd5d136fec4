#!/usr/bin/env bash
# Builds a container image that boots like a fresh cloud server: systemd as PID 1, cloud-init with a NoCloud seed.
# From ubuntu:24.04, what the real server has, where a registry answers, else from this machine's Debian mirror (which
# takes root and debootstrap). Does nothing where TAG exists. Needs a running Docker engine.
#
#   build-image.sh TAG
set -euo pipefail
tag=${1:?usage: build-image.sh TAG}
if docker image inspect "$tag" >/dev/null 2>&1; then exit 0; fi

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

if timeout 120 docker pull --quiet ubuntu:24.04 >/dev/null 2>&1; then
  base=ubuntu:24.04
else
  base=plumbline-rehearsal-debian
  mirror=$(awk '/^URIs:/ {print $2; exit} /^deb / {print $2; exit}' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
  mirror=${mirror:-http://deb.debian.org/debian}
  root=$context/root
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >"$context/log" || {
    tail -n 20 "$context/log" >&2
    exit 1
  }
  cat >"$root/etc/apt/sources.list" <<SOURCES
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb ${mirror%/}-security bookworm-security main
SOURCES
  tar -C "$root" -c . | docker import \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$base" >/dev/null
  rm -rf "$root"
fi

# What this machine's apt and TLS need to reach the outside: its proxy and its own certificate authorities.
mkdir "$context/ca"
: >"$context/apt.conf"
find /usr/local/share/ca-certificates -name '*.crt' -exec cp -L {} "$context/ca/" \; 2>/dev/null || true
if command -v apt-config >/dev/null; then
  apt-config dump | grep -iE '^Acquire::(https?::(Proxy|CAInfo)|Check-(Date|Valid-Until))' >"$context/apt.conf" || true
fi

cat >"$context/init" <<'INIT'
#!/bin/sh
# Docker mounts the control groups read-only; systemd and an inner Docker engine write to them.
for dir in /sys/fs/cgroup /sys/fs/cgroup/*; do
  if mountpoint -q "$dir"; then mount -o remount,bind,rw "$dir"; fi
done
exec /sbin/init
INIT
chmod +x "$context/init"

cat >"$context/cloud.cfg" <<'CFG'
datasource_list: [NoCloud]
network: {config: disabled}
locale: false
preserve_hostname: true
growpart: {mode: "off"}
resize_rootfs: false
apt: {preserve_sources_list: true}
CFG

# A server has these; a container's image leaves them out. busybox-static becomes a small image of the inner engine.
cat >"$context/Dockerfile" <<DOCKERFILE
FROM $base
ENV container=docker
COPY ca/ /usr/local/share/ca-certificates/
COPY apt.conf /etc/apt/apt.conf.d/99host
RUN rm -f /usr/sbin/policy-rc.d && \\
    apt-get update -qq && \\
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \\
      systemd systemd-sysv dbus cloud-init ca-certificates curl iproute2 procps sudo openssh-server \\
      busybox-static >/dev/null && \\
    update-ca-certificates >/dev/null 2>&1 && \\
    systemctl mask getty.target console-getty.service systemd-udevd.service systemd-udevd-control.socket \\
      systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-udev-settle.service \\
      systemd-modules-load.service systemd-networkd-wait-online.service systemd-resolved.service \\
      sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount && \\
    apt-get clean && rm -rf /var/lib/apt/lists/* && : >/etc/machine-id
COPY cloud.cfg /etc/cloud/cloud.cfg.d/99-container.cfg
COPY init /usr/local/sbin/container-init
STOPSIGNAL SIGRTMIN+3
CMD ["/usr/local/sbin/container-init"]
DOCKERFILE
# The legacy builder, which every engine has; its output only where it fails.
DOCKER_BUILDKIT=0 docker build --quiet --tag "$tag" "$context" >/dev/null
