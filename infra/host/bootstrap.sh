#!/bin/bash
# Makes the server of a fresh Ubuntu 24.04 (or Debian 12): Docker, Amazon ECR's credential helper, Caddy, a user that
# deploys, GitHub's runner unless the stack has none, swap, log rotation, security updates, and the folders that deploys use.
#
# cloud-init runs it as root when the server first boots, and at each later boot, so that a change that `cdk deploy` brings
# is applied when the server comes back; by hand: sudo /var/lib/cloud/scripts/per-boot/plumbline.
# Every step may be run again, and be cut short and run again. The log is /var/log/plumbline/bootstrap.log.
# The last thing it does is to report to the URL that the deploy waits on, whether it went well or not.
set -euo pipefail
umask 022

: "${PLUMBLINE_NAME:?}" "${PLUMBLINE_REGION:?}" "${PLUMBLINE_REPOSITORY_URI:?}" "${PLUMBLINE_LOG_GROUP:?}"
: "${PLUMBLINE_SITE:?}" "${PLUMBLINE_FILES:?}"
github_api=${PLUMBLINE_GITHUB_API:-https://api.github.com}
swap_mib=${PLUMBLINE_SWAP_MIB:-2048}
# What belongs to a runner is among the files where the stack has one.
has_runner=''
if [ -e "$PLUMBLINE_FILES/install-runner.sh" ]; then has_runner=yes; fi

mkdir -p /var/log/plumbline
exec > >(tee -a /var/log/plumbline/bootstrap.log) 2>&1
exec 9>/run/plumbline-bootstrap.lock
flock 9

current='starting'
step() { # TITLE FUNCTION
  current=$1
  echo "$(date --utc +%FT%TZ) $current"
  # Without the lock: what outlives a killed run must not hold up the next.
  "$2" 9>&-
}

# Tells CloudFormation how it ended. A later boot has nobody waiting, so a refusal is only logged. Where the server goes
# down meanwhile nothing has ended: the next boot goes on, and reports.
interrupted=''
report() {
  local status=$?
  local outcome=SUCCESS reason='The server is ready'
  if [ "$status" != 0 ]; then
    outcome=FAILURE
    reason="bootstrap.sh failed with $status at: $current; see /var/log/plumbline/bootstrap.log"
    echo "FAILED: $reason"
  fi
  if [ -n "${PLUMBLINE_SIGNAL_URL:-}" ] && [ -z "$interrupted" ]; then
    curl -sS --retry 5 --max-time 30 -o /dev/null -X PUT -H 'Content-Type:' "$PLUMBLINE_SIGNAL_URL" --data-binary \
      "{\"Status\":\"$outcome\",\"UniqueId\":\"bootstrap\",\"Reason\":\"$reason\",\"Data\":\"$(hostname)\"}" ||
      echo 'The report did not reach CloudFormation.'
  fi
  echo "$(date --utc +%FT%TZ) ended: $outcome"
}
trap report EXIT
trap 'interrupted=yes; exit 143' TERM INT HUP

# The server gets its address while it boots.
await_network() {
  for _ in $(seq 60); do
    if curl -sS --max-time 5 -o /dev/null "$github_api"; then return; fi
    sleep 5
  done
  echo "$github_api does not answer: is the address associated, and the route to the internet there?"
  return 1
}

# Copies a file where it differs. That it did is written down first, so that a service which has yet to be restarted
# is, also where a run was cut short in between.
changed=/etc/plumbline/changed
put() { # SOURCE TARGET
  if cmp -s "$1" "$2"; then return; fi
  echo "$2" >>"$changed"
  install -D -m 644 "$1" "$2.new"
  mv "$2.new" "$2"
}

configure() {
  install -m 644 /dev/stdin /run/plumbline-host.env <<EOF
PLUMBLINE_NAME=$PLUMBLINE_NAME
PLUMBLINE_REGION=$PLUMBLINE_REGION
PLUMBLINE_REPOSITORY_URI=$PLUMBLINE_REPOSITORY_URI
PLUMBLINE_LOG_GROUP=$PLUMBLINE_LOG_GROUP
PLUMBLINE_SITE=$PLUMBLINE_SITE
EOF
  mkdir -p /etc/plumbline
  put /run/plumbline-host.env /etc/plumbline/host.env
  local path
  while read -r path; do
    put "$PLUMBLINE_FILES/$path" "/$path"
  done < <(cd "$PLUMBLINE_FILES" && find etc -type f)
  # Of another kind of runner.
  path=etc/systemd/system/actions-runner.service.d
  if [ -d "/$path" ] && [ ! -d "$PLUMBLINE_FILES/$path" ]; then
    echo "$path" >>"$changed"
    rm -rf "/${path:?}"
  fi
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  local apt=(apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5)
  # Its lock cannot be waited for, and when a server first boots it updates by itself too.
  for _ in $(seq 30); do
    if "${apt[@]}" update; then break; fi
    sleep 10
  done
  "${apt[@]}" install -y --no-install-recommends docker.io iptables amazon-ecr-credential-helper caddy \
    ca-certificates curl jq logrotate unattended-upgrades
}

# Who deploys, and runs the jobs of a runner: no root, no sudo, no password. Being in the group docker is what lets it
# deploy; that is as much as root on this server, so the runner takes jobs of main only, never of a pull request.
add_users() {
  id runner >/dev/null 2>&1 || useradd --system --create-home --home-dir /home/runner --shell /bin/bash runner
  usermod --append --groups docker runner
  local registry=${PLUMBLINE_REPOSITORY_URI%%/*} home
  for home in /root /home/runner; do
    install -D -m 644 /dev/stdin "$home/.docker/config.json" <<<"{\"credHelpers\":{\"$registry\":\"ecr-login\"}}"
  done
  chown -R runner:runner /home/runner/.docker
  install -d -o runner -g runner -m 755 /var/lib/plumbline
}

# Where the stack has none any more (runner=none). GitHub forgets it after a while.
remove_runner() {
  local unit=/etc/systemd/system/actions-runner.service
  if [ -e "$unit" ]; then systemctl disable --now actions-runner; fi
  rm -rf "$unit" "$unit.d" /opt/actions-runner*
}

make_swap() {
  local file=/var/swap/swapfile
  if [ ! -f "$file" ]; then
    install -d -m 700 /var/swap
    fallocate -l "${swap_mib}M" "$file.new"
    chmod 600 "$file.new"
    mkswap "$file.new"
    mv "$file.new" "$file"
  fi
  grep -q "^$file " /etc/fstab || echo "$file none swap sw 0 0" >>/etc/fstab
  swapon --show=NAME --noheadings | grep -qx "$file" || swapon "$file"
}

start_services() {
  systemctl daemon-reload
  if grep -qs journald "$changed"; then systemctl restart systemd-journald; fi
  if grep -qs docker "$changed"; then systemctl try-restart docker; fi
  if grep -qs -e caddy -e host.env "$changed"; then systemctl try-restart caddy; fi
  systemctl enable --now docker caddy plumbline-vitals.timer
  if [ -n "$has_runner" ]; then
    if grep -qs actions-runner "$changed"; then systemctl stop actions-runner; fi
    # One that stays starts by itself once it is registered.
    systemctl enable --now actions-runner
  fi
  rm -f "$changed"
}

# Session Manager is the way in; nothing listens for SSH.
close_ssh() {
  local unit
  for unit in ssh.socket ssh.service; do
    if systemctl cat "$unit" >/dev/null 2>&1; then systemctl disable --now "$unit"; fi
  done
  if command -v snap >/dev/null && ! snap list amazon-ssm-agent >/dev/null 2>&1; then
    snap install amazon-ssm-agent --classic
  fi
}

run_at_boot() {
  install -D -m 755 /dev/stdin /var/lib/cloud/scripts/per-boot/plumbline <<'EOF'
#!/bin/sh
# cloud-init has fetched the user data again by now; it runs it by itself at the first boot only.
exec /var/lib/cloud/instance/scripts/part-001
EOF
}

step 'arranging to run at each boot' run_at_boot
step 'waiting for the network' await_network
step 'writing the configuration' configure
step 'installing packages' install_packages
step 'adding users' add_users
if [ -n "$has_runner" ]; then
  step 'installing the runner' "$PLUMBLINE_FILES/install-runner.sh"
else
  step 'removing the runner' remove_runner
fi
step 'making swap' make_swap
step 'starting services' start_services
step 'closing SSH' close_ssh
