#!/bin/bash
# The log of deploys: a JSON object a line, each time something went live or failed to. Sourced by deploy.sh, rollback.sh
# and status.sh.
set -euo pipefail

deploy_log=/var/lib/plumbline/deploys.log

# Every whole line; one that a full disk cut short is passed over.
log_entries() {
  if [ -f "$deploy_log" ]; then jq -cR 'fromjson? | objects' "$deploy_log"; fi
}

append_entry() { # JSON
  # Whatever was cut short keeps its line to itself.
  if [ -s "$deploy_log" ] && [ -n "$(tail -c 1 "$deploy_log")" ]; then echo >>"$deploy_log"; fi
  echo "$1" >>"$deploy_log"
}

# The image that was live before the one that is now. A rollback takes back what came after its image, so that another goes
# further back, not forth.
previous_image() {
  log_entries | jq -rs 'map(select(.result == "live"))
    | reduce .[] as {$action, $image} ([];
        if .[-1] == $image then .
        elif $action == "rollback" and any(.[]; . == $image) then .[: rindex($image) + 1]
        else . + [$image] end)
    | .[-2] // empty'
}

# The images that were live last, the newest first.
last_images() { # COUNT
  log_entries | jq -rs --argjson count "$1" 'map(select(.result == "live").image) | reverse
    | reduce .[] as $image ([]; if any(.[]; . == $image) then . else . + [$image] end) | .[: $count][]'
}
