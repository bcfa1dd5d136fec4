#!/bin/bash
# Installs GitHub's newest runner, against the digest that GitHub states; from then on it updates itself. A step of
# bootstrap.sh, on a server that is to have one.
set -euo pipefail

github_api=${PLUMBLINE_GITHUB_API:-https://api.github.com}
runner_home=/opt/actions-runner
if [ -x "$runner_home/config.sh" ]; then exit; fi

case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no runner for $(uname -m)" && exit 1 ;; esac
release=$(curl -fsS --retry 5 "$github_api/repos/actions/runner/releases/latest")
read -r name url digest < <(jq -r --arg start "actions-runner-linux-$arch-" '.assets[] |
  select(.name | test("^" + $start + "[0-9.]+[.]tar[.]gz$")) | "\(.name) \(.browser_download_url) \(.digest)"' <<<"$release")
# What an earlier run left that was cut short.
rm -rf "$runner_home".????
folder=$(mktemp -d "$runner_home.XXXX")
curl -fsSL --retry 5 --speed-limit 1000 --speed-time 60 -o "$folder/$name" "$url"
echo "${digest#sha256:}  $folder/$name" | sha256sum --check
tar -xzf "$folder/$name" -C "$folder"
rm "$folder/$name"
"$folder/bin/installdependencies.sh"
chown -R runner:runner "$folder"
chmod 755 "$folder"
mv -T "$folder" "$runner_home"
