#!/bin/bash
# Registers this server as a runner of a GitHub repository, or registers it anew.
#
#   sudo /opt/plumbline/host/register-runner.sh https://github.com/OWNER/REPO
#
# Asks for a registration token, which GitHub gives for an hour: `npm run runner:register` brings one, or copy it from the
# repository's Settings, Actions, Runners, New runner. It is read from the terminal and never written anywhere; what stays
# is the runner's own key, which can do nothing but take this repository's jobs.
set -euo pipefail

fail() {
  echo "register-runner: $1" >&2
  exit 1
}

url=${1:-}
[[ $url =~ ^https?://[^/]+/[^/]+/[^/]+$ ]] || fail 'say which repository, as https://github.com/OWNER/REPO'
[ "$(id -u)" = 0 ] || fail 'it starts a service, so run it with sudo'
folder=/opt/actions-runner
[ -x "$folder/config.sh" ] || fail "there is no runner in $folder; see /var/log/plumbline/bootstrap.log"

read -rsp 'Registration token: ' token || [ -n "$token" ] || fail 'no token was given'
echo
[[ $token =~ ^[A-Za-z0-9_-]{10,}$ ]] || fail 'that does not look like a registration token'

systemctl stop actions-runner
cd "$folder"
# config.sh does not configure over an earlier registration, so that steps aside, and comes back where this one fails.
registration=(.runner .credentials .credentials_rsaparams .runner_migrated .credentials_migrated)
mkdir -p .earlier
for file in "${registration[@]}"; do
  if [ -e "$file" ]; then mv -f "$file" .earlier/; fi
done
restore() {
  rm -f "${registration[@]}"
  find .earlier -type f -exec mv -t . {} +
  rmdir .earlier
  systemctl start actions-runner
}
trap restore EXIT
# By the environment, not by an argument: every user can read the arguments of a process.
ACTIONS_RUNNER_INPUT_TOKEN=$token runuser -u runner --preserve-environment -- \
  env HOME=/home/runner USER=runner ./config.sh --unattended --replace \
  --url "$url" --name "$(hostname)" --labels plumbline --work _work ||
  fail 'GitHub did not take it; an earlier registration, if there was one, is in force again'
trap - EXIT
rm -rf .earlier
unset token

systemctl enable --now actions-runner
for _ in 1 2 3; do
  sleep 1
  systemctl is-active --quiet actions-runner || fail 'the runner does not stay up: journalctl -u actions-runner'
done
echo "Registered with $url; the runner waits for jobs."
